"""What the panel's ballots amount to. No page of this room shows it; deciding asks here.

A ballot counts when every criterion of quality has points, the member does not abstain, and nothing bars them from the
idea now: a tie that is found later takes their points out, and nothing is erased. (design.md, section 4, rules 1 and 6)
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any

from django.db.models import F, OuterRef

from oppdrift.ideas.models import Disqualification, Part
from oppdrift.rounds.models import Criterion

from .models import Ballot, Pitch, PitchDay
from .models.seat import standing

Totals = dict[int, dict[int, float]]  # by idea: by seat


@dataclass(frozen=True)
class OfCriterion:
    """How the counted members see one criterion of quality."""

    criterion: Criterion
    points: list[int]

    @property
    def mean(self) -> float:
        return fmean(self.points)

    @property
    def spread(self) -> float | None:
        """Sample standard deviation; none of fewer than two."""
        return stdev(self.points) if len(self.points) > 1 else None


@dataclass(frozen=True)
class Result:
    """One pitch, as those who decide are shown it."""

    pitch: Pitch
    totals: dict[int, float]  # by seat
    criteria: list[OfCriterion]
    fits: dict[str, int]  # yes, partly, no
    doors: int
    seats: int  # members who are not barred here
    abstained: int
    barred: int

    @property
    def counted(self) -> int:
        return len(self.totals)

    @property
    def mean(self) -> float | None:
        return fmean(self.totals.values()) if self.totals else None


def counted(day: PitchDay):
    """Ballots of members whom nothing bars, abstentions included."""
    rows: Any = Ballot.objects.filter(seat__day=day, pitch__dropped_at=None)
    rows = rows.annotate(**standing("pitch__idea", OuterRef("seat__person")))
    return rows.filter(is_barred=False, is_in_doubt=False)


def totals(day: PitchDay) -> Totals:
    """Each counted member's weighted mean of the criteria of quality, by idea and seat; every idea on stage is there.

    Two statements more than the criteria.
    """
    found: Totals = {idea: {} for idea in day.pitches.on_stage().values_list("idea", flat=True)}
    weights = {each.pk: each.weight for each in day.criteria() if each.kind == Criterion.Kind.QUALITY}
    for (idea, seat), points in _points(day).items():
        if (total := weighted(points, weights)) is not None:
            found[idea][seat] = total
    return found


def weighted(points: Mapping[int, int], weights: Mapping[int, int]) -> float | None:
    """The weighted mean; None unless all are given."""
    if not weights or not weights.keys() <= points.keys():
        return None
    return sum(points[key] * weight for key, weight in weights.items()) / sum(weights.values())


def _points(day: PitchDay) -> dict[tuple[int, int], dict[int, int]]:
    """By idea and seat: points by criterion, of those who count and do not abstain."""
    # From the ballots to their scores. The other way round, PostgreSQL asks of each score after all ballots as long as
    # it has not counted the new rows: minutes, on the very day.
    rows = counted(day).filter(why="", scores__isnull=False)
    found: dict[tuple[int, int], dict[int, int]] = {}
    for idea, seat, criterion, points in rows.values_list(
        "pitch__idea", "seat", "scores__criterion", "scores__points"
    ).order_by():
        found.setdefault((idea, seat), {})[criterion] = points
    return found


def doors(day: PitchDay) -> dict[int, int]:
    """How many of the panel can help, by idea."""
    return dict(Counter(counted(day).filter(opens_door=True).values_list("pitch__idea", flat=True)))


def of(day: PitchDay) -> list[Result]:
    """Everything that is counted, in the running order. Constant in statements."""
    criteria = [each for each in day.criteria() if each.kind == Criterion.Kind.QUALITY]
    sums, points = totals(day), _points(day)
    seats = day.seats.count()
    barred = _barred(day)
    ballots = list(counted(day).annotate(about=F("pitch__idea")))
    made = []
    for pitch in day.pitches.on_stage().select_related("idea"):
        own = [ballot for ballot in ballots if ballot.about == pitch.idea_id]
        given = [by_criterion for (idea, _seat), by_criterion in points.items() if idea == pitch.idea_id]
        made.append(
            Result(
                pitch=pitch,
                totals=sums[pitch.idea_id],
                criteria=list(_of_criteria(criteria, given)),
                fits=dict(Counter(ballot.fit for ballot in own if ballot.fit and not ballot.abstained)),
                doors=sum(ballot.opens_door for ballot in own),
                seats=seats - len(barred.get(pitch.idea_id, ())),
                abstained=sum(ballot.abstained for ballot in own),
                barred=len(barred.get(pitch.idea_id, ())),
            )
        )
    return made


def _of_criteria(criteria: Iterable[Criterion], given: list[dict[int, int]]) -> Iterable[OfCriterion]:
    for criterion in criteria:
        points = [each[criterion.pk] for each in given if criterion.pk in each]
        if points:
            yield OfCriterion(criterion, points)


def _barred(day: PitchDay) -> dict[int, set[int]]:
    """By idea: members who are barred from it."""
    about = {"idea__in": day.pitches.on_stage().values("idea"), "person__in": day.seats.values("person")}
    by_law = Disqualification.objects.in_force().filter(**about)
    as_member = Part.objects.in_force().filter(**about, kind__in=Part.BELONGS)
    found: dict[int, set[int]] = {}
    pairs = [rows.order_by().values_list("idea", "person") for rows in (by_law, as_member)]
    for idea, person in pairs[0].union(pairs[1]):
        found.setdefault(idea, set()).add(person)
    return found
