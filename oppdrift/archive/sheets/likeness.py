"""Which titles are nearly the same, without comparing each with each."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from oppdrift.toolbox.text import fold

NEAR = 0.9  # of the letters, in order
T = TypeVar("T", bound=Hashable)


class Titles(Generic[T]):
    """Titles that have been seen, to find one that is nearly like another.

    Two titles are compared when they share a word, a beginning or an end; nine of ten equal letters nearly always do.
    """

    def __init__(self, known: Iterable[tuple[str, T]] = ()) -> None:
        self.places: dict[str, list[tuple[str, T]]] = defaultdict(list)
        for title, thing in known:
            self.add(title, thing)

    def add(self, title: str, thing: T) -> None:
        folded = fold(title)
        for mark in marks(folded):
            self.places[mark].append((folded, thing))

    def nearest(self, title: str) -> T | None:
        """The thing whose title is most like this one, or None when none is near."""
        folded = fold(title)
        compared: set[tuple[str, T]] = set()
        best, chosen = NEAR, None
        matcher = SequenceMatcher(b=folded, autojunk=False)
        for mark in marks(folded):
            for other in self.places.get(mark, ()):
                if other in compared:
                    continue
                compared.add(other)
                if other[0] == folded:
                    return other[1]
                short, long = sorted((len(folded), len(other[0])))
                if 2 * short < NEAR * (short + long):
                    continue
                matcher.set_seq1(other[0])
                if matcher.quick_ratio() >= best and (ratio := matcher.ratio()) >= best:
                    best, chosen = ratio, other[1]
        return chosen


def marks(folded: str) -> set[str]:
    return (
        {f"<{folded[:4]}", f"{folded[-4:]}>", *(word for word in folded.split() if len(word) > 3)} if folded else set()
    )
