"""A judgement is a row: what, about which idea, by whom, why, and instead of which."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import MomentField


class DecisionQuerySet(models.QuerySet["Decision"]):
    def in_force(self) -> "DecisionQuerySet":
        """Not replaced by a later one."""
        return self.filter(replaced_by=None)

    def released(self) -> "DecisionQuerySet":
        return self.exclude(released_at=None)

    def pending(self) -> "DecisionQuerySet":
        """Made, but not yet told to anybody."""
        return self.filter(released_at=None)


class Decision(models.Model):
    """One judgement at one stage. Pending until `released_at`, which is one moment for a whole round."""

    class Stage(models.TextChoices):
        SHORTLIST = "shortlist", _("Shortlist")
        FINAL = "final", _("Decision")

    class Outcome(models.TextChoices):
        ADMITTED = "admitted", _("Admitted")
        GUIDANCE = "guidance_only", _("Guidance without funding")
        RESERVE = "reserve", _("Reserve")
        DECLINED = "declined", _("Not this time")

    idea = models.ForeignKey("ideas.Idea", models.PROTECT, related_name="decisions")
    stage = models.CharField(max_length=10, choices=Stage)
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome)
    amount = models.PositiveIntegerField(_("amount"), null=True, blank=True)  # kroner; none: not known or no money
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = MomentField()
    released_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "stage"], condition=models.Q(replaces=None), name="one_first_decision_per_idea_and_stage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea}: {self.get_outcome_display()}"

    @property
    def record(self):
        return self.idea
