"""Who has been through what: of one round as a table of people and modules, and across all rounds."""

from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from oppdrift.gatherings.models import Gathering, Invitation, SignUp
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Round
from oppdrift.toolbox.clock import now

from .models import Participation, modules_of


@dataclass(frozen=True)
class Mark:
    """One person at one module: came, missed, coming, invited, not_noted, or nothing."""

    state: str
    module: Gathering


@dataclass(frozen=True)
class Row:
    participation: Participation
    marks: list[Mark]


@dataclass(frozen=True)
class OfUnit:
    """The people of one unit."""

    unit: Unit
    rows: list[Row]
    has_leader: bool


@dataclass(frozen=True)
class Module:
    """A module with who is asked and who came."""

    gathering: Gathering
    asked: int
    missing: int  # take part, and are not asked
    came: int | None  # none: not noted


class Table:
    """Of one round. Four statements."""

    def __init__(self, round: Round) -> None:
        self.modules = list(modules_of(round).on().order_by("appointment__starts_at", "pk"))
        found = Participation.objects.in_force().in_round(round).select_related("person", "unit__leader", "round")
        self.people = list(found)
        places = SignUp.objects.filter(gathering__in=self.modules).values_list("gathering", "person", "state", "came")
        self.places = {(gathering, person): (state, came) for gathering, person, state, came in places}
        asked = Invitation.objects.filter(gathering__in=self.modules).values_list("gathering", "person")
        self.asked = set(asked)

    def mark(self, module: Gathering, person: Person) -> Mark:
        state, came = self.places.get((module.pk, person.pk), ("", None))
        if came is not None:
            return Mark("came" if came else "missed", module)
        if state == SignUp.State.COMING:
            return Mark("not_noted" if module.appointment.is_over else "coming", module)
        is_asked = (module.pk, person.pk) in self.asked and not module.appointment.is_over
        return Mark("invited" if is_asked and state != SignUp.State.OFF else "", module)

    def units(self) -> list[OfUnit]:
        grouped: dict[int, list[Row]] = {}
        for each in self.people:
            row = Row(each, [self.mark(module, each.person) for module in self.modules])
            grouped.setdefault(each.unit_id, []).append(row)
        leader = Participation.Kind.LEADER
        return [
            OfUnit(rows[0].participation.unit, rows, any(row.participation.kind == leader for row in rows))
            for rows in grouped.values()
        ]

    def with_numbers(self) -> list[Module]:
        here = {each.person_id for each in self.people}
        found = []
        for module in self.modules:
            asked = {person for gathering, person in self.asked if gathering == module.pk}
            noted = [came for (gathering, _person), (_state, came) in self.places.items() if gathering == module.pk]
            came = sum(bool(each) for each in noted) if any(each is not None for each in noted) else None
            found.append(Module(module, len(asked), len(here - asked), came))
        return found


def across_rounds() -> QuerySet[Participation]:
    """Every part somebody has had, with how many modules were held meanwhile, or that they came to all the same
    (`held`), and how many of these they came to (`came`)."""
    was_there = SignUp.objects.present().filter(gathering=OuterRef("pk"), person=OuterRef(OuterRef("person")))
    meanwhile = Q(appointment__ends_at__gte=OuterRef("since")) & Q(
        appointment__starts_at__lte=Coalesce(OuterRef("until"), now())
    )
    held = Gathering.objects.on().filter(
        meanwhile | Exists(was_there), round=OuterRef("round"), kind=Gathering.Kind.LUP_MODULE,
        appointment__ends_at__lte=now(),
    )  # fmt: skip
    came = SignUp.objects.present().filter(
        gathering__round=OuterRef("round"), gathering__kind=Gathering.Kind.LUP_MODULE, person=OuterRef("person")
    )
    return (
        Participation.objects.select_related("person", "unit", "round")
        .annotate(held=_number(held, "round"), came=_number(came, "person"))
        .order_by("unit__name_key", "person__name_key", "-round__year", "pk")
    )


def _number(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
