"""The year as strangers see it: a few dates on one line that rises across the whole page."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from oppdrift.toolbox import dates
from oppdrift.toolbox.look.year_line import HEIGHT, WIDTH, drawn, height_at

SLOTS = 5


@dataclass(frozen=True)
class Point:
    """A date on the line; the one that is today has the buoy."""

    name: str
    when: str
    x: str  # per cent of the width, for an SVG attribute
    y: float
    is_past: bool
    is_today: bool
    is_minor: bool  # left out where there is little room
    is_far: bool  # near the end, where words to the right would be cut


class FrontLine:
    """At most five dates, today among them in a place of its own. `front/_line.html` draws it."""

    def __init__(self, days: list[tuple[str, dt.datetime]], today: dt.date) -> None:
        days = sorted(days, key=lambda day: day[1])
        past = [day for day in days if dates.date_of(day[1]) < today][-1:]
        coming = [day for day in days if dates.date_of(day[1]) >= today][: SLOTS - 1 - len(past)]
        self.slots = [*past, None, *coming]
        self.today = today

    def share(self, slot: int) -> float:
        return (slot + 0.55) / len(self.slots)

    @property
    def now_at(self) -> float:
        return self.share(self.slots.index(None))

    @cached_property
    def points(self) -> list[Point]:
        made = []
        for slot, day in enumerate(self.slots):
            name, when = (None, self.today) if day is None else (day[0], day[1])
            share = self.share(slot)
            made.append(
                Point(
                    name=name or "", when=dates.long_date(when, year=False), x=f"{share * 100:.1f}%",
                    y=round(height_at(share), 1), is_past=day is not None and share < self.now_at, is_today=day is None,
                    is_minor=(slot == 0 and day is not None) or slot > 3, is_far=share > 0.6,
                )
            )  # fmt: skip
        return made

    @property
    def done(self) -> str:
        return drawn(0, self.now_at)

    @property
    def coming(self) -> str:
        return drawn(self.now_at, 1)

    @property
    def water(self) -> str:
        return f"{drawn(0, 1)} {WIDTH},{HEIGHT + 60} 0,{HEIGHT + 60}"
