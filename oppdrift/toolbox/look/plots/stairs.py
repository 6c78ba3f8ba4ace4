"""How many there are by now: one step up for each day that somebody came."""

import datetime as dt
from collections.abc import Sequence

from oppdrift.toolbox import dates

from .labels import Label


class Stairs:
    """A small picture; `pieces/stairs.html` draws it, with the days in a table or list beside."""

    WIDTH, HEIGHT, TOP, FLOOR, EDGE = 350, 120, 14, 90, 10

    def __init__(self, days: Sequence[dt.date]):
        self.days = sorted(days)

    @property
    def is_drawn(self) -> bool:
        """A single step is no stairs."""
        return len(set(self.days)) > 1

    def x(self, day: dt.date) -> float:
        span = (self.days[-1] - self.days[0]).days or 1
        return round(self.EDGE + (day - self.days[0]).days / span * (self.WIDTH - 70), 1)

    def y(self, count: int) -> float:
        return round(self.FLOOR - count / len(self.days) * (self.FLOOR - self.TOP), 1)

    @property
    def points(self) -> list[tuple[float, float]]:
        return [(self.x(day), self.y(count)) for count, day in enumerate(self.days, 1)]

    @property
    def path(self) -> str:
        """From nobody to the last: along, up, along, up, and on to the edge."""
        steps = "".join(f"H{x:g}V{y:g}" for x, y in self.points)
        return f"M0 {self.FLOOR}{steps}H{self.WIDTH - 34}"

    @property
    def count_label(self) -> Label:
        return Label(self.WIDTH - 26, self.y(len(self.days)) + 6, "start", str(len(self.days)))

    @property
    def day_labels(self) -> list[Label]:
        first, last = dates.month(self.days[0]), dates.month(self.days[-1])
        labels = [Label(0, self.HEIGHT - 8, "start", first)]
        return labels if first == last else [*labels, Label(self.WIDTH - 34, self.HEIGHT - 8, "end", last)]
