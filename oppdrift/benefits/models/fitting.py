"""Whether what is said to be measured can have been seen: its value, its uncertainty, its day."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.answers import Answer, No
from oppdrift.toolbox.clock import today

if TYPE_CHECKING:
    from .measurement import Measurement


def fits(measurement: "Measurement") -> Answer:
    """Is it something that can have been seen, of this benefit, on that day?"""
    benefit = measurement.benefit
    if measurement.taken_on and measurement.taken_on > today():
        return No(_("A day that has not been cannot have been measured."))
    if benefit.is_quantitative:
        if not isinstance(measurement.value, Decimal | int):
            return No(_("Write the value as a number, or choose that it was not measured."))
        if not within(measurement.low, measurement.value, measurement.high):
            return No(_("The value must lie between the lowest and the highest it could be."))
    elif not measurement.words.strip() or (not measurement.is_baseline and not measurement.verdict):
        return No(_("Write in words what you saw, and say whether it is better."))
    return fits_in_time(measurement)


def within(low: Decimal | None, value: Decimal | int, high: Decimal | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


def fits_in_time(measurement: "Measurement") -> Answer:
    """The baseline comes before everything else."""
    made = type(measurement).objects.in_force().made().filter(benefit=measurement.benefit)
    if measurement.is_baseline:
        if made.filter(kind=measurement.Kind.FOLLOW_UP, taken_on__lte=measurement.taken_on).exists():
            return No(_("The baseline must be from before the first measurement."))
    elif made.filter(kind=measurement.Kind.BASELINE, taken_on__gte=measurement.taken_on).exists():
        return No(_("A measurement must be from after the baseline."))
    return True
