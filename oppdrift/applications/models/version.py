"""What was handed in, frozen."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import MomentField


class Version(models.Model):
    """One handed-in text. `answers` is {question key: text}, read with the questions of `edition`."""

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    edition = models.ForeignKey("rounds.Edition", models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    unit = models.ForeignKey("people.Unit", models.SET_NULL, null=True, related_name="+")
    unit_name = models.CharField(max_length=200, blank=True)  # as it was called then
    answers = models.JSONField(default=dict)
    amount = models.PositiveIntegerField(null=True)  # kroner
    changed = models.TextField(_("what was changed, and why"), blank=True)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    handed_in_at = MomentField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="versions_are_numbered")]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    @property
    def record(self):
        return self.application.idea
