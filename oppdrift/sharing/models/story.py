"""What the programme tells the town: a text with a picture, published by the lead and taken down again."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File as Upload
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event, File
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.rounds.models.role import rounds_held_by
from oppdrift.sharing.sight import closed_to
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.filekinds import PICTURES, kind_of
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.reading import is_as_read

from .consent import Consent

LARGEST_PICTURE = 1024 * 1024  # bytes: whoever reads on a phone pays for every picture


class StoryQuerySet(models.QuerySet["Story"]):
    def published(self) -> "StoryQuerySet":
        """What anybody reads, signed in or not."""
        return self.filter(published_at__lte=now(), taken_down_at=None)

    def led_by(self, person) -> "StoryQuerySet":
        """Of rounds the person runs, or of none when they run the programme. A draft about an idea they are barred
        from, or have not said yet to have no ties to, is somebody else's; what is published anybody reads."""
        runs = models.Q(round__in=rounds_held_by(person, [Role.Kind.LEAD, Role.Kind.SUBSTITUTE]))
        if person.runs_programme:
            runs |= models.Q(round=None)
        others = models.Q(pk__in=self._about(closed_to(person).values("pk")), published_at=None)
        return self.filter(runs).exclude(others)

    def seen_by(self, person) -> "StoryQuerySet":
        """Published ones by anybody; others by whoever wrote them, those they tell of, and who leads."""
        published = models.Q(published_at__lte=now(), taken_down_at=None)
        if not person.is_authenticated:
            return self.filter(published)
        led, own = Story.objects.led_by(person).values("pk"), self._about(Idea.objects.of(person).values("pk"))
        return self.filter(published | models.Q(by=person) | models.Q(pk__in=led) | models.Q(pk__in=own))

    @staticmethod
    def _about(ideas: models.QuerySet) -> models.QuerySet:
        return Story.ideas.through.objects.filter(idea__in=ideas).values("story")

    def about(self, idea: Idea) -> "StoryQuerySet":
        return self.filter(ideas=idea)

    def newest_first(self) -> "StoryQuerySet":
        return self.order_by("-published_at", "-pk")


class Story(models.Model):
    """Draft until the lead publishes it. The words are Markdown, the picture a file or the programme's own drawing."""

    class Language(models.TextChoices):
        NB = "nb", pgettext_lazy("language of a text", "Bokmål")
        NN = "nn", pgettext_lazy("language of a text", "Nynorsk")

    class Drawing(models.TextChoices):
        NONE = "", _("No drawing")
        BENCH = "bench", _("People who wait on a bench to pitch")

    class InPicture(models.TextChoices):
        NOBODY = "nobody", _("Nobody can be recognised")
        SOME = "some", _("People can be recognised")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # feeds know it by this for ever
    round = models.ForeignKey("rounds.Round", models.PROTECT, null=True, blank=True, related_name="+")
    ideas = models.ManyToManyField("ideas.Idea", related_name="+", blank=True)
    language = models.CharField(_("language of the text"), max_length=2, choices=Language, default=Language.NB)
    title = models.CharField(_("title"), max_length=150)
    intro = models.CharField(_("in one or two sentences"), max_length=400)
    text = models.TextField(_("the story"), blank=True)  # Markdown
    drawing = models.CharField(_("drawing"), max_length=10, choices=Drawing, blank=True, default=Drawing.NONE)
    picture = models.ForeignKey("history.File", models.SET_NULL, null=True, blank=True, related_name="+")
    picture_alt = models.CharField(_("the picture in words"), max_length=300, blank=True)
    picture_credit = models.CharField(_("who took it"), max_length=100, blank=True)
    picture_people = models.CharField(_("people in the picture"), max_length=6, choices=InPicture, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    begun_at = MomentField()
    changed_at = MomentField()  # of what readers see: feeds go by it
    published_at = models.DateTimeField(null=True, editable=False)
    taken_down_at = models.DateTimeField(null=True, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-id"]
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(picture=None) | ~models.Q(picture_alt=""), name="a_storys_picture_is_told_in_words"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def record(self):
        return self.round or self

    def get_absolute_url(self) -> str:
        return reverse("sharing:story", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return bool(self.published_at and self.published_at <= now() and not self.taken_down_at)

    @property
    def state(self) -> str:
        """draft, published or down."""
        if self.taken_down_at:
            return "down"
        return "published" if self.published_at else "draft"

    def lock(self) -> None:
        """Let one person at a time change it. Within a transaction."""
        self.refresh_from_db(from_queryset=Story.objects.select_for_update())

    # Writing

    @classmethod
    @transaction.atomic
    def begin(cls, *, by: Person, ideas: list[Idea] | None = None, **words: Any) -> "Story":
        """A draft that its writer and the lead read."""
        made = cls.objects.create(by=by, **words)
        made.ideas.set(ideas or [])
        Event.record("story.begun", made, by=by)
        return made

    @transaction.atomic
    def change(self, *, by: Person, ideas: list[Idea] | None = None, **words: Any) -> None:
        """New words. Of a published story readers and feeds see them at once."""
        self.lock()
        different = {name: value for name, value in words.items() if getattr(self, name) != value}
        is_about_others = ideas is not None and set(ideas) != set(self.ideas.all())
        if is_about_others:
            self.ideas.set(ideas or [])
        if different or is_about_others:
            changed(self, **different, changed_at=now())
            Event.record("story.changed", self, by=by)

    # The picture

    @transaction.atomic
    def put_picture(self, upload: Upload, *, alt: str, people: str, by: Person, credit: str = "") -> None:
        """A picture instead of the one before. Raises ValidationError for one that cannot be shown."""
        self.lock()
        ensure(self.can_get_picture(people))
        if (upload.size or 0) > LARGEST_PICTURE:
            raise ValidationError(_("The picture is larger than 1 MB. Make it smaller, so that phones can show it."))
        if kind_of(upload) not in PICTURES:  # type: ignore[arg-type, operator]
            raise ValidationError(_("This is not a picture. Use JPEG, PNG or WebP."))
        before, kept = self.picture, File.keep(upload, self, by=by)
        changed(
            self, picture=kept, picture_alt=alt.strip(), picture_credit=credit.strip(), picture_people=people,
            changed_at=now(),
        )  # fmt: skip
        if before:
            before.erase(by=by)

    def can_get_picture(self, people: str) -> Answer:
        if self.is_published and people == self.InPicture.SOME:
            return No(_("The story is published. Take it down first, so that everybody in the picture can be asked."))
        return True

    @transaction.atomic
    def take_picture_off(self, *, by: Person) -> None:
        """The picture is erased; the text takes its width."""
        self.lock()
        ensure(bool(self.picture) or No(_("There is no picture.")))
        picture = self.picture
        changed(self, picture=None, picture_alt="", picture_credit="", picture_people="", changed_at=now())
        if picture:
            picture.erase(by=by)

    @property
    def needs_consent(self) -> bool:
        """May its picture not be shown yet, because nobody has written down who has said yes?"""
        return (
            bool(self.picture and self.picture_people == self.InPicture.SOME)
            and not Consent.objects.filter(file=self.picture).exists()
        )

    # Publishing

    @property
    def mark(self) -> str:
        """Which words and picture it is: whoever publishes it says what they have read."""
        return self.changed_at.isoformat()

    def can_publish(self, read: str | None = None) -> Answer:
        if self.is_published:
            return No(_("It is published already."))
        if not (answer := is_as_read(self.mark, read)):
            return answer
        if not self.text.strip():
            return No(_("The story has no text yet."))
        if self.needs_consent:
            return No(_("Write down first that those in the picture have said yes, or take the picture off."))
        return True

    @transaction.atomic
    def publish(self, *, by: Person, read: str | None = None) -> None:
        """Let everybody read it; one that was taken down comes back."""
        self.lock()
        ensure(self.can_publish(read))
        changed(self, published_at=self.published_at or now(), taken_down_at=None, changed_at=now())
        Event.record("story.published", self, by=by)

    def can_take_down(self) -> Answer:
        return True if self.is_published else No(_("It is not published."))

    @transaction.atomic
    def take_down(self, *, by: Person) -> None:
        """Nobody outside reads it from this moment on."""
        self.lock()
        ensure(self.can_take_down())
        changed(self, taken_down_at=now())
        Event.record("story.taken_down", self, by=by)

    def can_erase(self) -> Answer:
        return No(_("It has been published. Take it down instead.")) if self.published_at else True

    @transaction.atomic
    def erase(self, *, by: Person) -> None:
        """A draft that leads nowhere, with its picture."""
        self.lock()
        ensure(self.can_erase())
        if self.picture:
            self.take_picture_off(by=by)
        if self.round:
            Event.record("story.erased", self.round, by=by)
        self.delete()
