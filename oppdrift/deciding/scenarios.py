"""How far money and hours reach with so many projects. Sums and nothing else: they choose nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

ROOM = 1.06  # of the widest bar, so that a limit mark never stands on the edge
SHOWN = 5  # numbers from the plan's lowest on; and all of them


@dataclass(frozen=True)
class Bar:
    """What is used of a limit, and where on a drawing; shares in per cent of its width."""

    used: int
    limit: int | None  # none: not known
    widest: int  # of the bars it stands among

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(self.limit - self.used, 0)

    @property
    def over(self) -> int:
        return 0 if self.limit is None else max(self.used - self.limit, 0)

    @property
    def filled(self) -> str:
        return self._share(self.used - self.over)

    @property
    def beyond(self) -> str:
        return self._share(self.over)

    @property
    def mark(self) -> str:
        return "" if self.limit is None else self._share(self.limit)

    def _share(self, part: int) -> str:
        return f"{100 * part / (ROOM * max(self.widest, 1)):.2f}%"


@dataclass(frozen=True)
class Scenario:
    number: int
    kroner: Bar
    hours: Bar | None  # none: hours for each are not set
    unknown: int = 0  # projects whose amount is not known; they are in no sum
    is_chosen: bool = False

    @property
    def is_within(self) -> bool:
        return not self.kroner.over and not (self.hours and self.hours.over)


@dataclass(frozen=True)
class Choice:
    """What a set of projects costs. `guided` are those who get hours, with or without money."""

    number: int
    kroner: int
    guided: int
    unknown: int = 0

    @classmethod
    def of(cls, amounts: Iterable[int | None], guided_only: int = 0) -> "Choice":
        amounts = list(amounts)
        known = [amount for amount in amounts if amount is not None]
        return cls(len(amounts), sum(known), len(amounts) + guided_only, len(amounts) - len(known))


def from_the_top(amounts: list[int | None], lowest: int | None) -> list[Choice]:
    """So many from the top of the list: from the lowest planned number on, a few, and all."""
    start = min(lowest or 1, len(amounts))
    numbers = [*range(max(start, 1), min(start + SHOWN, len(amounts) + 1))]
    if numbers and numbers[-1] != len(amounts):
        numbers.append(len(amounts))
    return [Choice.of(amounts[:number]) for number in numbers]


def scenarios(
    choices: list[Choice], chosen: Choice | None, *, budget: int | None, hours_each: int | None, hours: int | None
) -> list[Scenario]:
    """Each with its bars, drawn to one scale. The one now chosen is marked, or stands last when it is no other."""
    shown = list(choices)
    if chosen and chosen.number and chosen not in shown:
        shown.append(chosen)
    each = hours_each or 0
    most_kroner = max([*(one.kroner for one in shown), budget or 0], default=0)
    most_hours = max([*(one.guided * each for one in shown), hours or 0], default=0)
    return [
        Scenario(
            one.number, Bar(one.kroner, budget, most_kroner),
            Bar(one.guided * each, hours, most_hours) if hours_each else None,
            one.unknown, is_chosen=one == chosen,
        )
        for one in shown
    ]  # fmt: skip
