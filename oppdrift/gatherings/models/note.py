"""Advice that lands on the idea it is about."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField
from oppdrift.toolbox.models import is_among

from .gathering import Gathering


class NoteQuerySet(models.QuerySet["Note"]):
    def seen_by(self, person) -> "NoteQuerySet":
        """By those who belong to the idea, its lead, and whoever wrote the note."""
        if not person.is_authenticated:
            return self.none()
        own, led = Idea.objects.of(person), is_among(Idea.objects.cleared_for(person), "idea")
        return self.filter(models.Q(by=person) | models.Q(idea__in=own) | models.Q(led))

    def about(self, idea: Idea) -> "NoteQuerySet":
        return self.filter(idea=idea).select_related("by", "gathering")


class Note(models.Model):
    """Given at a gathering or beside it, read by the team."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="notes")
    gathering = models.ForeignKey(Gathering, models.SET_NULL, null=True, blank=True, related_name="notes")
    text = models.TextField(_("note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = MomentField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def record(self):
        return self.idea

    @classmethod
    def can_write(cls, idea: Idea, text: str = "", gathering: Gathering | None = None) -> Answer:
        if idea.withdrawn_at:
            return No(_("The idea is withdrawn."))
        if gathering and not gathering.appointment.has_begun:
            return No(_("The gathering has not begun yet."))
        return True

    @classmethod
    @transaction.atomic
    def write(cls, idea: Idea, text: str, *, by: Person, gathering: Gathering | None = None) -> "Note":
        """Leave advice on the idea."""
        ensure(cls.can_write(idea, text, gathering))
        if not text.strip():
            ensure(No(_("Write something first.")))
        note = cls.objects.create(idea=idea, text=text.strip(), by=by, gathering=gathering)
        Event.record("note.written", note, by=by)
        return note

    @transaction.atomic
    def erase(self, *, by: Person) -> None:
        """Take it away. That there was one is remembered, what it said is not."""
        Event.record("note.erased", self, by=by)
        self.delete()
