"""The small picture of a card."""

import datetime as dt

from .series import Series


class Mini:
    """A card's small picture: from the first value to the last, with the target above or below."""

    WIDTH, HEIGHT, EDGE = 368, 96, 9

    def __init__(self, series: Series):
        self.series = series
        self.low, self.high = (min(series.values), max(series.values)) if series.values else (0.0, 1.0)

    @property
    def is_drawn(self) -> bool:
        return self.series.is_drawn

    def x(self, day: dt.date) -> float:
        seen = self.series.seen
        span = max((seen[-1].day - seen[0].day).days, 1)
        return round(self.EDGE + (day - seen[0].day).days / span * (self.WIDTH * 0.8 - self.EDGE), 1)

    def y(self, value: float) -> float:
        top, floor = 24, self.HEIGHT - self.EDGE
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(floor - share * (floor - top), 1)

    @property
    def points(self) -> list[tuple[float, float]]:
        return [(self.x(seen.day), self.y(seen.value)) for seen in self.series.seen]

    @property
    def line(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.points) if len(self.points) > 1 else ""

    @property
    def water(self) -> str:
        gain = [(self.x(day), self.y(value)) for day, value in self.series.gain(self.series.seen)]
        if len(gain) < 2:
            return ""
        floor = self.y(self.series.baseline)  # type: ignore[arg-type]
        return " ".join(f"{x:g},{y:g}" for x, y in [*gain, (gain[-1][0], floor), (gain[0][0], floor)])

    @property
    def ends(self) -> list[tuple[float, float]]:
        return self.points[:1] + self.points[1:][-1:]

    @property
    def target_y(self) -> float | None:
        return None if self.series.target is None else self.y(self.series.target)

    @property
    def target_words_y(self) -> float:
        """Over the line, or under it where the measured line comes close to its end."""
        line = self.target_y or 0.0
        _x, last = self.points[-1]
        return line + 20 if line < 20 or line - 24 < last < line else line - 7
