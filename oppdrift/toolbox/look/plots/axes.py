"""Axes with numbers that people count by."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from oppdrift.toolbox import dates, money

STEPS = (1, 2, 2.5, 5, 10)
INTERVALS = 5  # about so many
MILLION = 1_000_000


class Axis(NamedTuple):
    low: float
    high: float
    ticks: list[tuple[float, str]]


def axis_for(values: Sequence[float], within: tuple[float | None, float | None] = (None, None)) -> Axis:
    """From a round number below all of these to one above, with a little air, but not beyond `within`."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    size = max(abs(low), abs(high))
    if high - low > max(size * 1e-6, 1e-4):
        air = (high - low) * 0.08
    else:  # one value, or values that nobody tells apart
        air = size * 0.1 if size > 1e-3 else 1.0
    low, high = low - air, high + air
    floor, roof = within
    if floor is not None and min(values, default=floor) >= floor:
        low = max(low, floor)
    if roof is not None and max(values, default=roof) <= roof:
        high = min(high, roof)
    step = step_for(high - low)
    low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    scale = MILLION if max(abs(low), abs(high)) >= MILLION and step >= MILLION / 100 else 1
    ticks = [round(low + number * step, 10) for number in range(round((high - low) / step) + 1)]
    return Axis(low, high, [(value, in_short(value, step, scale)) for value in ticks])


def in_short(value: float, step: float, scale: int = 1) -> str:
    """With as many decimals as the step needs; great numbers in millions, which take less room."""
    words = number(value / scale, places_of(step / scale))
    return _("%(n)s mill.") % {"n": words} if scale == MILLION else words


def step_for(span: float) -> float:
    """A step of 1, 2, 2.5 or 5, or ten times that, that cuts the span in about five."""
    rough = span / INTERVALS
    power = 10 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))


def places_of(step: float) -> int:
    """How many decimals a step needs: none for 5, one for 2.5 and 0.5."""
    return next(places for places in range(12) if abs(round(step, places) - step) < step * 1e-6)


def number(value: float, places: int = 0) -> str:
    """1200.5 as "1 200,5", in English "1 200.5"."""
    whole, _, fraction = f"{abs(value):.{places}f}".partition(".")
    text = money.grouped(int(whole))
    if fraction:
        text += ("." if dates.language() == "en" else ",") + fraction
    return f"\u2212{text}" if value < 0 and text.strip("0,.") else text
