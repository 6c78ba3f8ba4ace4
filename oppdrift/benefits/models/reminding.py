"""Letters that remind of a measurement: how they are known, and that they stay when there is nothing to remind of."""

from typing import TYPE_CHECKING

from oppdrift.history.models import Message
from oppdrift.people.models import Person

if TYPE_CHECKING:
    from .measurement import Measurement

DUE, LATE = "measurement_due", "measurement_late"


def key_of(kind: str, measurement: "Measurement") -> str:
    """How the keys of these letters begin, whomever they are for."""
    return f"{kind}:{measurement.pk}:"


def is_not_needed(measurement: "Measurement", *, by: Person) -> None:
    """Measured, moved or left out: what nobody has let go is not sent any more."""
    for kind in (DUE, LATE):
        for letter in Message.objects.waiting().filter(key__startswith=key_of(kind, measurement)):
            letter.discard(by=by)
