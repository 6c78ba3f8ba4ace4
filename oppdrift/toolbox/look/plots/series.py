"""What is to be drawn: values over time, and what is not known."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """A value that was measured, with how it is written and how far off it may be."""

    day: dt.date
    value: float
    words: str
    low: float | None = None
    high: float | None = None

    @property
    def reach(self) -> list[float]:
        return [each for each in (self.low, self.value, self.high) if each is not None]


@dataclass(frozen=True)
class Series:
    """What is to be drawn. `seen` begins with the baseline when it is known; `unknown` are dates without a value."""

    seen: Sequence[Seen]
    unknown: Sequence[dt.date] = ()
    unknown_words: str = ""
    baseline: float | None = None
    baseline_words: str = ""
    target: float | None = None
    target_words: str = ""
    better: str = "up"
    within: tuple[float | None, float | None] = (None, None)  # beyond which the axis makes no sense: 0 to 100 per cent

    @property
    def values(self) -> list[float]:
        levels = [each for each in (self.baseline, self.target) if each is not None]
        return [*levels, *(value for seen in self.seen for value in seen.reach)]

    @property
    def is_drawn(self) -> bool:
        """One value at least, else there is nothing to see."""
        return bool(self.seen)

    def stretches(self) -> list[list[Seen]]:
        """Measurements with nothing unknown between them: no line enters what is not known."""
        found: list[list[Seen]] = []
        for seen in self.seen:
            before = found[-1][-1] if found else None
            if before and not any(before.day < day < seen.day for day in self.unknown):
                found[-1].append(seen)
            else:
                found.append([seen])
        return found

    def gain(self, stretch: Sequence[Seen]) -> list[tuple[dt.date, float]]:
        """The measured line where it is better than the baseline, with the days on which it crosses it."""
        if self.baseline is None:
            return []
        points: list[tuple[dt.date, float]] = []
        for seen in stretch:
            if points and (points[-1][1] - self.baseline) * (seen.value - self.baseline) < 0:
                day, value = points[-1]
                share = (self.baseline - value) / (seen.value - value)
                points.append((day + (seen.day - day) * share, self.baseline))
            points.append((seen.day, seen.value))
        best = max if self.better == "up" else min
        kept = [(day, best(value, self.baseline)) for day, value in points]
        return kept if any(value != self.baseline for _day, value in kept) else []
