"""What one assessor gives: a score per criterion, fit, and words. What is missing in it, and what it amounts to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oppdrift.rounds.models import Criterion
from oppdrift.toolbox.prepared import prepared

from .standing import thousandths

ENDS = (1, 5)  # of the scale; they ask for a reason


@dataclass
class Given:
    """About one criterion."""

    points: int | None = None
    passed: bool | None = None  # of a gate
    comment: str = ""
    is_unclear: bool = False
    unclear: str = ""  # read by the team


@dataclass
class Judgement:
    scores: dict[str, Given] = field(default_factory=dict)  # by the criterion's key
    fit: str = ""
    to_team: str = ""
    among: str = ""

    @classmethod
    def of(
        cls, scores: Mapping[str, Given | int | bool], *, fit: str = "", to_team: str = "", among: str = ""
    ) -> "Judgement":
        """Written short: `Judgement.of({"need": 4, "ordinary": True}, fit="yes")`."""
        return cls({key: _given(value) for key, value in scores.items()}, fit, to_team, among)

    def about(self, criterion: Criterion) -> Given:
        return self.scores.get(criterion.key) or Given()


class Lack(NamedTuple):
    """Something missing before it can be handed in: of which criterion, in which field, in words."""

    key: str
    field: str  # points, passed, comment, unclear, fit
    words: str | Promise


def criteria_of(edition: int) -> list[Criterion]:
    """By what versions of this edition are assessed: its criteria that are used in assessing."""
    return _criteria_of(edition)


@prepared
def _criteria_of(edition: int) -> QuerySet[Criterion]:
    return Criterion.objects.filter(edition=edition, used__in=[Criterion.Used.ASSESSING, Criterion.Used.BOTH])


def shares(criteria: Iterable[Criterion]) -> dict[str, int]:
    """How much of the total each quality criterion is, in whole per cent, by its key."""
    weights = {each.key: each.weight for each in criteria if each.kind == Criterion.Kind.QUALITY}
    return {key: int(0.5 + 100 * weight / sum(weights.values())) for key, weight in weights.items()}


def lacks(judgement: Judgement, criteria: Iterable[Criterion]) -> list[Lack]:
    """What must be added before it can be handed in, in the order of the criteria."""
    missing = []
    for criterion in criteria:
        given, key = judgement.about(criterion), criterion.key
        if criterion.kind == Criterion.Kind.QUALITY and given.points is None:
            missing.append(Lack(key, "points", _("Give points from 1 to 5.")))
        if criterion.kind == Criterion.Kind.QUALITY and given.points in ENDS and not given.comment.strip():
            missing.append(Lack(key, "comment", _("A 1 or a 5 needs a reason.")))
        if criterion.kind == Criterion.Kind.GATE and given.passed is None:
            missing.append(Lack(key, "passed", _("Answer yes or no.")))
        if criterion.kind == Criterion.Kind.FIT and not judgement.fit:
            missing.append(Lack(key, "fit", _("Answer yes, partly or no.")))
        if given.is_unclear and not given.unclear.strip():
            missing.append(Lack(key, "unclear", _("Write what is unclear. The team will read it.")))
    return missing


def total_of(judgement: Judgement, criteria: Iterable[Criterion]) -> Decimal | None:
    """Weighted mean of the quality criteria, to three decimals; None unless all of them are given."""
    quality = [criterion for criterion in criteria if criterion.kind == Criterion.Kind.QUALITY]
    given = [(judgement.about(criterion).points, criterion.weight) for criterion in quality]
    weighted = [points * weight for points, weight in given if points is not None]
    if not quality or len(weighted) < len(quality):
        return None
    return thousandths(Decimal(sum(weighted)) / sum(criterion.weight for criterion in quality))


def _given(value: Given | int | bool) -> Given:
    if isinstance(value, Given):
        return value
    return Given(passed=value) if isinstance(value, bool) else Given(points=value)
