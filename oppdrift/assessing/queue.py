"""What lies before whom: an assessor's own queue, and for the lead who has done how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from oppdrift.applications.models import Application, Version
from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import rounds_held_by
from oppdrift.toolbox.models import number_of
from oppdrift.toolbox.prepared import prepared

from .models import Assessment, Assignment, Declaration
from .models.assignment import AssignmentQuerySet


def owed(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Those in force whose newest version the assessor has neither assessed nor abstained from."""
    newest = Version.objects.filter(application=OuterRef(OuterRef("application"))).order_by("-number")
    given = Assessment.objects.given().filter(
        application=OuterRef("application"), assessor=OuterRef("assessor"), version=Subquery(newest.values("pk")[:1])
    )
    return assignments.in_force().filter(~Exists(given), application__state=Application.State.SUBMITTED)


def left_behind(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Those in force, with nothing handed in that counts, of people who are no longer assessors of the round.

    Whoever has lost the role reads nothing more; the lead takes these away and gives them to others.
    """
    return assignments.in_force().filter(~Exists(_holders()), ~Exists(_counting()))


def held(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Those in force and not left behind."""
    return assignments.in_force().filter(Exists(_holders()) | Exists(_counting()))


def _holders() -> QuerySet:
    """Of an assignment: that its assessor still has the role."""
    whose = {"person": OuterRef("assessor"), "round": OuterRef("application__round")}
    return Role.objects.in_force().filter(kind=Role.Kind.ASSESSOR, **whose)


def _counting() -> QuerySet:
    """Of an assignment: what its assessor has handed in, if it counts."""
    rows = Assessment.objects.handed_in().filter(discounted_at=None)
    return rows.filter(application=OuterRef("application"), assessor=OuterRef("assessor"))


@dataclass
class Row:
    """One application in an assessor's queue."""

    pk: int  # of the application
    version: int  # number of the newest
    state: str  # unsettled, not_started, new_version, draft, handed_in, abstained
    saved_at: datetime | None  # the person's latest assessment of it, of whichever version

    @property
    def is_done(self) -> bool:
        return self.state in ("handed_in", "abstained")

    @property
    def waits(self) -> bool:
        """Can be assessed now, and is not yet."""
        return self.state in ("not_started", "new_version", "draft")


@dataclass
class ShownRow(Row):
    application: Application


def _asked(person: Person) -> AssignmentQuerySet:
    """All that is assigned to the person in rounds that are alive, with how far each has come."""
    mine = Assessment.objects.by(person).filter(application=OuterRef("application")).order_by("-version__number")
    free = Declaration.objects.free().by(person).filter(idea=OuterRef("application__idea"))
    versions = Version.objects.filter(application=OuterRef("application")).order_by("-number")
    return (
        Assignment.objects.in_force()
        .of(person)
        .filter(application__state=Application.State.SUBMITTED, application__round__closed_at=None)
        .annotate(
            number=Subquery(versions.values("number")[:1]),
            my_number=Subquery(mine.values("version__number")[:1]),
            my_state=Subquery(mine.values("state")[:1]),
            my_saved_at=Subquery(mine.values("saved_at")[:1]),
            is_free=Exists(free),
        )
        .order_by("application__round__deadline", "application__round", "application__number")
    )


def queue_of(person: Person) -> list[ShownRow]:
    """In the order of numbers, to be shown. One statement."""
    rows = _assigned(person)
    return [ShownRow(row.application_id, row.number, _state(row), row.my_saved_at, row.application) for row in rows]


@prepared
def _assigned(person: Person) -> QuerySet:
    """Assignments with the columns of `_asked`."""
    unread = ["search_key", "problem", "wish"]
    return (
        _asked(person)
        .select_related("application__idea", "application__round")
        .defer("application__round__call_text", *[f"application__idea__{text}" for text in unread])
    )


def places_in(person: Person, round: int) -> list[Row]:
    """The same of one round, only how far each has come."""
    rows = _places(person, round)
    return [Row(row.application_id, row.number, _state(row), row.my_saved_at) for row in rows]


@prepared
def _places(person: Person, round: int) -> QuerySet:
    columns = ["application_id", "number", "my_number", "my_state", "my_saved_at", "is_free"]
    return _asked(person).filter(application__round=round).values_list(*columns, named=True)


def _state(row: Any) -> str:
    if not row.is_free:
        return "unsettled"
    if not row.my_state:
        return "not_started"
    if row.my_number < row.number:
        return "new_version" if row.my_state != Assessment.State.DRAFT else "not_started"
    return row.my_state


def next_in(rows: Sequence[Row], after: int) -> Row | None:
    """The next one that waits, from the application of this key on and round to the beginning."""
    place = next((i for i, row in enumerate(rows) if row.pk == after), -1)
    turned = [*rows[place + 1 :], *rows[: place + 1]]
    return next((row for row in turned if row.waits and row.pk != after), None)


def to_declare(person: Person, round: Round | OuterRef) -> QuerySet[Application]:
    """What the person will be asked about: handed in, not by themselves, and of a substitute only what is theirs."""
    asked = Q(round__in=rounds_held_by(person, [Role.Kind.LEAD, Role.Kind.ASSESSOR]))
    if rounds_held_by(person, [Role.Kind.SUBSTITUTE]) != []:
        asked |= Q(idea__in=Idea.objects.filter(sight.in_charge(person)))
    return (
        Application.objects.in_round(round)
        .handed_in()
        .filter(asked)
        .exclude(idea__in=sight.belonging(person))
        .select_related("idea")
        .order_by("number")
    )


def undeclared(person: Person, round: Round | OuterRef) -> QuerySet[Application]:
    said = Declaration.objects.by(person).filter(idea=OuterRef("idea"))
    return to_declare(person, round).filter(~Exists(said)).exclude(idea__in=sight.disqualified(person))


def uncleared(person: Person, round: Round | OuterRef) -> QuerySet[Application]:
    """What the person leads and may not read yet, since they have not said whether they have ties to it."""
    led = Idea.objects.led_by(person).exclude(sight.is_declared(person))
    return Application.objects.in_round(round).handed_in().filter(idea__in=led)


def unread() -> Q:
    """Applications that are assigned to nobody who still assesses."""
    return ~Q(Exists(held(Assignment.objects.filter(application=OuterRef("pk")))))


@dataclass
class Workload:
    """What an assessor has and owes in a round."""

    person: Person
    assigned: int
    missing: int  # of the assigned: neither assessed nor abstained from
    begun: int  # of the missing
    undeclared: int

    @property
    def done(self) -> int:
        return self.assigned - self.missing


def workloads(round: Round, lead: Person) -> list[Workload]:
    """Of all assessors of the round, counted without what the lead is barred from. One statement."""
    seen = Assignment.objects.in_force().filter(
        assessor=OuterRef("pk"),
        application__round=round,
        application__state=Application.State.SUBMITTED,
        application__idea__in=Idea.objects.led_by(lead).filter(round=round),
    )
    roles = Role.objects.in_force().filter(round=round, kind=Role.Kind.ASSESSOR)
    begun = Assessment.objects.filter(
        application=OuterRef("application"), assessor=OuterRef("assessor"), state=Assessment.State.DRAFT
    )
    asked = Application.objects.in_round(round).handed_in().filter(idea__in=Idea.objects.led_by(lead))
    said = Declaration.objects.filter(idea=OuterRef("idea"), person=OuterRef(OuterRef("pk")))
    people: Iterable[Any] = (
        Person.objects.filter(pk__in=roles.values("person"))
        .annotate(
            assigned=number_of(seen),
            missing=number_of(owed(seen)),
            begun=number_of(owed(seen).filter(Exists(begun))),
            undeclared=number_of(asked.filter(~Exists(said))),
        )
        .order_by("name_key", "pk")
    )
    return [Workload(one, one.assigned, one.missing, one.begun, one.undeclared) for one in people]
