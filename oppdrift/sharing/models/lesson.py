"""What a project learned: believed, saw, would do. One that went wrong is worth as much as one that went right."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.sharing.sight import read_by
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed


class LessonQuerySet(models.QuerySet["Lesson"]):
    def shown(self) -> "LessonQuerySet":
        """The team has said that everybody may read it, of an idea that is not withdrawn."""
        return self.filter(shown_at__lte=now(), idea__withdrawn_at=None)

    def seen_by(self, person) -> "LessonQuerySet":
        """Shown ones by anybody; others by those who belong to the idea and who leads it."""
        shown = models.Q(shown_at__lte=now(), idea__withdrawn_at=None)
        if not person.is_authenticated:
            return self.filter(shown)
        return self.filter(shown | models.Q(idea__in=read_by(person).values("pk")))

    def about(self, idea: Idea) -> "LessonQuerySet":
        return self.filter(idea=idea)


class Lesson(models.Model):
    """Three short answers of a team."""

    class Went(models.TextChoices):
        AS_HOPED = "as_hoped", pgettext_lazy("how it went", "As we hoped")
        OTHERWISE = "otherwise", pgettext_lazy("how it went", "Otherwise than we thought")
        FAILED = "failed", pgettext_lazy("how it went", "It did not work")

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="+")
    title = models.CharField(_("the lesson in one line"), max_length=120)
    went = models.CharField(_("how did it go?"), max_length=10, choices=Went)
    believed = models.TextField(_("What did you believe?"))
    saw = models.TextField(_("What did you see?"))
    would_do = models.TextField(_("What would you do now?"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = MomentField()
    shown_at = models.DateTimeField(null=True, editable=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def record(self) -> Idea:
        return self.idea

    def get_absolute_url(self) -> str:
        return reverse("sharing:lesson", args=[self.pk])

    @property
    def is_shown(self) -> bool:
        return self.shown_at is not None and self.idea.withdrawn_at is None

    @classmethod
    def can_write(cls, idea: Idea) -> Answer:
        return No(_("The idea is withdrawn.")) if idea.withdrawn_at else True

    @classmethod
    @transaction.atomic
    def write(cls, idea: Idea, *, by: Person, **words: str) -> "Lesson":
        """Keep what was learned; the team alone reads it until it says otherwise."""
        ensure(cls.can_write(idea))
        made = cls.objects.create(idea=idea, by=by, **words)
        Event.record("lesson.written", made, by=by)
        return made

    @transaction.atomic
    def change(self, *, by: Person, **words: str) -> None:
        different = {name: value for name, value in words.items() if getattr(self, name) != value}
        if different:
            changed(self, **different)
            Event.record("lesson.changed", self, by=by)

    def can_show(self) -> Answer:
        if self.shown_at:
            return No(_("Everybody can read it already."))
        return self.can_write(self.idea)

    @transaction.atomic
    def show(self, *, by: Person) -> None:
        """Let everybody read it, also without signing in."""
        ensure(self.can_show())
        changed(self, shown_at=now())
        Event.record("lesson.shown", self, by=by)

    def can_hide(self) -> Answer:
        return True if self.shown_at else No(_("Only the team and the programme lead read it already."))

    @transaction.atomic
    def hide(self, *, by: Person) -> None:
        ensure(self.can_hide())
        changed(self, shown_at=None)
        Event.record("lesson.hidden", self, by=by)

    @transaction.atomic
    def erase(self, *, by: Person) -> None:
        """Take it away. That there was one is remembered, what it said is not."""
        Event.record("lesson.erased", self, by=by)
        self.delete()
