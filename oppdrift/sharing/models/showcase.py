"""The public page of a project: the words that somebody in another municipality copies from."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File as Upload
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event, File
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.sharing.drafting import first_words
from oppdrift.sharing.sight import projects
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.filekinds import PICTURES, kind_of
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.reading import is_as_read
from oppdrift.toolbox.text import fold, sort_key

from .consent import Consent

LARGEST_PICTURE = 1024 * 1024  # bytes: whoever reads on a phone pays for every picture


class ShowcaseQuerySet(models.QuerySet["Showcase"]):
    def seen_by(self, person) -> "ShowcaseQuerySet":
        """In the making: by those who belong to the idea, and who leads its case. For the rest see `published`."""
        if not person.is_authenticated:
            return self.none()
        own, led = Idea.objects.of(person), Idea.objects.cleared_for(person)
        return self.filter(models.Q(idea__in=own) | models.Q(idea__in=led))

    def published(self) -> "ShowcaseQuerySet":
        """What anybody reads, signed in or not."""
        return self.filter(idea__in=Idea.objects.published())

    def with_consent(self) -> "ShowcaseQuerySet":
        """With whether somebody has written down a yes to the picture; asked once for as many as there are."""
        given = Consent.objects.in_force().filter(file=models.OuterRef("picture"))
        return self.annotate(has_consent=models.Exists(given))

    def search(self, words: str) -> "ShowcaseQuerySet":
        """All the words occur somewhere on the page, in any spelling that folds the same."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_key__contains=word)
        return found


class Showcase(models.Model):
    """Title and texts of an idea's public page. Anybody reads it while `idea.published_at` is set.

    Both sides say yes before it is published: somebody in the team, and who leads the case. A text that is changed
    before that takes both answers back; once it is published, a correction shows at once.
    """

    class People(models.TextChoices):
        NOBODY = "nobody", _("Nobody can be recognised")
        SOME = "some", _("People can be recognised, and each has said yes")

    idea = models.OneToOneField("ideas.Idea", models.PROTECT, related_name="showcase")
    title = models.CharField(_("title"), max_length=150)
    title_key = models.CharField(max_length=250, editable=False, db_index=True)
    search_key = models.TextField(editable=False)  # folded texts and unit
    summary = models.CharField(_("in one or two sentences"), max_length=400, blank=True)
    challenge = models.TextField(_("the challenge"), blank=True)
    core = models.TextField(_("the core of the solution"), blank=True)
    adapting = models.TextField(_("what must be adapted"), blank=True)
    setback = models.TextField(_("what did not work"), blank=True)
    cost = models.PositiveIntegerField(_("kroner of the grant that were used"), null=True, blank=True)
    hours = models.PositiveIntegerField(_("hours of work"), null=True, blank=True)
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    contact_agreed_at = models.DateTimeField(null=True, editable=False)  # none: the person has not said yes to it
    contact_name = models.CharField(_("who answers"), max_length=150, blank=True)  # a role or an office
    contact_address = models.EmailField(_("mail address of the office"), blank=True)
    picture = models.ForeignKey("history.File", models.SET_NULL, null=True, blank=True, related_name="+")
    picture_alt = models.CharField(_("the picture in words"), max_length=300, blank=True)
    picture_people = models.CharField(_("people in the picture"), max_length=6, choices=People, blank=True)
    team_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    team_agreed_at = models.DateTimeField(null=True, editable=False)
    lead_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    lead_agreed_at = models.DateTimeField(null=True, editable=False)
    begun_at = MomentField()
    changed_at = MomentField()

    objects = ShowcaseQuerySet.as_manager()

    TEXTS = ("title", "summary", "challenge", "core", "adapting", "setback")

    class Meta:
        ordering = ["title_key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(picture=None) | ~models.Q(picture_alt=""), name="a_shown_picture_is_told_in_words"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self.title_key = sort_key(self.title)
        self.search_key = fold(" ".join([*(getattr(self, name) for name in self.TEXTS), self.idea.unit_name]))
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "title_key", "search_key"}
        super().save(*args, **kwargs)

    @property
    def record(self) -> Idea:
        return self.idea

    def get_absolute_url(self) -> str:
        """The public page; the one it is made on is `sharing:showcase`."""
        return reverse("sharing:project", args=[self.idea_id])

    def lock(self) -> None:
        """Let one person at a time change and agree to it. Within a transaction."""
        self.refresh_from_db(from_queryset=Showcase.objects.select_for_update(of=("self",)).select_related("idea"))

    # Beginning and writing

    @classmethod
    def can_begin(cls, idea: Idea) -> Answer:
        """Ideas that became a project, with money or with guidance only."""
        if not projects().filter(pk=idea.pk).exists():
            return No(_("Only a project can have a public page."))
        if cls.objects.filter(idea=idea).exists():
            return No(_("The page is begun already."))
        return True

    @classmethod
    @transaction.atomic
    def begin(cls, idea: Idea, *, by: Person) -> "Showcase":
        """A first draft, in the words of the application and of what was agreed."""
        idea.lock()
        ensure(cls.can_begin(idea))
        made = cls.objects.create(idea=idea, **first_words(idea))
        Event.record("showcase.begun", made, by=by)
        return made

    @transaction.atomic
    def change(self, *, by: Person, **fields: Any) -> None:
        """New words or numbers. Before it is published, both sides look at it once more."""
        self.lock()
        different = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if not different:
            return
        changed(self, **different, changed_at=now(), **self._answers_taken_back())
        Event.record("showcase.changed", self, by=by)

    @transaction.atomic
    def put_picture(self, upload: Upload, *, alt: str, people: str, by: Person) -> None:
        """A picture instead of the one before. Raises ValidationError for one that cannot be shown."""
        self.lock()
        if (upload.size or 0) > LARGEST_PICTURE:
            raise ValidationError(_("The picture is larger than 1 MB. Make it smaller, so that phones can show it."))
        if kind_of(upload) not in PICTURES:  # type: ignore[arg-type, operator]
            raise ValidationError(_("This is not a picture. Use JPEG, PNG or WebP."))
        before, kept = self.picture, File.keep(upload, self, by=by)
        changed(
            self, picture=kept, picture_alt=alt.strip(), picture_people=people, changed_at=now(),
            **self._answers_taken_back(),
        )  # fmt: skip
        if before:
            before.erase(by=by)

    @transaction.atomic
    def take_picture_off(self, *, by: Person) -> None:
        """The picture is erased; the text takes its width."""
        self.lock()
        if (picture := self.picture) is None:
            return ensure(No(_("There is no picture.")))
        changed(self, picture=None, picture_alt="", picture_people="", changed_at=now())
        picture.erase(by=by)

    @property
    def needs_consent(self) -> bool:
        """People can be recognised in the picture, and nobody has written down who has said yes to it."""
        if not self.picture_id or self.picture_people != self.People.SOME:
            return False
        if (known := self.__dict__.get("has_consent")) is not None:
            return not known
        return not Consent.objects.in_force().filter(file=self.picture_id).exists()

    @property
    def shows_picture(self) -> bool:
        return bool(self.picture_id) and not self.needs_consent

    # Who answers questions

    @transaction.atomic
    def name_contact(self, person: Person | None, *, by: Person) -> None:
        """Somebody who may be called. Whoever names themselves has said yes; others are asked by a step of theirs."""
        self.lock()
        if person == self.contact:
            return
        changed(
            self, contact=person, contact_agreed_at=now() if person == by else None, changed_at=now(),
            **self._answers_taken_back(),
        )  # fmt: skip
        Event.record("showcase.contact_named", self, by=by)

    def can_answer_calls(self, person: Person) -> Answer:
        if self.contact_id != person.pk:
            return No(_("Somebody else is named, or nobody."))
        return No(_("You have said yes already.")) if self.contact_agreed_at else True

    @transaction.atomic
    def answer_calls(self, *, by: Person) -> None:
        """Say yes to being shown by name and address to anybody."""
        self.lock()
        ensure(self.can_answer_calls(by))
        changed(self, contact_agreed_at=now())
        Event.record("showcase.contact_agreed", self, by=by)

    @transaction.atomic
    def answer_no_more(self, *, by: Person) -> None:
        """The name is gone from the page at once."""
        self.lock()
        ensure(self.contact_id == by.pk or No(_("Somebody else is named, or nobody.")))
        changed(self, contact=None, contact_agreed_at=None)
        Event.record("showcase.contact_withdrawn", self, by=by)

    @property
    def caller(self) -> Person | None:
        """The person one may call; none while nobody has said yes to that."""
        return self.contact if self.contact and self.contact_agreed_at and self.contact.is_active else None

    def _answers_taken_back(self) -> dict[str, None]:
        names = ("team_agreed_by", "team_agreed_at", "lead_agreed_by", "lead_agreed_at")
        return {} if self.idea.published_at else dict.fromkeys(names)

    # Agreeing and publishing

    @property
    def mark(self) -> str:
        """Which words and picture it is: whoever says yes says what they have read."""
        return self.changed_at.isoformat()

    def missing(self) -> list[str]:
        """Names of the texts that a page cannot do without."""
        return [name for name in ("summary", "challenge", "core") if not getattr(self, name).strip()]

    def missing_in_words(self) -> list[Any]:
        return [self.name_of(field) for field in self.missing()]

    @classmethod
    def name_of(cls, field: str) -> Any:
        """What a text is called on screen."""
        found: Any = cls._meta.get_field(field)
        return found.verbose_name

    def can_agree(self, *, as_lead: bool, read: str | None = None) -> Answer:
        if self.idea.published_at:
            return No(_("The page is published already."))
        if not (answer := is_as_read(self.mark, read)):
            return answer
        if missing := self.missing_in_words():
            return No(_("Still missing: %(what)s.") % {"what": ", ".join(map(str, missing))})
        if self.lead_agreed_at if as_lead else self.team_agreed_at:
            return No(_("You have said yes. The page is published when the other side has, too."))
        return True

    @transaction.atomic
    def agree(self, *, as_lead: bool, by: Person, read: str | None = None) -> bool:
        """Say that this may be read by anybody. The second of both publishes it; True if so."""
        self.lock()
        ensure(self.can_agree(as_lead=as_lead, read=read))
        side = "lead" if as_lead else "team"
        changed(self, **{f"{side}_agreed_by": by, f"{side}_agreed_at": now()})
        Event.record(f"showcase.{side}_agreed", self, by=by)
        if not (self.team_agreed_at and self.lead_agreed_at):
            return False
        self.idea.publish(by=by)
        return True

    @property
    def is_changed_since_lead_agreed(self) -> bool:
        """Published, and not the words any more that the lead has read."""
        return bool(self.idea.published_at and self.lead_agreed_at and self.changed_at > self.lead_agreed_at)

    @transaction.atomic
    def look_over(self, *, by: Person, read: str | None = None) -> None:
        """The lead has read what was changed after publishing, and it may stay."""
        self.lock()
        ensure(is_as_read(self.mark, read))
        ensure(self.is_changed_since_lead_agreed or No(_("Nothing is changed since you said yes.")))
        changed(self, lead_agreed_by=by, lead_agreed_at=now())
        Event.record("showcase.looked_over", self, by=by)

    @transaction.atomic
    def take_off(self, *, by: Person) -> None:
        """Nobody outside reads it from this moment on. To be shown again, both sides say yes again."""
        self.lock()
        self.idea.unpublish(by=by)
        changed(self, **self._answers_taken_back())
