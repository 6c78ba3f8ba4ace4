"""The panel as the host sees it: who is there, and how many answers have come in. Never what they say."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef

from oppdrift.rounds.models import Criterion
from oppdrift.toolbox.clock import now

from .models import Ballot, Pitch, PitchDay, Seat
from .models.seat import standing

THERE = dt.timedelta(seconds=45)  # since a phone was last heard of; it speaks every 20 seconds


@dataclass
class Member:
    seat: Seat
    is_there: bool
    sits_out: bool  # barred, or in doubt
    is_declared: bool
    received: int
    abstains: bool
    asked: int

    @property
    def state(self) -> str:
        if self.sits_out:
            return "out"
        if self.abstains or self.received >= self.asked:
            return "done"
        return "begun" if self.received else "waiting"


def members(day: PitchDay, pitch: Pitch | None, criteria: Sequence[Criterion]) -> list[Member]:
    """Everybody with a seat, as they stand to this pitch. Two statements."""
    seats = Seat.objects.filter(day=day).select_related("person")
    rows = list(seats.annotate(**standing(pitch.idea_id, OuterRef("person"))) if pitch else seats)
    ballots = {each.seat_id: each for each in Ballot.objects.filter(pitch=pitch)} if pitch else {}
    return [_member(row, ballots.get(row.pk), list(criteria)) for row in rows]


def _member(seat: Any, ballot: Ballot | None, criteria: list[Criterion]) -> Member:
    return Member(
        seat=seat,
        is_there=bool(seat.heard_at and seat.heard_at > now() - THERE),
        sits_out=getattr(seat, "is_barred", False) or getattr(seat, "is_in_doubt", False),
        is_declared=getattr(seat, "is_declared", True),
        received=ballot.received(criteria) if ballot else 0,
        abstains=bool(ballot and ballot.abstained),
        asked=len(criteria),
    )
