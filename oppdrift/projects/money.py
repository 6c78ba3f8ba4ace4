"""The money of rounds: budget, granted, transferred, left. Whole kroner; None is "not known", which is not 0.

A round that was run here has grants, and before its projects have started the decisions that were told. One that was
brought in from a file has decisions with amounts at most, so what was transferred in it is not known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from oppdrift.assessing.models import OfferAnswer
from oppdrift.ideas.models import Decision, Idea
from oppdrift.ideas.models.finding import IdeaQuerySet
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.prepared import prepared

from .models import Grant, Transfer


@dataclass
class RoundMoney:
    """One round. `unknown`: how many were admitted with an amount that nobody knows; `hidden`: cases left out of the
    sums, since the reader is disqualified from them."""

    round: Round
    funded: int = 0  # how many got money
    granted: int | None = None
    planned: int | None = None  # still to be transferred, as planned
    transferred: int | None = None  # less what came back
    waiting: int = 0  # kroner of `granted` whose projects have not started
    unknown: int = 0
    hidden: int = 0

    @property
    def budget(self) -> int | None:
        return self.round.budget

    @property
    def left(self) -> int | None:
        """Of the budget, not granted. None where the budget or an amount is not known, or a case is hidden."""
        if self.budget is None or self.granted is None or self.unknown or self.hidden:
            return None
        return self.budget - self.granted

    @property
    def untransferred(self) -> int | None:
        """Granted, not transferred."""
        if self.granted is None or self.transferred is None:
            return None
        return self.granted - self.transferred

    @property
    def is_overspent(self) -> bool:
        return self.left is not None and self.left < 0

    @property
    def is_complete(self) -> bool:
        """Is every amount known?"""
        return not self.unknown


def of_rounds(rounds: Iterable[Round], person: Person | None = None) -> list[RoundMoney]:
    """Of each of these rounds. Without a person: what anybody may know, of all that has been released.

    With one: without the cases hidden from them. Three statements, whatever the number of rounds.
    """
    rows = {round.pk: RoundMoney(round) for round in rounds}
    hidden = list(_hidden(list(rows), person)) if person else []
    for _idea, key in hidden:
        rows[key].hidden += 1
    keys = [idea for idea, _key in hidden]
    for key, funded, granted, planned, made in _granted(list(rows), keys):
        row = rows[key]
        row.funded, row.granted, row.planned, row.transferred = funded, granted, planned, made
    _add_decided(rows, keys)
    return list(rows.values())


@prepared
def _hidden(rounds: list[int], person: Person) -> QuerySet:
    """(idea, its round) of the admitted ones that are left out."""
    return out_of_sight(person).filter(admitted_ideas(), round__in=rounds).order_by().values_list("pk", "round")


@prepared
def _granted(rounds: list[int], hidden: list[int]) -> QuerySet:
    grants = Grant.objects.filter(project__idea__round__in=rounds).exclude(project__idea__in=hidden).order_by()
    sums = {"n": Count("pk"), "granted": Sum("amount"), "planned": Sum("planned"), "made": Sum("made")}
    return grants.values_list("project__idea__round").annotate(**sums)


def out_of_sight(person: Person) -> IdeaQuerySet:
    """Ideas that are left out of what this person reads: they are disqualified from them, or lead them and have not
    said yet whether they have ties to them."""
    undeclared = Q(pk__in=Idea.objects.led_by(person)) & ~Q(pk__in=Idea.objects.cleared_for(person))
    return Idea.objects.filter(Q(pk__in=Idea.objects.hidden_from(person)) | undeclared)


def _add_decided(rows: dict[int, RoundMoney], hidden: list[int]) -> None:
    """What has been told and has no grant: projects that are not started yet, and what was decided in rounds from
    before, as far as it is known. An offer that the team has said no to is nobody's money. Of what is decided here
    nothing has been transferred; of what was brought in nobody knows."""
    for key, source, n, known, granted in _decided(list(rows), hidden):
        row = rows[key]
        row.funded += n
        row.unknown += n - known
        if granted is not None:
            row.granted = (row.granted or 0) + granted
            if source != Idea.Source.IMPORTED:
                row.planned, row.transferred = row.planned or 0, row.transferred or 0
                row.waiting = granted


@prepared
def _decided(rounds: list[int], hidden: list[int]) -> QuerySet:
    turned_down = OfferAnswer.objects.filter(answer=OfferAnswer.Choice.NO).values("decision")
    admitted = Decision.objects.known().at(Decision.Stage.FINAL).filter(
        outcome=Decision.Outcome.ADMITTED, idea__round__in=rounds, idea__withdrawn_at=None, idea__project__grant=None,
    )  # fmt: skip
    sums = {"n": Count("pk"), "known": Count("amount"), "granted": Sum("amount")}
    of_each = admitted.exclude(idea__in=hidden).exclude(pk__in=turned_down).order_by()
    return of_each.values_list("idea__round", "idea__source").annotate(**sums)


def admitted_ideas() -> Q:
    told = Decision.objects.known().at(Decision.Stage.FINAL).filter(outcome=Decision.Outcome.ADMITTED)
    return Q(pk__in=told.values("idea"))


def of_round(round: Round, person: Person | None = None) -> RoundMoney:
    return of_rounds([round], person)[0]


def by_year(round: Round, person: Person) -> list[tuple[int, int]]:
    """(year in the accounts, kroner transferred less what came back), of what the person leads. One statement."""
    moved = Transfer.objects.made().of_round(round).led_by(person).order_by()
    sums = (
        moved.annotate(year=ExtractYear("made_on"))
        .values("year")
        .annotate(
            out=Sum("amount", filter=Q(kind=Transfer.Kind.TRANSFER)),
            back=Sum("amount", filter=Q(kind=Transfer.Kind.REFUND)),
        )
    )
    return sorted((each["year"], (each["out"] or 0) - (each["back"] or 0)) for each in sums)


def for_finance(round: Round, person: Person) -> Iterable[list[Any]]:
    """A line each transfer, for the finance department: what is made first, then what is planned."""
    rows = Transfer.objects.of_round(round).led_by(person).exclude(state=Transfer.State.DROPPED)
    rows = rows.select_related("grant__project__idea", "grant__project__owner")
    for row in rows:
        project = row.grant.project
        yield [
            project.idea.title,
            project.idea.unit_name,
            project.owner.name if project.owner else "",
            str(row.get_kind_display()),
            str(row.get_state_display()),
            -row.amount if row.is_refund else row.amount,
            row.account,
            _day(row.made_on),
            _day(row.due),
            row.what_for,
        ]


def _day(value: Any) -> str:
    return f"{value:%d.%m.%Y}" if value else ""
