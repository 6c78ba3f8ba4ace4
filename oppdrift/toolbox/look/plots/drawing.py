"""One plot in two widths: where its lines, pills, columns and words stand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from oppdrift.toolbox import dates

from .axes import Axis, axis_for
from .labels import Box, Label, Labels, box_of, rows_within, width_of
from .series import Seen, Series


class Pill(NamedTuple):
    """How far off a value may be: as wide as a thumb's print, as high as the uncertainty."""

    x: float
    y: float
    width: float
    height: float
    radius: float


class Column(NamedTuple):
    """What is not known: grey."""

    x: float
    width: float


@dataclass(frozen=True)
class Frame:
    """The measures of one drawing, in its own pixels."""

    width: int
    height: int
    top: int
    foot: int  # room under the plot for dates
    side: int  # from the edge to the first value
    disc: float
    pill: float
    text: float  # px of the smallest text
    strong: float  # px of the values
    column: int
    short_years: bool = False

    @property
    def bottom(self) -> int:
        return self.height - self.foot


WIDE = Frame(720, 340, top=16, foot=36, side=36, disc=6, pill=19, text=14, strong=17, column=84)
NARROW = Frame(350, 276, top=14, foot=34, side=24, disc=5.5, pill=17, text=13, strong=15.5, column=72, short_years=True)


class Plot:
    """Both drawings of a series."""

    def __init__(self, series: Series):
        self.series = series

    @property
    def is_drawn(self) -> bool:
        return self.series.is_drawn

    @cached_property
    def drawings(self) -> "list[Drawing]":
        return [Drawing(self.series, WIDE), Drawing(self.series, NARROW)]


@dataclass
class Drawing:
    """Where everything stands, within one frame."""

    series: Series
    frame: Frame
    axis: Axis = field(init=False)
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.axis = axis_for(self.series.values, self.series.within)
        self.left = max(width_of(label, self.frame.text) for _, label in self.axis.ticks) + 12
        self.right = self.frame.width - 4

    # Where on the paper

    @cached_property
    def _days(self) -> tuple[dt.date, dt.date]:
        days = [seen.day for seen in self.series.seen] + list(self.series.unknown)
        return min(days), max(days)

    def x(self, day: dt.date) -> float:
        first, last = self._days
        span = (last - first).days
        start, end = self.left + self.frame.side, self.right - self._room_after
        return round(start + (end - start) * ((day - first).days / span if span else 0), 1)

    @cached_property
    def _room_after(self) -> float:
        """To the right of the last date: half its column, or the words of its value."""
        last = self.series.seen[-1]
        if any(day > last.day for day in self.series.unknown):
            return self.frame.column / 2
        return width_of(last.words, self.frame.strong) + 24

    def y(self, value: float) -> float:
        share = (value - self.axis.low) / (self.axis.high - self.axis.low)
        return round(self.frame.bottom - share * (self.frame.bottom - self.frame.top), 1)

    @property
    def view_box(self) -> str:
        return f"0 0 {self.frame.width} {self.frame.height}"

    @property
    def depth(self) -> int:
        """Of the plot itself, without the dates under it."""
        return self.frame.bottom - self.frame.top

    @property
    def name(self) -> str:
        return "narrow" if self.frame is NARROW else "wide"

    # What is drawn

    @property
    def grid(self) -> list[tuple[float, Label]]:
        return [
            (self.y(value), Label(self.left - 10, self.y(value) + 4.5, "end", words))
            for value, words in self.axis.ticks
        ]

    @cached_property
    def lines(self) -> list[str]:
        return [self._points(each) for each in self._segments if len(each) > 1]

    @cached_property
    def _segments(self) -> list[list[tuple[float, float]]]:
        return [[(self.x(seen.day), self.y(seen.value)) for seen in each] for each in self.series.stretches()]

    @property
    def water(self) -> list[str]:
        """The gain since the baseline."""
        shapes = []
        for stretch in self.series.stretches():
            top = [(self.x(day), self.y(value)) for day, value in self.series.gain(stretch)]
            if len(top) > 1:
                floor = self.y(self.series.baseline)  # type: ignore[arg-type]
                shapes.append(self._points([*top, (top[-1][0], floor), (top[0][0], floor)]))
        return shapes

    @cached_property
    def pills(self) -> list[Pill]:
        width = self.frame.pill
        found = []
        for seen in self.series.seen:
            if seen.low is not None or seen.high is not None:
                upper, lower = self.y(max(seen.reach)) - width / 2, self.y(min(seen.reach)) + width / 2
                x = round(self.x(seen.day) - width / 2, 1)
                found.append(Pill(x, round(upper, 1), width, round(lower - upper, 1), width / 2))
        return found

    @property
    def discs(self) -> list[tuple[float, float]]:
        return [(self.x(seen.day), self.y(seen.value)) for seen in self.series.seen]

    @cached_property
    def columns(self) -> list[Column]:
        """One for all unknown dates between two values, or after the last; never over a value that is known."""
        half, known = self.frame.column / 2, [self.x(seen.day) for seen in self.series.seen]
        edges: dict[int, list[float]] = {}
        for day in sorted(self.series.unknown):
            at, air = self.x(day), self.frame.pill / 2 + 6
            before, after = [x for x in known if x <= at], [x for x in known if x > at]
            start = max([at - half, self.left, *(x + air for x in before)])
            end = min([at + half, self.right, *(x - air for x in after)])
            if end - start >= 4:
                edges.setdefault(len(before), [start, end])[1] = end
        return [Column(round(start, 1), round(end - start, 1)) for start, end in edges.values()]

    @cached_property
    def lines_end(self) -> float:
        """Where target and baseline end: before what is not known yet, if there is something before it."""
        last = self.x(self.series.seen[-1].day)
        after = [column.x for column in self.columns if column.x > last]
        return min(after, default=self.right)

    @property
    def target_y(self) -> float | None:
        return None if self.series.target is None else self.y(self.series.target)

    @property
    def baseline_y(self) -> float | None:
        return None if self.series.baseline is None else self.y(self.series.baseline)

    # Words, moved aside where they would touch something

    @cached_property
    def _placed(self) -> tuple[list[Label], list[Label], list[Label]]:
        """Of values, of lines, of columns: in the order in which they get their places."""
        room = Labels(Box(self.left - 2, 0, self.frame.width, self.frame.bottom))
        for segment in self._segments:
            room.avoid_line(segment)
        for x, y in self.discs:
            room.avoid(
                Box(x - self.frame.disc - 3, y - self.frame.disc - 3, x + self.frame.disc + 3, y + self.frame.disc + 3)
            )
        for pill in self.pills:
            room.avoid(Box(pill.x - 2, pill.y - 2, pill.x + pill.width + 2, pill.y + pill.height + 2))
        levels = [y for y in (self.target_y, self.baseline_y) if y is not None]
        for y in levels:
            room.avoid_line([(self.left, y), (self.lines_end, y)])
        columns = [Box(each.x, self.frame.top, each.x + each.width, self.frame.bottom) for each in self.columns]
        for box in columns:
            room.avoid(box)
        values = [self._value_label(room, seen) for seen in self.series.seen]
        named = [(self.target_y, self.series.target_words), (self.baseline_y, self.series.baseline_words)]
        lines = [self._line_label(room, y, words, levels) for y, words in named if y is not None and words]
        room.taken = [box for box in room.taken if box not in columns]
        return values, lines, [label for column in self.columns for label in self._column_words(room, column)]

    def _value_label(self, room: Labels, seen: Seen) -> Label:
        x, y, size = self.x(seen.day), self.y(seen.value), self.frame.strong
        off = self.frame.pill / 2 if len(seen.reach) > 1 else self.frame.disc
        upper, lower = self.y(max(seen.reach)) - off - 9, self.y(min(seen.reach)) + off + size + 3
        above, below = (x, upper, "middle"), (x, lower, "middle")
        beside = [(x + off + 10, y + size / 3, "start"), (x - off - 10, y + size / 3, "end")]
        aside = [(x - off, upper, "start"), (x - off, lower, "start"), (x + off, upper, "end"), (x + off, lower, "end")]
        is_last = seen is self.series.seen[-1] and len(self.series.seen) > 1
        spots = [beside[0], above, below, beside[1], *aside] if is_last else [above, *beside, below, *aside]
        return room.put(seen.words, size, spots)

    def _line_label(self, room: Labels, y: float, words: str, levels: list[float]) -> Label:
        size = self.frame.text
        over, under = y - 9, y + size + 5
        sides = [under, over] if len(levels) > 1 and y == max(levels) else [over, under]
        ends = [(self.lines_end - 8, "end"), (self.left + 8, "start"), ((self.left + self.lines_end) / 2, "middle")]
        return room.put(words, size, [(x, side, anchor) for x, anchor in ends for side in sides])

    def _column_words(self, room: Labels, column: Column) -> list[Label]:
        """In rows, in the middle of its height or above or below that; none where there is no room."""
        size, rows = self.frame.text, rows_within(self.series.unknown_words, column.width - 8, self.frame.text)
        for share in (0.5, 0.25, 0.75):
            first = self.frame.top + self.depth * share - (len(rows) - 1) * size * 0.65
            labels = [
                Label(round(column.x + column.width / 2, 1), round(first + n * size * 1.3, 1), "middle", row)
                for n, row in enumerate(rows)
            ]
            if not any(room.touched(box_of(label, size)) for label in labels):
                return labels
        return []

    @property
    def column_labels(self) -> list[Label]:
        return self._placed[2]

    @property
    def value_labels(self) -> list[Label]:
        return self._placed[0]

    @property
    def line_labels(self) -> list[Label]:
        return self._placed[1]

    @property
    def day_labels(self) -> list[Label]:
        """Dates under the plot, as many as there is room for: the first and the last before those between."""
        days = sorted({seen.day for seen in self.series.seen} | set(self.series.unknown))
        room = Labels(Box(0, 0, self.frame.width, self.frame.height))
        shown = []
        for day in dict.fromkeys([days[0], days[-1], *days]):
            words = dates.month(day, short_year=self.frame.short_years)
            half, x = width_of(words, self.frame.text) / 2, self.x(day)
            label = Label(min(max(x, half), self.frame.width - half), self.frame.height - 8, "middle", words)
            if room.take(label, self.frame.text):
                shown.append(label)
        return shown

    def _points(self, points: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in points)
