"""What one assessor thinks of one version of one application."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.ideas.models import Idea
from oppdrift.toolbox.clock import MomentField


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def handed_in(self) -> "AssessmentQuerySet":
        return self.filter(state=Assessment.State.HANDED_IN)

    def counted(self) -> "AssessmentQuerySet":
        """Handed in, with a total, and not by somebody found to be disqualified later."""
        return self.handed_in().filter(total__isnull=False, discounted_at=None)

    def seen_by(self, person) -> "AssessmentQuerySet":
        """One's own; as lead all that are handed in; as assessor others' after one's own of that version."""
        if not person.is_authenticated:
            return self.none()
        judged = Idea.objects.judged_by(person)
        led = Idea.objects.led_by(person)
        own = self.model.objects.filter(assessor=person).exclude(state=Assessment.State.DRAFT)
        done = models.Exists(own.filter(version=models.OuterRef("version")))
        return self.filter(application__idea__in=judged).filter(
            models.Q(assessor=person)
            | (~models.Q(state=Assessment.State.DRAFT) & (models.Q(application__idea__in=led) | done))
        )


class Assessment(models.Model):
    """Scores and words of one assessor. `total` is the weighted mean of the quality criteria, 1 to 5, when all are given."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("an assessment", "Begun")
        HANDED_IN = "handed_in", pgettext_lazy("an assessment", "Handed in")
        ABSTAINED = "abstained", pgettext_lazy("an assessment", "Abstained")

    class Fit(models.TextChoices):
        YES = "yes", pgettext_lazy("fit", "Yes")
        PARTLY = "partly", pgettext_lazy("fit", "Partly")
        NO = "no", pgettext_lazy("fit", "No")

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="assessments")
    version = models.ForeignKey("applications.Version", models.PROTECT, related_name="assessments")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    fit = models.CharField(_("fit with the programme"), max_length=8, choices=Fit, blank=True)
    to_team = models.TextField(_("to the team"), blank=True)
    among = models.TextField(_("among assessors"), blank=True)
    abstain_reason = models.CharField(_("why you abstain"), max_length=300, blank=True)
    total = models.DecimalField(max_digits=4, decimal_places=3, null=True, editable=False)
    begun_at = MomentField()
    saved_at = MomentField()
    handed_in_at = models.DateTimeField(null=True, editable=False)
    discounted_at = models.DateTimeField(null=True, editable=False)  # disqualification known afterwards

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "assessor"], name="one_assessment_per_assessor"),
            models.CheckConstraint(
                condition=~models.Q(state="abstained") | ~models.Q(abstain_reason=""), name="who_abstains_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(total=None) | models.Q(total__gte=1, total__lte=5), name="a_total_is_from_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.assessor}"

    @property
    def record(self):
        return self.application.idea


class Score(models.Model):
    """One criterion in one assessment: points for quality, yes or no for a gate; and what is unclear about it."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("rounds.Criterion", models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(5)])
    passed = models.BooleanField(null=True)  # of a gate
    comment = models.TextField(blank=True)
    is_unclear = models.BooleanField(default=False)
    unclear = models.TextField(blank=True)  # read by the team

    class Meta:
        ordering = ["criterion__order"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_score_per_criterion"),
            models.CheckConstraint(
                condition=models.Q(points=None) | models.Q(points__gte=1, points__lte=5), name="points_are_from_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
