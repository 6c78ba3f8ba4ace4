"""The round's network, drawn: linked projects stand face to face, a line for each confirmed link. The table says the
same."""

from collections.abc import Sequence
from dataclasses import dataclass

from oppdrift.ideas.models import Idea

from .models import Link

WIDTH = 760
LEFT, RIGHT = 270, 490  # where the two rows of dots stand
ROW = 44  # between names on one side
LONGEST = 30  # signs of a name


@dataclass(frozen=True)
class Dot:
    """A project, its name outside of it. Places are texts, so that no language writes them with a comma."""

    name: str
    x: str
    y: str
    name_x: str
    anchor: str  # start or end, for SVG


@dataclass(frozen=True)
class Network:
    dots: list[Dot]
    lines: list[tuple[Dot, Dot]]
    height: int
    width: int = WIDTH


def drawn(links: Sequence[Link]) -> Network | None:
    """Nothing to draw where nothing is linked."""
    if not links:
        return None
    left, right = sides(links)
    rows = max(len(left), len(right))
    dots = {
        idea.pk: dot(idea, x, row + (rows - len(side)) / 2)
        for side, x in ((left, LEFT), (right, RIGHT))
        for row, idea in enumerate(side)
    }
    lines = [(dots[link.idea_a_id], dots[link.idea_b_id]) for link in links]
    return Network(list(dots.values()), lines, rows * ROW)


def sides(links: Sequence[Link]) -> tuple[list[Idea], list[Idea]]:
    """Each project on the other side of the first one it was reached from, so that most lines cross the middle."""
    ideas: dict[int, Idea] = {}
    near: dict[int, list[int]] = {}
    for link in links:
        for one, other in ((link.idea_a, link.idea_b), (link.idea_b, link.idea_a)):
            ideas[one.pk] = one
            near.setdefault(one.pk, []).append(other.pk)
    side: dict[int, int] = {}
    for key in sorted(ideas, key=lambda key: -len(near[key])):
        side.setdefault(key, 0)
        reached = [key]
        for here in reached:
            for there in near[here]:
                if there not in side:
                    side[there] = 1 - side[here]
                    reached.append(there)
    return [ideas[key] for key in side if not side[key]], [ideas[key] for key in side if side[key]]


def dot(idea: Idea, x: int, row: float) -> Dot:
    name = idea.title if len(idea.title) <= LONGEST else idea.title[: LONGEST - 1].rstrip() + "…"
    is_right = x == RIGHT
    y = (row + 0.5) * ROW
    return Dot(name, f"{x}", f"{y:.1f}", f"{x + (14 if is_right else -14)}", "start" if is_right else "end")
