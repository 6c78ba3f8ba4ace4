"""Two ideas that may help each other: suggested with reasons, confirmed or dismissed by people, never merged."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.projects import together
from oppdrift.rounds.models import Round
from oppdrift.sharing.sight import closed_to, open_to_colleagues, read_by
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed


def both(ideas: models.QuerySet) -> models.Q:
    return models.Q(idea_a__in=ideas.values("pk"), idea_b__in=ideas.values("pk"))


def either(ideas: models.QuerySet) -> models.Q:
    return models.Q(idea_a__in=ideas.values("pk")) | models.Q(idea_b__in=ideas.values("pk"))


class LinkQuerySet(models.QuerySet["Link"]):
    def confirmed(self) -> "LinkQuerySet":
        return self.filter(state=Link.State.CONFIRMED)

    def suggested(self) -> "LinkQuerySet":
        return self.filter(state=Link.State.SUGGESTED)

    def dismissed(self) -> "LinkQuerySet":
        return self.filter(state=Link.State.DISMISSED)

    def about(self, idea: Idea) -> "LinkQuerySet":
        return self.filter(models.Q(idea_a=idea) | models.Q(idea_b=idea))

    def of_round(self, round: Round) -> "LinkQuerySet":
        return self.filter(models.Q(idea_a__round=round) | models.Q(idea_b__round=round))

    def seen_by(self, person) -> "LinkQuerySet":
        """Confirmed ones by whoever carries or leads one of the two, which is what confirming is for, and by whoever
        sees both. Suggested and dismissed ones by those who carry or lead one, as far as they may read what it rests
        on. Nothing of an idea that impartiality hides from them."""
        if not person.is_authenticated:
            return self.none()
        open_ideas, own = open_to_colleagues(), Idea.objects.of(person)
        hidden = closed_to(person).exclude(pk__in=open_ideas.values("pk"))
        concerned = either(own) | either(Idea.objects.cleared_for(person))
        readable = (models.Q(rests_on_open=True) & both(open_ideas)) | both(read_by(person))
        confirmed = models.Q(state=Link.State.CONFIRMED)
        return self.filter((confirmed & (concerned | both(open_ideas))) | (concerned & readable)).exclude(
            either(hidden)
        )

    def with_session_for(self, person) -> "LinkQuerySet":
        """With `shows_session`: they are called together, and this reader may see to what."""
        seen = Gathering.objects.seen_by(person).filter(pk=models.OuterRef("session"))
        return self.annotate(shows_session=models.Exists(seen)).select_related("session__appointment")

    def with_reasons_for(self, person) -> "LinkQuerySet":
        """With `shows_reasons`: may this reader see on which words it rests? They may come from an application."""
        concerned = either(read_by(person))
        shown = models.Q(rests_on_open=True) | concerned
        return self.annotate(shows_reasons=models.ExpressionWrapper(shown, output_field=models.BooleanField()))


class Link(models.Model):
    """One pair, in the order of their keys. `reasons` holds words of both, by kind; sentences are made when read."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", pgettext_lazy("a link between projects", "Suggested")
        CONFIRMED = "confirmed", pgettext_lazy("a link between projects", "Confirmed")
        DISMISSED = "dismissed", pgettext_lazy("a link between projects", "Dismissed")

    class Kind(models.TextChoices):
        USERS = "same_users", _("Are there for the same people")
        DATA = "same_data", _("Need the same data")
        REUSE = "reuse", _("Can use what the other has made")
        MEET = "meet", _("Should meet")

    idea_a = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="+")
    idea_b = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.SUGGESTED)
    kind = models.CharField(_("kind of link"), max_length=10, choices=Kind, blank=True)
    likeness = models.FloatField(default=0)  # 0 to 1, see toolbox.likeness; orders suggestions, never shown as a score
    reasons = models.JSONField(default=dict)  # {"words": […], "users": […], "goals": […], "topics": […], "unit": "…"}
    rests_on_open = models.BooleanField(default=True)  # on texts that every colleague may read, not on applications
    words = models.TextField(_("what they can do together"), blank=True)
    suggested_at = MomentField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    session = models.ForeignKey("gatherings.Gathering", models.SET_NULL, null=True, editable=False, related_name="+")

    objects = LinkQuerySet.as_manager()

    # What `with_reasons_for` and `with_session_for` add to a row.
    shows_reasons: bool
    shows_session: bool

    class Meta:
        ordering = ["-likeness", "id"]
        constraints = [
            models.UniqueConstraint(fields=["idea_a", "idea_b"], name="two_ideas_are_linked_once"),
            models.CheckConstraint(condition=models.Q(idea_a__lt=models.F("idea_b")), name="a_link_joins_two_in_order"),
            models.CheckConstraint(
                condition=models.Q(state="suggested") | models.Q(decided_at__isnull=False),
                name="a_decided_link_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | ~models.Q(kind=""), name="a_confirmed_link_has_its_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_a} – {self.idea_b}"

    @property
    def record(self) -> Idea:
        return self.idea_a

    @property
    def round(self) -> Round | None:
        """The later one of the two, where the work goes on."""
        rounds = [idea.round for idea in (self.idea_a, self.idea_b) if idea.round]
        return max(rounds, key=lambda round: (round.year, round.pk), default=None)

    def other(self, idea: Idea) -> Idea:
        return self.idea_b if idea.pk == self.idea_a_id else self.idea_a

    @classmethod
    def pair(cls, one: Idea, other: Idea) -> dict[str, Idea]:
        """The two in the order they are kept."""
        first, second = sorted((one, other), key=lambda idea: idea.pk)
        return {"idea_a": first, "idea_b": second}

    @classmethod
    def can_join(cls, one: Idea, other: Idea) -> Answer:
        if one.pk == other.pk:
            return No(_("Choose another project than the one you came from."))
        return True

    @classmethod
    @transaction.atomic
    def join(cls, one: Idea, other: Idea, kind: str, *, words: str = "", by: Person) -> "Link":
        """A link that somebody saw without being told."""
        ensure(cls.can_join(one, other))
        pair: Any = cls.pair(one, other)
        link, _is_new = cls.objects.get_or_create(**pair)
        link.confirm(kind, words=words, by=by)
        return link

    def can_confirm(self) -> Answer:
        if self.state == self.State.CONFIRMED:
            return No(_("It is confirmed already."))
        return True

    @transaction.atomic
    def confirm(self, kind: str, *, words: str = "", by: Person) -> None:
        """It is so: from now on both projects see it."""
        self._lock()
        ensure(self.can_confirm())
        self._decide(self.State.CONFIRMED, by=by, kind=self.Kind(kind).value, words=words.strip())

    def can_dismiss(self) -> Answer:
        if self.state == self.State.DISMISSED:
            return No(_("It is dismissed already."))
        return True

    @transaction.atomic
    def dismiss(self, *, by: Person) -> None:
        """It leads nowhere. It is not suggested again, but can be confirmed later."""
        self._lock()
        ensure(self.can_dismiss())
        self._decide(self.State.DISMISSED, by=by, kind="", words="")

    def can_call(self) -> Answer:
        if self.state != self.State.CONFIRMED:
            return No(_("Confirm the link first."))
        if self.round is None or self.round.closed_at:
            return No(_("The round is closed."))
        if Gathering.Kind.TAILORED not in Gathering.kinds_in(self.round):
            return No(_("The round does not use the stage that this kind belongs to."))
        if self.session and not (self.session.is_cancelled or self.session.appointment.is_over):
            return No(_("They are called together already."))
        return True

    @transaction.atomic
    def call_together(self, parts: Iterable[str], *, by: Person, **fields: Any) -> int:
        """A session for the two, and a letter in the outbox to each who is asked. Returns how many they are; somebody
        who carries both is asked once."""
        self._lock()
        ensure(self.can_call())
        assert self.round is not None, "can_call has seen it"
        kind = Gathering.Kind.TAILORED
        session = Gathering.arrange(self.round, by=by, by_invitation=True, kind=kind, **fields)
        changed(self, session=session)
        for idea in (self.idea_a, self.idea_b):
            Event.record("link.called_together", idea, by=by)
        return together.invite(session, [self.idea_a, self.idea_b], parts, by=by)

    def _lock(self) -> None:
        type(self).objects.select_for_update().only("pk").get(pk=self.pk)
        self.refresh_from_db(fields=["state", "session"])

    def _decide(self, state: str, *, by: Person, **fields: Any) -> None:
        changed(self, state=state, decided_by=by, decided_at=now(), **fields)
        for idea in (self.idea_a, self.idea_b):
            Event.record(f"link.{state}", idea, by=by, kind=self.kind)
