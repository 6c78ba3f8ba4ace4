"""What the panel's ballots amount to. No page of this room shows it; deciding asks here.

A ballot counts when every criterion of quality has points, the member does not abstain, and nothing bars them from the
idea now: a tie that is found later takes their points out, and nothing is erased. (design.md, section 4, rules 1 and 6)
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any

from django.db.models import F, OuterRef, QuerySet

from oppdrift.ideas.models import Disqualification, Part
from oppdrift.rounds.models import Criterion
from oppdrift.toolbox.prepared import prepared

from .models import Ballot, Pitch, PitchDay, Seat
from .models.seat import standing


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


def weighted(points: Mapping[int, int], weights: Mapping[int, int]) -> float | None:
    """The weighted mean; None unless all are given."""
    if not weights or not weights.keys() <= points.keys():
        return None
    return sum(points[key] * weight for key, weight in weights.items()) / sum(weights.values())


# From the ballots to their scores. The other way round, PostgreSQL asks of each score after all ballots as long as it
# has not counted the new rows: minutes, on the very day.
@prepared
def _scores(day: PitchDay) -> QuerySet[Ballot, tuple[int, int, int, int]]:
    """Idea, seat, criterion and points, of those who count and do not abstain."""
    rows = counted(day).filter(why="", scores__isnull=False)
    return rows.values_list("pitch__idea", "seat", "scores__criterion", "scores__points").order_by()


@prepared
def _ballots(day: PitchDay) -> QuerySet[Any]:
    return counted(day).annotate(about=F("pitch__idea"))


def of(day: PitchDay) -> list[Result]:
    """Everything that is counted, in the running order. Constant in statements."""
    criteria = [each for each in day.criteria() if each.kind == Criterion.Kind.QUALITY]
    weights = {each.pk: each.weight for each in criteria}
    points: dict[int, dict[int, dict[int, int]]] = {}  # by idea, seat and criterion
    for idea, seat, criterion, given in _scores(day):
        points.setdefault(idea, {}).setdefault(seat, {})[criterion] = given
    seats, barred, ballots = day.seats.count(), _barred(day), _ballots(day)
    made = []
    for pitch in day.pitches.on_stage().select_related("idea"):
        own = [ballot for ballot in ballots if ballot.about == pitch.idea_id]
        by_seat = points.get(pitch.idea_id, {})
        sums = {seat: weighted(given, weights) for seat, given in by_seat.items()}
        made.append(
            Result(
                pitch=pitch,
                totals={seat: total for seat, total in sums.items() if total is not None},
                criteria=list(_of_criteria(criteria, list(by_seat.values()))),
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
    found: dict[int, set[int]] = {}
    for idea, person in _ties(day):
        found.setdefault(idea, set()).add(person)
    return found


@prepared
def _ties(day: PitchDay) -> QuerySet[Any, tuple[int, int]]:
    ideas = Pitch.objects.filter(day=day).on_stage().values("idea")
    about = {"idea__in": ideas, "person__in": Seat.objects.filter(day=day).values("person")}
    by_law = Disqualification.objects.in_force().filter(**about)
    as_member = Part.objects.in_force().filter(**about, kind__in=Part.BELONGS)
    pairs = [rows.order_by().values_list("idea", "person") for rows in (by_law, as_member)]
    return pairs[0].union(pairs[1])
