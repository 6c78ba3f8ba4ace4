"""A benefit as what `toolbox.look.plots` draws."""

from decimal import Decimal

from django.utils.translation import gettext as _

from oppdrift.toolbox.look.plots import Seen, Series

from .models import Benefit, Measurement
from .models.words import MeasuredIn
from .numbers import in_plot, short


def series_of(benefit: Benefit) -> Series:
    """Nothing to draw when it is told in words, or no value is known."""
    if not benefit.is_quantitative:
        return Series(seen=())
    baseline, target = benefit.baseline, benefit.target
    values = [one for one in benefit.in_force if one.value is not None]
    return Series(
        seen=[_seen(benefit, one) for one in values],
        unknown=[one.day for one in benefit.in_force if one.value is None],
        unknown_words=_("Not measured yet"),
        baseline=as_float(baseline.value) if baseline else None,
        baseline_words=_("Baseline %(value)s") % {"value": in_plot(benefit, baseline.value)} if baseline else "",
        target=as_float(target),
        target_words=_("Target %(value)s") % {"value": in_plot(benefit, target)} if target is not None else "",
        better=benefit.better,
        within=(0, 100 if benefit.measured_in == MeasuredIn.PERCENT else None),
    )


def _seen(benefit: Benefit, one: Measurement) -> Seen:
    assert one.value is not None
    words = short(benefit, one.value) if benefit.measured_in == MeasuredIn.PERCENT else in_plot(benefit, one.value)
    return Seen(one.day, float(one.value), words, as_float(one.low), as_float(one.high))


def as_float(value: Decimal | int | None) -> float | None:
    return None if value is None else float(value)
