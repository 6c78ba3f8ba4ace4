"""Letters of this room: the panel's links, which wait in the outbox, and bookings of a rehearsal, which go at once."""

from typing import TYPE_CHECKING

from oppdrift.people.models import Person

if TYPE_CHECKING:
    from .models import Rehearsal


def of_booking(rehearsal: "Rehearsal", *, by: Person) -> None:
    """To the team, with the calendar entry."""


def of_giving_back(rehearsal: "Rehearsal", *, by: Person) -> None:
    """To the team: the entry leaves their calendars."""
