"""A yes to an agreement."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.ideas.models import Idea
from oppdrift.toolbox.clock import MomentField


class Signature(models.Model):
    """A named person's yes to one version."""

    class As(models.TextChoices):
        LEAD = "project_lead", _("Project lead")
        OWNER = "owner", _("Project owner")
        PROGRAMME = "programme_lead", _("Programme lead")

    agreement = models.ForeignKey("projects.Agreement", models.CASCADE, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    as_what = models.CharField(max_length=15, choices=As)
    at = MomentField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["agreement", "as_what"], name="one_yes_of_each_to_an_agreement")]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.person}"

    @property
    def record(self) -> Idea:
        return self.agreement.record
