"""What a benefit said when its owner agreed to it."""

from django.conf import settings
from django.db import models

from oppdrift.toolbox.clock import MomentField


class BenefitVersion(models.Model):
    """A frozen copy, so that a target moved later is seen as moved. `words` is {field: text} as the form has it."""

    benefit = models.ForeignKey("benefits.Benefit", models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    words = models.JSONField(default=dict)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed_at = MomentField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["benefit", "number"], name="benefit_versions_are_numbered")]

    def __str__(self) -> str:
        return f"{self.benefit}, {self.number}"

    @property
    def record(self):
        return self.benefit.idea
