"""What each project was given, by whom: on the pitch day where the round has one, else by those who assessed it."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import OuterRef

from oppdrift.assessing.models import Assessment, Standing
from oppdrift.assessing.models.standing import newest_version
from oppdrift.pitching import results
from oppdrift.pitching.models import PitchDay
from oppdrift.rounds.models import Round, Stage


@dataclass(frozen=True)
class Given:
    """To one project."""

    totals: dict[int, float] = field(default_factory=dict)  # by judge
    asked: int = 0  # who could have: those that nothing bars
    barred: int = 0  # who sat there and could not
    abstained: int = 0
    doors: int | None = None  # who can help; none where nobody was asked
    quorum: int = 50  # per cent of those asked

    @property
    def counted(self) -> int:
        return len(self.totals)

    @property
    def has_quorum(self) -> bool:
        return 100 * self.counted >= self.quorum * self.asked


@dataclass(frozen=True)
class Counted:
    given: dict[int, Given]  # by idea
    is_pitched: bool
    voters: int  # who has a counted total somewhere

    @property
    def totals(self) -> dict[int, dict[int, float]]:
        return {idea: given.totals for idea, given in self.given.items()}

    @property
    def has_doors(self) -> bool:
        return any(given.doors is not None for given in self.given.values())

    @property
    def barred(self) -> list[int]:
        """Of each project from which somebody sat out: how many."""
        return [given.barred for given in self.given.values() if given.barred]


def counted(round: Round, ideas: Collection[int], day: PitchDay | None = None) -> Counted:
    """Of these ideas; a constant number of statements. `day`: the round's, when it is at hand."""
    found = _by_panel(day, ideas) if round.uses(Stage.PITCHING) else _by_assessors(ideas)
    given = {idea: replace(one, quorum=round.quorum) for idea, one in found.items()}
    voters = {judge for one in given.values() for judge in one.totals}
    return Counted(given, round.uses(Stage.PITCHING), len(voters))


def _by_panel(day: PitchDay | None, ideas: Collection[int]) -> dict[int, Given]:
    """Nothing before the voting is closed."""
    found = {idea: Given() for idea in ideas}
    for one in results.of(day) if day and day.locked_at else []:
        if one.pitch.idea_id in found:
            found[one.pitch.idea_id] = Given(one.totals, one.seats, one.barred, one.abstained, one.doors)
    return found


def _by_assessors(ideas: Collection[int]) -> dict[int, Given]:
    """Counted totals of the newest versions."""
    rows: Any = Assessment.objects.counted().filter(
        application__idea__in=ideas, version=newest_version(OuterRef("application"))
    )
    totals: dict[int, dict[int, float]] = {idea: {} for idea in ideas}
    for idea, assessor, total in rows.order_by().values_list("application__idea", "assessor", "total"):
        totals[idea][assessor] = float(total)
    standings = Standing.objects.current().filter(application__idea__in=ideas).order_by()
    figures = {
        row[0]: row[1:] for row in standings.values_list("application__idea", "assigned", "abstained", "discounted")
    }
    found = {}
    for idea, given in totals.items():
        assigned, abstained, barred = figures.get(idea, (0, 0, 0))
        found[idea] = Given(given, asked=max(assigned, len(given)), barred=barred, abstained=abstained)
    return found
