"""The table of who reads what: applications down, assessors across, a cell where they meet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Disqualification, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round

from .filling import Pair
from .models import Assessment, Assignment, Declaration
from .queue import Workload, left_behind, workloads


@dataclass
class Cell:
    """One application before one assessor."""

    application: int
    assessor: Person
    state: str  # free, barred, undeclared, unsure; gone: no longer an assessor
    assignment: Any  # in force, with `is_done`
    is_ticked: bool
    is_proposed: bool

    @property
    def name(self) -> str:
        return f"{self.application}-{self.assessor.pk}"


@dataclass
class Row:
    application: Application
    cells: list[Cell]
    readers: int  # who have it and are assessors, or have handed in
    proposed: int


class Matrix:
    """Some applications of a round, as whoever leads them sees who reads them."""

    def __init__(
        self, round: Round, lead: Person, applications: Sequence[Application], proposal: Collection[Pair] = ()
    ):
        self.round, self.lead, self.applications, self.proposal = round, lead, applications, proposal

    @cached_property
    def loads(self) -> list[Workload]:
        return workloads(self.round, self.lead)

    @cached_property
    def left_behind(self) -> list[Assignment]:
        """Of people who are no longer assessors: to be taken away, and given to others."""
        led = Idea.objects.led_by(self.lead)
        rows = left_behind(Assignment.objects.filter(application__round=self.round, application__idea__in=led))
        return list(rows.select_related("assessor", "application__idea").order_by("assessor__name_key", "pk"))

    @cached_property
    def former(self) -> list[Person]:
        return list(dict.fromkeys(row.assessor for row in self.left_behind))

    @property
    def assessors(self) -> list[Person]:
        return [load.person for load in self.loads]

    @cached_property
    def given(self) -> dict[Pair, Any]:
        """Assignments in force of these applications."""
        done = Assessment.objects.handed_in().filter(
            application=OuterRef("application"), assessor=OuterRef("assessor"), discounted_at=None
        )
        rows = Assignment.objects.in_force().filter(application__in=self.applications).annotate(is_done=Exists(done))
        rows = rows.select_related("assessor", "application__idea").order_by()
        return {(row.application_id, row.assessor_id): row for row in rows}

    def rows(self, typed: Any = None) -> list[Row]:
        """`typed`: what stood ticked when saving it was refused."""
        ideas = [application.idea_id for application in self.applications]
        said = {(row.idea_id, row.person_id): row for row in Declaration.objects.filter(idea__in=ideas)}
        by_law = Disqualification.objects.in_force().filter(idea__in=ideas).values_list("idea", "person")
        as_member = Part.objects.in_force().filter(idea__in=ideas, kind__in=Part.BELONGS).values_list("idea", "person")
        barred = set(by_law.order_by().union(as_member.order_by()))
        left = {row.pk for row in self.left_behind}
        found = []
        for application in self.applications:
            cells = []
            for assessor in [*self.assessors, *self.former]:
                key = (application.idea_id, assessor.pk)
                state = "barred" if key in barred else _state(said.get(key))
                cells.append(self._cell(application, assessor, "gone" if assessor in self.former else state, typed))
            readers = sum(key[0] == application.pk and row.pk not in left for key, row in self.given.items())
            found.append(Row(application, cells, readers, sum(cell.is_proposed for cell in cells)))
        return found

    def _cell(self, application: Application, assessor: Person, state: str, typed: Any) -> Cell:
        pair = (application.pk, assessor.pk)
        row, is_proposed = self.given.get(pair), pair in self.proposal
        cell = Cell(application.pk, assessor, state, row, row is not None or is_proposed, is_proposed)
        if typed is not None:
            cell.is_ticked = f"give-{cell.name}" in typed
        return cell


def _state(declaration: Declaration | None) -> str:
    if not declaration:
        return "undeclared"
    if declaration.is_free:
        return "free"
    return "barred" if declaration.bars else "unsure"
