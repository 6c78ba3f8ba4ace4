"""What the scores of a panel can tell apart, and what they cannot.

The panel that sat there is one of many that could have. So it is drawn anew 2 000 times, with replacement and a kept
seed: each time as many members as there were, some twice, some not at all, each with all the totals they gave. What
stays the same in nearly every draw does not hang on who happened to be there:

- two are told apart when the same one lies above in at least 90 % of the draws. Equal means never are, and a draw in
  which nobody who scored one of them was drawn counts against;
- the interval of a mean is where it lay in the middle 90 % of the draws.

The spread beside it is of the totals themselves: from the lowest to the highest when a tenth at either end is left
out, rounded down, so that at least eight of ten lie within. Whoever has fewer than two totals is not ranked.

Draws of whole members keep what is true of a panel: a strict member is strict to all. With a handful of totals each,
drawing among them says less than it seems to, since what nobody happened to think cannot be drawn; see `few`.
"""

import math
import random
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

DRAWS = 2_000
SAME_SIGN = 0.9  # from this share on, two are told apart
MIDDLE = 0.9  # of the draws, for the interval of a mean
RANKED_FROM = 2  # totals
LEFT_OUT = 0.1  # of the totals at either end, for the spread
FEW = 5  # totals: below this, what is told apart is less certain than it seems
COMPARED = 40  # at most, from the top: the pairs grow as the square

Totals = Mapping[Any, Mapping[Any, float]]  # by what was judged: each judge's total


@dataclass(frozen=True)
class Figures:
    """Of one that is ranked."""

    key: Any
    rank: int  # equal means share the best
    count: int
    mean: float
    lowest: float  # of at least eight of ten totals
    highest: float
    low: float | None  # where the mean could have lain with another panel; not asked below those compared
    high: float | None
    is_shared: bool = False  # somebody else has the same mean


@dataclass(frozen=True)
class Pair:
    """The one with the higher mean, and in which share of the draws it lay above the other."""

    upper: Any
    lower: Any
    share: float

    @property
    def is_apart(self) -> bool:
        return self.share >= SAME_SIGN


@dataclass(frozen=True)
class Group:
    """Neighbours in the ranking, from place to place: everybody in the groups above is told apart from all of it."""

    members: tuple[Any, ...]
    first: int  # rank
    last: int
    apart: int = 0  # pairs within that are told apart

    @property
    def pairs(self) -> int:
        return len(self.members) * (len(self.members) - 1) // 2


@dataclass(frozen=True)
class Separation:
    ranked: tuple[Figures, ...]  # highest mean first
    pairs: tuple[Pair, ...]  # of those compared, by rank of the upper and the lower
    groups: tuple[Group, ...]
    seed: int
    unranked: tuple[Any, ...] = ()
    scored: int = 0  # have a total, ranked or not
    draws: int = DRAWS
    by_key: dict[Any, Figures] = field(default_factory=dict, compare=False, repr=False)

    def of(self, key: Any) -> Figures | None:
        """None for what is not ranked."""
        return self.by_key.get(key)

    @property
    def compared(self) -> int:
        """How many from the top; the others are ranked only."""
        return sum(len(group.members) for group in self.groups)

    @property
    def apart(self) -> int:
        """Pairs that are told apart."""
        return sum(pair.is_apart for pair in self.pairs)

    @property
    def few(self) -> bool:
        """Is some mean of so few totals that differences are less certain than they seem?"""
        return any(each.count < FEW for each in self.ranked[: self.compared])

    def is_apart(self, upper: Any, lower: Any) -> bool:
        return any(pair.is_apart for pair in self.pairs if {pair.upper, pair.lower} == {upper, lower})


def separation(totals: Totals, seed: int, draws: int = DRAWS) -> Separation:
    """Each key with its judges' totals; judges may miss some. The same totals and seed give the same answer, in
    whatever order they come."""
    rows = []
    for key, given in totals.items():
        judges = sorted((_order(who), who, float(total)) for who, total in given.items())
        rows.append((_order(key), key, tuple(judges)))
    return _separated(tuple(sorted(rows)), seed, draws)


def _order(key: Hashable) -> tuple[int, Any, str]:
    """Numbers by size, other keys by their words; never by when they came."""
    return (0, key, "") if isinstance(key, int | float) else (1, 0, str(key))


@lru_cache(maxsize=32)
def _separated(rows: tuple, seed: int, draws: int) -> Separation:
    given = {key: {who: total for _order, who, total in totals} for _order, key, totals in rows}
    means = {key: _mean(totals.values()) for key, totals in given.items() if len(totals) >= RANKED_FROM}
    order = sorted(means, key=lambda key: -means[key])  # stable: equal means stay in the order of the keys
    top = order[:COMPARED]
    drawn = _drawn({key: given[key] for key in top}, seed, draws)
    ranked = tuple(_figures(key, given[key], means, drawn.get(key, [])) for key in order)
    pairs = _pairs(top, means, drawn)
    return Separation(
        ranked, pairs, _groups(ranked[: len(top)], pairs), seed,
        tuple(key for key in given if key not in means), sum(map(bool, given.values())), draws,
        {each.key: each for each in ranked},
    )  # fmt: skip


def _mean(totals) -> float:
    """Rounded where sums of thousandths end, so that equal totals have equal means in whatever order they are added."""
    values = list(totals)
    return round(math.fsum(values) / len(values), 9)


def _drawn(given: dict[Any, dict[Any, float]], seed: int, draws: int) -> dict[Any, list[float | None]]:
    """The mean of each in every draw of the panel; None where nobody drawn had scored it."""
    panel = sorted({who for totals in given.values() for who in totals}, key=_order)
    places = {who: place for place, who in enumerate(panel)}
    scored = {key: [(places[who], total) for who, total in totals.items()] for key, totals in given.items()}
    drawn: dict[Any, list[float | None]] = {key: [] for key in given}
    chance = random.Random(seed)
    for _draw in range(draws if panel else 0):
        times = [0] * len(panel)
        for place in chance.choices(range(len(panel)), k=len(panel)):
            times[place] += 1
        for key, totals in scored.items():
            count = sum(times[place] for place, _total in totals)
            total = sum(times[place] * total for place, total in totals)
            drawn[key].append(round(total / count, 9) if count else None)
    return drawn


def _figures(key: Any, given: dict[Any, float], means: dict[Any, float], drawn: list[float | None]) -> Figures:
    totals, lay = sorted(given.values()), sorted(mean for mean in drawn if mean is not None)
    out = int(LEFT_OUT * len(totals))
    edge = int(round((1 - MIDDLE) / 2 * len(lay), 9))  # 100 of 2 000; the floats alone come to 99.99…
    return Figures(
        key, rank=1 + sum(other > means[key] for other in means.values()), count=len(totals), mean=means[key],
        lowest=totals[out], highest=totals[-1 - out],
        low=lay[edge] if lay else None, high=lay[-1 - edge] if lay else None,
        is_shared=sum(other == means[key] for other in means.values()) > 1,
    )  # fmt: skip


def _pairs(order: list[Any], means: dict[Any, float], drawn: dict[Any, list[float | None]]) -> tuple[Pair, ...]:
    found = []
    for upper, lower in combinations(order, 2):
        above = 0
        if means[upper] > means[lower]:
            both = zip(drawn[upper], drawn[lower], strict=True)
            above = sum(one is not None and other is not None and one > other for one, other in both)
        found.append(Pair(upper, lower, above / max(len(drawn[upper]), 1)))
    return tuple(found)


def _groups(ranked: tuple[Figures, ...], pairs: tuple[Pair, ...]) -> tuple[Group, ...]:
    """Parted wherever all above are told apart from all below."""
    places = {each.key: place for place, each in enumerate(ranked)}
    together = {(places[pair.upper], places[pair.lower]) for pair in pairs if not pair.is_apart}
    reach = list(range(len(ranked)))  # the furthest down from which somebody this high is not told apart
    for upper, lower in together:
        reach[upper] = max(reach[upper], lower)
    starts, furthest = [], -1
    for place in range(len(ranked)):
        if place > furthest:
            starts.append(place)
        furthest = max(furthest, reach[place])
    found = []
    for start, end in pairwise([*starts, len(ranked)]):
        inside = range(start, end)
        all_pairs = len(inside) * (len(inside) - 1) // 2
        not_apart = sum(upper in inside and lower in inside for upper, lower in together)
        members = ranked[start:end]
        found.append(
            Group(tuple(each.key for each in members), members[0].rank, members[-1].rank, all_pairs - not_apart)
        )
    return tuple(found)
