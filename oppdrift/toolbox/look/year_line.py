"""The line that rises through the year: where its points stand, as numbers for an SVG and a list.

Every stage has a column of the same width, since spring is crowded on a true scale; dates are written out instead.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .. import dates

WIDTH, HEIGHT = 1216, 200
FOOT, RISE = 176, 132
STEPS = 64  # straight pieces over the whole width; the eye sees a curve


def height_at(t: float) -> float:
    """y of the line at share `t` of the width: half straight, half eased."""
    eased = 2 * t * t if t < 0.5 else 1 - (2 - 2 * t) ** 2 / 2
    return FOOT - RISE * (0.55 * t + 0.45 * eased)


def curve(start: float, end: float, width: int = WIDTH) -> list[tuple[float, float]]:
    """Points of the line between two shares of its width."""
    inner = [step / STEPS for step in range(STEPS + 1) if start < step / STEPS < end]
    return [(round(t * width, 1), round(height_at(t), 1)) for t in [start, *inner, end]]


@lru_cache(maxsize=100)
def drawn(start: float, end: float) -> str:
    """The same as an SVG takes it. The line stays the same all day."""
    return as_points(curve(start, end))


def as_points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


@dataclass
class Stage:
    """One column. `number` with its `unit` is the one big figure, `line` one line of text; leave unknown ones out."""

    name: str
    at: dt.date  # when it begins
    when: str = ""  # the dates as they are written; the date of `at` unless said
    number: str | int | None = None
    unit: str = ""
    line: str = ""
    status: str = ""  # a name in statuses.py
    status_words: str = ""
    until: dt.date | None = None  # when the last one ends
    url: str = ""
    x: float = field(default=0, init=False)
    y: float = field(default=0, init=False)
    is_past: bool = field(default=False, init=False)
    is_current: bool = field(default=False, init=False)

    @property
    def written_when(self) -> str:
        return self.when or dates.short_day(self.at)


@dataclass
class YearLine:
    """`pieces/year_line.html` draws it."""

    stages: list[Stage]
    today: dt.date
    after: str = ""  # what follows the last stage, such as "Spread and measuring for two years"

    def __post_init__(self) -> None:
        for number, stage in enumerate(self.stages):
            share = number / len(self.stages)
            stage.x, stage.y = round(share * WIDTH, 1), round(height_at(share), 1)
            stage.is_past = dates.date_of(stage.at) <= self.today
            stage.is_current = number == self.current

    @cached_property
    def current(self) -> int:
        """The number of the stage that today is in; -1 before the first."""
        begun = [number for number, stage in enumerate(self.stages) if dates.date_of(stage.at) <= self.today]
        return begun[-1] if begun else -1

    @cached_property
    def share(self) -> float:
        """How far along the line today is, 0 to 1."""
        if self.current < 0 or not self.stages:
            return 0.0
        stage = self.stages[self.current]
        if self.current + 1 < len(self.stages):
            end = dates.date_of(self.stages[self.current + 1].at)
        else:
            end = dates.date_of(stage.until) if stage.until else dates.date_of(stage.at) + dt.timedelta(days=1)
        start = dates.date_of(stage.at)
        passed = (self.today - start).days / max((end - start).days, 1)
        return (self.current + min(max(passed, 0.0), 1.0)) / len(self.stages)

    @property
    def today_x(self) -> float:
        return round(self.share * WIDTH, 1)

    @property
    def today_y(self) -> float:
        return round(height_at(self.share), 1)

    @property
    def label_y(self) -> float:
        return round(self.today_y - 26, 1)

    @property
    def label_anchor(self) -> str:
        if self.share < 0.06:
            return "start"
        return "end" if self.share > 0.94 else "middle"

    @property
    def label_x(self) -> float:
        return {"start": self.today_x - 11, "end": self.today_x + 11}.get(self.label_anchor, self.today_x)

    @property
    def label(self) -> str:
        return _("Today, %(date)s") % {"date": dates.long_date(self.today, year=False)}

    @property
    def long_label(self) -> str:
        return _("Today, %(date)s") % {"date": dates.day(self.today, year=False)}

    @property
    def done(self) -> str:
        """Points of the travelled part."""
        return drawn(0, self.share) if self.share > 0 else ""

    @property
    def coming(self) -> str:
        """Points of what is to come."""
        return drawn(self.share, 1) if self.share < 1 else ""

    @property
    def water(self) -> str:
        """Points of the surface under the travelled part, down to the foot of the drawing."""
        if self.share <= 0:
            return ""
        return as_points([*curve(0, self.share), (self.today_x, HEIGHT), (0, HEIGHT)])

    @property
    def water_width(self) -> str:
        return f"{self.share * 100:.2f}%"

    @property
    def after_y(self) -> float:
        return round(height_at(1) - 16, 1)

    @property
    def shows_after(self) -> bool:
        """Today's words would stand in its place near the end."""
        return bool(self.after) and self.share < 0.8

    @property
    def rows(self) -> list[Stage | None]:
        """The stages in order, and None where today stands between its neighbours."""
        return [*self.stages[: self.current + 1], None, *self.stages[self.current + 1 :]]
