"""The spread of a solution: who, how far, since when; as a list and as a small picture of stairs."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from oppdrift.toolbox.look.plots import Stairs

from .models import Adoption


class Spread:
    """Of one solution. Those who only have asked are no copies."""

    def __init__(self, adoptions: Iterable[Adoption]):
        self._asked = adoptions

    @cached_property
    def all(self) -> list[Adoption]:
        rows = self._asked.select_related("unit") if hasattr(self._asked, "select_related") else self._asked
        return list(rows)

    @cached_property
    def taken(self) -> list[Adoption]:
        """Those who have begun, the first ones first."""
        begun = [each for each in self.all if each.state in Adoption.TAKEN]
        return sorted(begun, key=lambda each: (each.begun_on or dt.date.max, each.pk))

    @cached_property
    def asking(self) -> list[Adoption]:
        return [each for each in self.all if each.state == Adoption.State.INTERESTED]

    @cached_property
    def dropped(self) -> list[Adoption]:
        return [each for each in self.all if each.state == Adoption.State.DROPPED]

    @property
    def count(self) -> int:
        return len(self.taken)

    @cached_property
    def stairs(self) -> Stairs:
        return Stairs([each.begun_on for each in self.taken if each.begun_on])
