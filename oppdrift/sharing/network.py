"""The round's network, drawn: projects on a ring, a line for each confirmed link. The table says the same."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from oppdrift.ideas.models import Idea

from .models import Link

WIDTH, MIDDLE = 760, 380
ROW = 44  # between names on one side
RADIUS_X = 130
LONGEST = 30  # signs of a name


@dataclass(frozen=True)
class Dot:
    """A project on the ring, its name outside of it. Places are texts, so that no language writes them with a comma."""

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
    ideas: dict[int, Idea] = {}
    for link in links:
        ideas.setdefault(link.idea_a_id, link.idea_a)
        ideas.setdefault(link.idea_b_id, link.idea_b)
    if not ideas:
        return None
    rows = math.ceil(len(ideas) / 2)
    height = (rows + 1) * ROW
    dots = {key: dot(idea, place, len(ideas), height) for place, (key, idea) in enumerate(ideas.items())}
    return Network(list(dots.values()), [(dots[link.idea_a_id], dots[link.idea_b_id]) for link in links], height)


def dot(idea: Idea, place: int, number: int, height: int) -> Dot:
    """The right half from the top down, then the left half from the bottom up; level with evenly spaced names."""
    rows = math.ceil(number / 2)
    is_right = place < rows
    row = place if is_right else number - 1 - place
    y = (row + 1) * ROW
    share = (y - height / 2) / (height / 2)  # -1 at the top, 1 at the foot
    bow = RADIUS_X * (0.45 + 0.55 * math.sqrt(max(0.0, 1 - share * share)))
    x = MIDDLE + bow if is_right else MIDDLE - bow
    name = idea.title if len(idea.title) <= LONGEST else idea.title[: LONGEST - 1].rstrip() + "…"
    return Dot(name, f"{x:.1f}", f"{y}", f"{x + (14 if is_right else -14):.1f}", "start" if is_right else "end")
