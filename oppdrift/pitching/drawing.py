"""The running order, drawn by lot. The seed is kept and shown, so that anybody can draw the same order again."""

import random
import secrets
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import NamedTuple

TRIES = 500


class Team(NamedTuple):
    key: int
    unit: Hashable  # none: nobody else's


def new_seed() -> str:
    """Six digits that can be read aloud."""
    return f"{secrets.randbelow(1_000_000):06}"


def drawn(teams: Sequence[Team], seed: str) -> list[int]:
    """The keys in an order of chance: of the first `TRIES` shuffles the one with fewest of a unit in a row."""
    chance = random.Random(seed)
    order = sorted(teams)
    best, fewest = list(order), len(order)
    for _ in range(TRIES):
        chance.shuffle(order)
        if (together := in_a_row(order)) < fewest:
            best, fewest = list(order), together
        if not fewest:
            break
    return [team.key for team in best]


def in_a_row(order: Sequence[Team]) -> int:
    """How often two of the same unit follow each other."""
    return sum(one.unit is not None and one.unit == other.unit for one, other in pairwise(order))
