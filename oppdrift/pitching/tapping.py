"""What every tap asks of the database, put into words once: a whole panel taps at the same time."""

from typing import Any

from django.db.models import QuerySet

from oppdrift.rounds.models import Criterion
from oppdrift.toolbox.prepared import prepared

from .models import Pitch, PitchDay, Seat
from .models.seat import standing


@prepared
def seats_of(token: str) -> QuerySet[Seat]:
    """The one whose link this is."""
    return Seat.objects.open().select_related("person", "day").filter(token=token)


@prepared
def pitches_towards(day: int, pitch: int, person: int) -> QuerySet[Any]:
    """The pitch, as one of `Seat.pitches()`."""
    return Pitch.objects.on_stage().filter(day=day, pk=pitch).annotate(**standing("idea", person))


@prepared
def criteria_in(edition: int) -> QuerySet[Criterion]:
    return PitchDay.criteria_used(edition)


def criteria_of(day: PitchDay) -> list[Criterion]:
    """As `day.criteria()`."""
    return PitchDay.heaviest(criteria_in(day.edition_id))
