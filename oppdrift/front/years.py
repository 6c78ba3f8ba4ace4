"""Several rounds in one picture: how many applied and went on, what was granted, moved, and is left.

The same for everybody: it holds what has been told, and nothing of a single case. What is not known says so.
"""

from dataclasses import dataclass

from django.db.models import Count

from oppdrift.applications.models import Application
from oppdrift.archive.models import Batch
from oppdrift.assessing.models import OfferAnswer
from oppdrift.ideas.models import Decision
from oppdrift.projects import money
from oppdrift.projects.money import RoundMoney
from oppdrift.rounds.models import Round

WIDTH = 100  # of a bar, in per cent


@dataclass(frozen=True)
class Bar:
    """One round on the scale of all: shares of the width, for attributes of an SVG."""

    transferred: float
    granted: float
    budget: float | None


@dataclass(frozen=True)
class YearRow:
    """One round. None: not known, which is not 0."""

    round: Round
    money: RoundMoney
    applications: int | None
    funded: int
    guided: int
    bar: Bar | None

    @property
    def is_decided(self) -> bool:
        return bool(self.funded or self.guided)

    @property
    def is_at_least(self) -> bool:
        """Of some that got money nobody knows how much."""
        return bool(self.money.unknown and self.money.granted)


def years() -> list[YearRow]:
    """Every round that is published, newest first. Seven statements, whatever their number."""
    rounds = list(Round.objects.published().order_by("-year", "-pk"))
    sums = {row.round.pk: row for row in money.of_rounds(rounds)}
    applied = _count(Application.objects.filter(round__in=rounds).handed_in(), "round")
    turned_down = OfferAnswer.objects.filter(answer=OfferAnswer.Choice.NO).values("decision")
    told = Decision.objects.going_on().filter(idea__round__in=rounds, idea__withdrawn_at=None)
    told = told.exclude(pk__in=turned_down)
    admitted = _count(told.filter(outcome=Decision.Outcome.ADMITTED), "idea__round")
    guided = _count(told.filter(outcome=Decision.Outcome.GUIDANCE), "idea__round")
    brought_in = set(Batch.objects.filter(round__in=rounds, made_round=True).values_list("round", flat=True))
    most = max([amount for row in sums.values() for amount in (row.budget, row.granted) if amount] or [0])
    return [
        YearRow(
            round=round, money=sums[round.pk],
            applications=None if round.pk in brought_in else applied.get(round.pk, 0),
            funded=admitted.get(round.pk, 0), guided=guided.get(round.pk, 0), bar=bar_of(sums[round.pk], most),
        )
        for round in rounds
    ]  # fmt: skip


def _count(rows, by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


def bar_of(row: RoundMoney, most: int) -> Bar | None:
    """None where nothing is granted, or nobody knows how much."""
    if not row.granted or not most:
        return None

    def share(amount: int | None) -> float:
        return round(WIDTH * (amount or 0) / most, 2)

    return Bar(share(row.transferred), share(row.granted), share(row.budget) if row.budget else None)
