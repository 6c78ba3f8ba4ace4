"""A year as a list of moments. What happens at each is what a page would do: a verb, by somebody, at its time."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any

from oppdrift.people.models import Person
from oppdrift.toolbox import clock

from . import world
from .calendar import Calendar


@dataclass
class Story:
    """Told in order of time, as far as a stage goes; later moments have not happened."""

    calendar: Calendar
    people: dict[str, Person] = field(default_factory=dict)
    _moments: list[Any] = field(default_factory=list)  # a heap of (moment, turn, deed)
    _order: count = field(default_factory=count)

    def at(self, reference: str, deed: Callable[..., Any], *of: Any) -> None:
        """Let `deed(*of)` happen at a local moment of the reference year, such as "2019-02-15T12:00"."""
        heappush(self._moments, (reference, next(self._order), partial(deed, *of)))

    def tell(self, until: str) -> None:
        """Let everything up to the reference moment `until` happen, nothing of it later than now."""
        latest = clock.now()
        while self._moments and self._moments[0][0] <= until:
            reference, _turn, deed = heappop(self._moments)
            with clock.at(min(self.calendar.moment(reference), latest)):
                deed()

    def person(self, name: str) -> Person:
        """Whoever has this name or, of those in `people.toml`, this slug."""
        return self.people[name]

    def text(self, text: str, written: str) -> str:
        return self.calendar.text(text.strip(), written)


def later(reference: str, **delta: int) -> str:
    """A reference moment some time after another."""
    moved = dt.datetime.fromisoformat(reference) + dt.timedelta(**delta)
    return moved.isoformat(timespec="minutes")


def earliest(*references: str) -> str:
    return min(references)


def all_names() -> dict[str, dict]:
    """Everybody in the demo by name, with title and, where it is known, unit, language and slug."""
    found: dict[str, dict] = {}
    for person in world.read("people")["person"]:
        found[person["name"]] = person
    for idea in world.read("ideas")["idea"]:
        found.setdefault(idea["by"]["name"], {**idea["by"], "unit": idea["unit"]})
    for application in world.applications():
        language = application.get("language", "nb")
        for member in [*application["team"], application["leader"]]:
            found.setdefault(member["name"], {**member, "unit": application["unit"], "language": language})
    for unit in world.read("units")["unit"]:
        if unit.get("leader"):
            found.setdefault(
                unit["leader"], {"name": unit["leader"], "title": "virksomhetsleder", "unit": unit["name"]}
            )
    return found
