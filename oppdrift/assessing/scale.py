"""Which steps of the scale an application got: for who sees too little of the others to rank it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef

from oppdrift.rounds.models import Criterion

from .models import Assessment, Score
from .models.standing import newest_version


@dataclass
class Step:
    points: int
    words: str  # as the criterion describes it
    times: int  # given by so many


@dataclass
class OfCriterion:
    name: str
    steps: list[Step]  # highest first


def steps_given(applications: Iterable[int]) -> dict[int, list[OfCriterion]]:
    """By application: the quality criteria in their order, as counted for the newest version. One statement."""
    scores = (
        Score.objects.filter(
            assessment__in=Assessment.objects.counted().filter(application__in=list(applications)),
            assessment__version=newest_version(OuterRef("assessment__application")),
            criterion__kind=Criterion.Kind.QUALITY,
            points__isnull=False,
        )
        .select_related("criterion", "assessment")
        .order_by("criterion__order", "criterion_id", "-points")
    )
    times = Counter((each.assessment.application_id, each.criterion, each.points or 0) for each in scores)
    found: dict[int, dict[Criterion, OfCriterion]] = {}
    for (application, criterion, points), n in times.items():
        of_criterion = found.setdefault(application, {}).setdefault(criterion, OfCriterion(criterion.name, []))
        of_criterion.steps.append(Step(points, dict(criterion.numbered_steps).get(points, ""), n))
    return {application: list(rows.values()) for application, rows in found.items()}
