"""Words in a drawing, put where they touch nothing; moved aside, and never over the edge."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

NARROW_SIGNS = frozenset("ijlrtfI1.,:;'!|() \u00a0−-–")
STEP = 5  # px between the points of a line that are looked at


class Label(NamedTuple):
    x: float
    y: float  # of the foot of the letters
    anchor: str  # start, middle, end
    words: str


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def width_of(words: str, size: float) -> float:
    """About how wide the words are, in px; rather too wide than too narrow."""
    return sum(0.36 if sign in NARROW_SIGNS else 0.64 for sign in words) * size


def box_of(label: Label, size: float) -> Box:
    width = width_of(label.words, size)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return Box(left, label.y - size * 0.8, left + width, label.y + size * 0.25)


def rows_within(words: str, width: float, size: float) -> list[str]:
    """The words in as few rows as fit in the width; none when a word alone is too wide."""
    rows: list[str] = []
    for word in words.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and width_of(longer, size) <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    return [] if any(width_of(row, size) > width for row in rows) else rows


@dataclass
class Labels:
    """Room for words within a page, and what stands in it already."""

    page: Box
    taken: list[Box] = field(default_factory=list)

    def avoid(self, box: Box) -> None:
        self.taken.append(box)

    def avoid_line(self, points: Sequence[tuple[float, float]]) -> None:
        for (x1, y1), (x2, y2) in pairwise(points):
            count = max(int(max(abs(x2 - x1), abs(y2 - y1)) / STEP), 1)
            for n in range(count + 1):
                x, y = x1 + (x2 - x1) * n / count, y1 + (y2 - y1) * n / count
                self.avoid(Box(x - 2, y - 2, x + 2, y + 2))

    def touched(self, box: Box) -> int:
        """How much is in the way; over the edge is worse than anything."""
        outside = 0 if self.page.holds(box) else 1000
        return outside + sum(box.touches(other) for other in self.taken)

    def put(self, words: str, size: float, spots: Sequence[tuple[float, float, str]]) -> Label:
        """At the first of these spots that is free, else where least is in the way."""
        labels = [Label(round(x, 1), round(y, 1), anchor, words) for x, y, anchor in spots]
        free = (label for label in labels if not self.touched(box_of(label, size)))
        best = next(free, None) or min(labels, key=lambda label: self.touched(box_of(label, size)))
        self.avoid(box_of(best, size))
        return best

    def take(self, label: Label, size: float) -> bool:
        """Put it there if it is free."""
        box = box_of(label, size)
        wide = Box(box.left - 4, box.top, box.right + 4, box.bottom)
        if any(wide.touches(other) for other in self.taken):
            return False
        self.avoid(box)
        return True
