"""A word from the project between sessions: how it goes, and what it wishes from whoever reads it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField

if TYPE_CHECKING:
    from .project import Project


class CheckIn(models.Model):
    """Written by somebody of the team, or by the coach; read by those close to the project."""

    class Going(models.TextChoices):
        WELL = "well", pgettext_lazy("a project goes", "As planned")
        SLOWER = "slower", pgettext_lazy("a project goes", "Slower than planned")
        STUCK = "stuck", pgettext_lazy("a project goes", "We are stuck")

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="check_ins")
    going = models.CharField(_("how it goes"), max_length=10, choices=Going)
    text = models.TextField(_("in a few words"))
    wish = models.CharField(_("what would help"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = MomentField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def record(self) -> Idea:
        return self.project.idea

    @classmethod
    def can_write(cls, project: "Project", text: str = "-") -> Answer:
        if not project.is_alive:
            return No(_("The project has ended."))
        return True if text.strip() else No(_("Write a sentence or two."))

    @classmethod
    @transaction.atomic
    def write(cls, project: "Project", going: str, text: str, *, by: Person, wish: str = "") -> "CheckIn":
        """Say how it goes. That somebody did counts as contact."""
        ensure(cls.can_write(project, text))
        made = cls.objects.create(
            project=project, going=cls.Going(going).value, text=text.strip(), wish=wish.strip(), by=by
        )
        Event.record("check_in.written", made, by=by, going=made.going)
        return made
