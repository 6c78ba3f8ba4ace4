"""Published projects as a stranger looks for them: by words, cohort and service area."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from oppdrift.people.models import Unit
from oppdrift.rounds.models import Round
from oppdrift.toolbox.models import how_many
from oppdrift.toolbox.prepared import prepared

from .forms.showcase import FindForm
from .models import Showcase


class Finding:
    """What is asked for, and what is found. Three statements before the page itself is read."""

    def __init__(self, asked: Any):
        self.form = FindForm(asked, rounds=self.rounds, areas=self.areas)
        self.form.is_valid()  # a value that is none of the choices is as if not given
        self.wanted = {name: self.form.cleaned_data.get(name) or "" for name in ("q", "round", "area")}

    @cached_property
    def rounds(self) -> list[Round]:
        """Those that have a published project."""
        return _rounds()

    @cached_property
    def units(self) -> dict[int, tuple[str, int | None]]:
        """Name and parent of every unit, also those that are closed: old projects belong to them."""
        rows = Unit.objects.order_by("name_key").values_list("pk", "name", "parent")
        return {key: (name, parent) for key, name, parent in rows}

    @cached_property
    def areas(self) -> list[tuple[int, str]]:
        """Service areas with a published project, as choices."""
        tops = {self.top(unit) for unit in _units_used()}
        return [(key, name) for key, (name, _parent) in self.units.items() if key in tops]

    def top(self, unit: int) -> int:
        """The service area above a unit."""
        while (parent := self.units[unit][1]) is not None:
            unit = parent
        return unit

    @property
    def is_filtered(self) -> bool:
        return any(self.wanted.values())

    @cached_property
    def found(self) -> Any:
        """To be cut into pages: newest cohort first, then as a dictionary has it."""
        if not self.is_filtered:
            return Everything()
        rows = _in_order()
        if self.wanted["round"]:
            rows = rows.filter(idea__round=int(self.wanted["round"]))
        if self.wanted["area"]:
            area = int(self.wanted["area"])
            rows = rows.filter(idea__unit__in=[unit for unit in self.units if self.top(unit) == area])
        if self.wanted["q"]:
            rows = rows.search(self.wanted["q"])
        return rows


class Everything:
    """All that are published, in questions that are worded once."""

    def count(self) -> int:
        return _count.first() or 0

    def __getitem__(self, part: slice) -> list[Showcase]:
        return _everything.part(part)


def _in_order() -> Any:
    rows = Showcase.objects.published().select_related("idea__round").defer("search_key", "idea__search_key")
    return rows.order_by("-idea__round__year", "-idea__round", "title_key", "pk")


@prepared
def _everything() -> QuerySet[Showcase]:
    return _in_order()


@prepared
def _count() -> QuerySet[Showcase, int]:
    return how_many(Showcase.objects.published())


@prepared
def _rounds() -> QuerySet[Round]:
    return Round.objects.filter(pk__in=Showcase.objects.published().values("idea__round")).order_by("-year", "-pk")


@prepared
def _units_used() -> QuerySet[Showcase, int]:
    used = Showcase.objects.published().exclude(idea__unit=None)
    return used.order_by().values_list("idea__unit", flat=True).distinct()
