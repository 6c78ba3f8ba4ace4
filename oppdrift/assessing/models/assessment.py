"""What one assessor thinks of one version of one application."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.applications.models import Application
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Criterion
from oppdrift.toolbox.answers import Answer, No, NotNow, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.prepared import prepared

from .desk import Desk
from .judgement import Given, Judgement, criteria_of, lacks, total_of
from .standing import Standing, lock


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def handed_in(self) -> "AssessmentQuerySet":
        return self.filter(state=Assessment.State.HANDED_IN)

    def given(self) -> "AssessmentQuerySet":
        """Handed in or abstained from."""
        return self.exclude(state=Assessment.State.DRAFT)

    def by(self, person: Person) -> "AssessmentQuerySet":
        return self.filter(assessor=person)

    def counted(self) -> "AssessmentQuerySet":
        """Handed in, with a total, and not by somebody found to be disqualified later."""
        return self.handed_in().filter(total__isnull=False, discounted_at=None)

    def seen_by(self, person) -> "AssessmentQuerySet":
        """One's own; as lead all that are given; as assessor others' after handing in one's own of that version.

        Who abstains sees no others': they might come back and give points.
        """
        if not person.is_authenticated:
            return self.none()
        idea = models.OuterRef("application__idea")
        judged = models.Exists(Idea.objects.judged_by(person).filter(pk=idea))
        led = models.Exists(Idea.objects.cleared_for(person).filter(pk=idea))
        own = self.model.objects.filter(assessor=person).handed_in()
        done = models.Exists(own.filter(version=models.OuterRef("version")))
        return self.filter(judged).filter(
            models.Q(assessor=person) | (~models.Q(state=Assessment.State.DRAFT) & (models.Q(led) | models.Q(done)))
        )


class Assessment(models.Model):
    """Scores and words of one assessor. `total`: the weighted mean of the quality criteria, 1 to 5, once handed in."""

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
        indexes = [
            models.Index(
                fields=["application", "assessor", "version", "state", "saved_at"], name="assessments_of_an_assessor"
            )
        ]
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

    @property
    def judgement(self) -> Judgement:
        """What has been given so far, as stored."""
        scores = {score.criterion.key: score.given for score in self.scores.select_related("criterion")}
        return Judgement(scores, self.fit, self.to_team, self.among)

    @property
    def is_given(self) -> bool:
        return self.state != self.State.DRAFT

    # What an assessor does. Each is about the newest version, and makes the row if there is none.

    @classmethod
    def can_save(cls, known: "Assessment | None") -> Answer:
        if known and known.state == cls.State.HANDED_IN:
            return No(_("It is handed in already. Hand it in again to change it."))
        if known and known.state == cls.State.ABSTAINED:
            return No(_("You have abstained. Hand in an assessment to change that."))
        return True

    @classmethod
    @transaction.atomic
    def save_scores(
        cls, application: Application, judgement: Judgement, *, by: Person,
        version: int | None = None, criteria: list[Criterion] | None = None,
    ) -> "Assessment":  # fmt: skip
        """Keep what has been given so far, whole or not. Nobody else sees it.

        `version`: the number of the one that was read; `criteria`: those of its edition, when they are at hand.
        """
        desk, known = cls._sit_down(application, by, version)
        ensure(cls.can_save(known))
        values = {"state": cls.State.DRAFT, "abstain_reason": "", "handed_in_at": None}
        return cls._keep(desk, known, judgement, by, criteria=_fitting(criteria, desk), **values)

    @classmethod
    def can_hand_in(cls, judgement: Judgement, criteria: list[Criterion]) -> Answer:
        missing = lacks(judgement, criteria)
        if not missing:
            return True
        names = {criterion.key: criterion.name for criterion in criteria}
        return No(" ".join(f"{names[lack.key]}: {lack.words}" for lack in missing))

    @classmethod
    @transaction.atomic
    def hand_in(
        cls, application: Application, judgement: Judgement | None = None, *, by: Person,
        version: int | None = None, criteria: list[Criterion] | None = None,
    ) -> "Assessment":  # fmt: skip
        """Give the assessment, or change a given one, until the outcome is told."""
        desk, known = cls._sit_down(application, by, version)
        judgement = judgement or (known.judgement if known else Judgement())
        criteria = _fitting(criteria, desk)
        ensure(cls.can_hand_in(judgement, criteria))
        verb = "assessment.changed" if known and known.state == cls.State.HANDED_IN else "assessment.handed_in"
        row = cls._keep(
            desk, known, judgement, by,
            criteria=criteria, state=cls.State.HANDED_IN, total=total_of(judgement, criteria),
            abstain_reason="", handed_in_at=now(),
        )  # fmt: skip
        Event.record(verb, row, by=by, number=desk.version.number, total=float(row.total) if row.total else None)
        Standing.store(desk.version)
        return row

    @classmethod
    def can_abstain(cls, reason: str) -> Answer:
        return True if reason.strip() else No(_("Write why you abstain."))

    @classmethod
    @transaction.atomic
    def abstain(cls, application: Application, reason: str, *, by: Person, version: int | None = None) -> "Assessment":
        """Give no assessment of this version, and say why. What was begun is kept, and counts nowhere."""
        desk, known = cls._sit_down(application, by, version)
        ensure(cls.can_abstain(reason))
        row = cls._keep(
            desk, known, None, by,
            state=cls.State.ABSTAINED, total=None, abstain_reason=reason.strip()[:300], handed_in_at=now(),
        )  # fmt: skip
        Event.record("assessment.abstained", row, by=by, number=desk.version.number)
        Standing.store(desk.version)
        return row

    @classmethod
    def earlier(cls, application: Application, person: Person) -> "Assessment | None":
        """The person's last handed-in assessment of a version before the newest one."""
        given = cls.objects.filter(application=application, assessor=person).handed_in().order_by("-version__number")
        last = given.select_related("version").first()
        newest = application.versions.last()
        return last if last and newest and last.version_id != newest.pk else None

    @classmethod
    @transaction.atomic
    def start_from_earlier(cls, application: Application, *, by: Person) -> "Assessment":
        """A draft for the new version with one's scores and words for the last; what was unclear is asked anew."""
        desk, known = cls._sit_down(application, by)
        if known:
            return known
        earlier = cls.earlier(application, by)
        if earlier is None:
            raise NotNow(_("You have not handed in an assessment of an earlier version."))
        before = earlier.judgement
        scores = {key: Given(score.points, score.passed, score.comment) for key, score in before.scores.items()}
        copied = Judgement(scores, before.fit, before.to_team, before.among)
        return cls._keep(desk, None, copied, by, criteria=criteria_of(desk.version.edition_id), state=cls.State.DRAFT)

    @classmethod
    def _sit_down(
        cls, application: Application, person: Person, version: int | None = None
    ) -> "tuple[Desk, Assessment | None]":
        """Hold the application, ask again whether the person may assess it, and find what they have given."""
        lock(application)
        desk = Desk.of(application.pk, person)
        if desk is None:
            raise NotNow(_("You are not an assessor of this round."))
        ensure(desk.can_assess())
        if version not in (None, desk.version.number):
            raise NotNow(_("The team has sent a new version while you were reading. Load the page again."))
        known = _known.first(desk.version.pk, person)
        if known:
            known.application = desk.application  # with its idea, which the event asks for
        return desk, known

    @classmethod
    def _keep(
        cls, desk: Desk, known: "Assessment | None", judgement: Judgement | None, by: Person,
        *, criteria: list[Criterion] | None = None, **values: Any,
    ) -> "Assessment":  # fmt: skip
        row = known or cls(application=desk.application, version=desk.version, assessor=by)
        if judgement:
            values |= {"fit": judgement.fit, "to_team": judgement.to_team, "among": judgement.among}
        for name, value in (values | {"saved_at": now()}).items():
            setattr(row, name, value)
        row.save()
        if judgement:
            Score.keep(row, judgement, criteria or [])
        return row


@prepared
def _known(version: int, person: Person) -> models.QuerySet[Assessment]:
    return Assessment.objects.filter(version=version, assessor=person)


def _fitting(criteria: list[Criterion] | None, desk: Desk) -> list[Criterion]:
    """These criteria if they are of the version's edition, else the right ones."""
    if criteria and all(each.edition_id == desk.version.edition_id for each in criteria):
        return criteria
    return criteria_of(desk.version.edition_id)


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

    @property
    def given(self) -> Given:
        return Given(self.points, self.passed, self.comment, self.is_unclear, self.unclear)

    @classmethod
    def keep(cls, assessment: Assessment, judgement: Judgement, criteria: list[Criterion]) -> None:
        """Store all of it in one statement, over what was there."""
        fields = ["points", "passed", "comment", "is_unclear", "unclear"]
        rows = [Score(assessment=assessment, criterion=each, **vars(judgement.about(each))) for each in criteria]
        unique = ["assessment", "criterion"]
        Score.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=fields)
