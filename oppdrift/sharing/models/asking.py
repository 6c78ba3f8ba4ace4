"""What projects ask of each other and offer each other, answered with one click."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history import letters
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.rounds.models.role import rounds_held_by
from oppdrift.rounds.models.stage import Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed


class AskQuerySet(models.QuerySet["Ask"]):
    def seen_by(self, person) -> "AskQuerySet":
        """Everybody who is signed in: help may come from anywhere."""
        return self.filter(round__in=Round.objects.seen_by(person)) if person.is_authenticated else self.none()

    def open(self) -> "AskQuerySet":
        """Not closed, in a round that goes on."""
        return self.filter(closed_at=None, round__closed_at=None)

    def closed(self) -> "AskQuerySet":
        return self.exclude(closed_at=None, round__closed_at=None)

    def of(self, person) -> "AskQuerySet":
        """The person's own, and those of the ideas they belong to."""
        return self.filter(models.Q(by=person) | models.Q(idea__in=Idea.objects.of(person)))

    def counted(self) -> "AskQuerySet":
        """With how many have answered."""
        return self.annotate(reply_count=models.Count("replies"))


class Ask(models.Model):
    """A need or something to give, of one project or of the whole round."""

    class Kind(models.TextChoices):
        ASK = "ask", _("We need")
        OFFER = "offer", _("We offer")

    kind = models.CharField(max_length=5, choices=Kind)
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="+")
    idea = models.ForeignKey("ideas.Idea", models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(_("in one line"), max_length=120)
    text = models.TextField(_("more about it"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = MomentField()
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    came_of_it = models.TextField(_("what came of it"), blank=True)

    objects = AskQuerySet.as_manager()

    # What `counted` adds to a row.
    reply_count: int

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def record(self):
        return self.idea or self.round

    def get_absolute_url(self) -> str:
        return reverse("sharing:ask", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        """By those who wrote it, or with its round."""
        return self.closed_at is not None or self.round.closed_at is not None

    def lock(self) -> None:
        type(self).objects.select_for_update().only("pk").get(pk=self.pk)
        self.refresh_from_db(fields=["closed_at"])

    @classmethod
    def can_put(cls, round: Round) -> Answer:
        if not round.uses(Stage.PROJECTS):
            return No(_("This round has no projects that help each other."))
        return No(_("The round is closed.")) if round.closed_at else True

    @classmethod
    @transaction.atomic
    def put(cls, kind: str, round: Round, *, title: str, by: Person, text: str = "", idea: Idea | None = None) -> "Ask":
        """Let everybody know what is needed, or what one can have."""
        ensure(cls.can_put(round))
        made = cls.objects.create(
            kind=cls.Kind(kind).value, round=round, idea=idea, title=title.strip(), text=text.strip(), by=by
        )
        Event.record(f"ask.{made.kind}_put", made, by=by)
        return made

    def can_change(self) -> Answer:
        return No(_("It is closed.")) if self.is_closed else True

    @transaction.atomic
    def change(self, *, by: Person, **fields: str) -> None:
        """Other words."""
        self.lock()
        ensure(self.can_change())
        different = {name: value.strip() for name, value in fields.items() if getattr(self, name) != value.strip()}
        if different:
            changed(self, **different)
            Event.record("ask.changed", self, by=by)

    def can_reply(self, text: str = "x") -> Answer:
        if self.is_closed:
            return No(_("It is closed."))
        return True if text.strip() else No(_("Write a sentence, so that they know what you mean."))

    @transaction.atomic
    def reply(self, text: str, *, by: Person) -> "Reply":
        """Say yes with words; whoever asked gets a letter at once. The same words twice are one answer."""
        self.lock()
        ensure(self.can_reply(text))
        if known := self.replies.filter(by=by, text=text.strip()).first():
            return known
        made = Reply.objects.create(ask=self, by=by, text=text.strip())
        Event.record("ask.replied", self, by=by)
        if self.by:
            letters.write(
                "ask_answered", to=self.by, key=f"ask_answered:{made.pk}", root=self.round, thing=self.record, by=by,
                state="queued", title=self.title, who=by.name, reason=made.text, link=self.get_absolute_url(), lead=by,
            )  # fmt: skip
        return made

    def can_close(self) -> Answer:
        return No(_("It is closed already.")) if self.is_closed else True

    @transaction.atomic
    def close(self, came_of_it: str, *, by: Person) -> None:
        """It is settled, or no longer needed; with what came of it, for those who read it later."""
        self.lock()
        ensure(self.can_close())
        changed(self, closed_at=now(), closed_by=by, came_of_it=came_of_it.strip())
        Event.record("ask.closed", self, by=by)


class ReplyQuerySet(models.QuerySet["Reply"]):
    def seen_by(self, person) -> "ReplyQuerySet":
        """Whoever asked, their project, those who lead it, and whoever replied."""
        if not person.is_authenticated:
            return self.none()
        asked = models.Q(ask__by=person) | models.Q(ask__idea__in=Idea.objects.of(person))
        led = models.Q(ask__idea__in=Idea.objects.cleared_for(person))
        run = models.Q(ask__idea=None, ask__round__in=rounds_held_by(person, ["lead"]))
        return self.filter(models.Q(by=person) | asked | led | run)


class Reply(models.Model):
    """Somebody who can, with their own words."""

    ask = models.ForeignKey("sharing.Ask", models.CASCADE, related_name="replies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(pgettext_lazy("answer to an ask", "your answer"))
    at = MomentField()

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def record(self):
        return self.ask.record
