"""What lies before whom: an assessor's own queue, and for the lead who has done how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When

from oppdrift.applications.models import Application, Version
from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import rounds_held_by
from oppdrift.toolbox.models import is_among, number_of
from oppdrift.toolbox.prepared import prepared

from .models import Assessment, Assignment, Declaration
from .models.assignment import AssignmentQuerySet

STRIP = 60  # marks at most
# Of an application: how many have neither assessed nor abstained from its newest version, of those it is assigned to.
OWING = F("standing__assigned") - Case(When(standing__number=F("newest"), then=F("standing__answered")), default=0)


def owed(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Those in force whose newest version the assessor has neither assessed nor abstained from."""
    given = Assessment.objects.given().filter(
        application=OuterRef("application"), assessor=OuterRef("assessor"),
        version__number=OuterRef("application__newest"),
    )  # fmt: skip
    return assignments.in_force().filter(~Exists(given), application__state=Application.State.SUBMITTED)


def left_behind(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Those in force, with nothing handed in that counts, of people who are no longer assessors of the round.

    Whoever has lost the role reads nothing more; the lead takes these away and gives them to others.
    """
    return assignments.in_force().filter(~Exists(_holders()), ~Exists(_counting()))


def former_assessors(round: Any) -> QuerySet:
    """Roles of people who were assessors of the round and no longer are: without any, nothing is left behind."""
    still = Role.objects.in_force().filter(kind=Role.Kind.ASSESSOR, round=OuterRef("round"), person=OuterRef("person"))
    return Role.objects.filter(kind=Role.Kind.ASSESSOR, round=round).filter(~Exists(still))


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


@dataclass(slots=True)
class Row:
    """One application in an assessor's queue, and how far they have come with it."""

    pk: int  # of the application
    round: int
    number: int
    state: str  # unsettled, not_started, new_version, draft, handed_in, abstained
    saved_at: datetime | None  # the person's latest assessment of it, of whichever version

    @property
    def is_done(self) -> bool:
        return self.state in ("handed_in", "abstained")

    @property
    def waits(self) -> bool:
        """Can be assessed now, and is not yet."""
        return self.state in ("not_started", "new_version", "draft")


def queue_of(person: Person) -> list[Row]:
    """All that is assigned to the person in rounds that are alive, in the order of numbers. One statement."""
    return _rows(_assigned(person))


def places_in(person: Person, round: int) -> list[Row]:
    """The same of one round."""
    return _rows(_assigned_in(person, round))


def _rows(assigned: list[Any]) -> list[Row]:
    rows = {}
    for pk, round, number, newest, mine, state, saved_at, is_free in assigned:
        # Of several assessments by the person the one of the newest version comes last, and stands.
        rows[pk] = Row(pk, round, number, _state(mine == newest, state, is_free), saved_at)
    return list(rows.values())


@prepared
def _assigned(person: Person) -> QuerySet:
    """Without what the applications are called: a queue may be long, and a page shows little of it."""
    mine = FilteredRelation("application__assessments", condition=Q(application__assessments__assessor=F("assessor")))
    free = Declaration.objects.free().by(person).filter(idea=OuterRef("application__idea"))
    newest = Version.objects.filter(application=OuterRef("application"), number=OuterRef("application__newest"))
    return (
        Assignment.objects.in_force()
        .of(person)
        .filter(application__state=Application.State.SUBMITTED, application__round__closed_at=None)
        .annotate(mine=mine, is_free=Exists(free), newest=Subquery(newest.order_by().values("pk")))
        .order_by("application__round__deadline", "application__round", "application__number", "mine__version")
        .values_list(
            "application", "application__round", "application__number", "newest", "mine__version", "mine__state",
            "mine__saved_at", "is_free",
        )
    )  # fmt: skip


@prepared
def _assigned_in(person: Person, round: int) -> QuerySet:
    return _assigned.ask(person).filter(application__round=round)


@prepared
def called(applications: list[int]) -> QuerySet:
    """What the applications with these keys are called, whose they are, and what they ask for."""
    found = Application.objects.filter(pk__in=applications)
    return found.values("pk", "amount", title=F("idea__title"), unit_name=F("idea__unit_name"))


def _state(is_newest: bool, state: str | None, is_free: bool) -> str:
    """How far the person has come; `state`: that of their latest assessment, of the newest version or an older one."""
    if not is_free:
        return "unsettled"
    if not state:
        return "not_started"
    if not is_newest:
        return "new_version" if state != Assessment.State.DRAFT else "not_started"
    return state


def strip(rows: Sequence[Row], current: Row | None) -> list[str]:
    """Marks of the strip above them: one for each, or, of very many, one for several that lie side by side."""
    each = -(-len(rows) // STRIP)
    parts = [rows[start : start + each] for start in range(0, len(rows), each or 1)]
    return [
        "now" if any(row is current for row in part) else "done" if all(row.is_done for row in part) else ""
        for part in parts
    ]


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
    return Application.objects.in_round(round).handed_in().filter(is_among(led, "idea"))


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
