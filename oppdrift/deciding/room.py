"""The decision room as one reader may see it: what the scores say, what each project is given, how far it reaches.

Everything is computed without what the reader is barred from, and without what they leave out of the screen because
somebody in the room is barred from it: ranks, the finding, sums.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from math import floor
from typing import Any

from oppdrift.assessing.models import OfferAnswer
from oppdrift.assessing.policies_shortlist import leads_round
from oppdrift.ideas.models import Decision, Disqualification, Idea
from oppdrift.people.models import Person
from oppdrift.pitching.models import PitchDay
from oppdrift.rounds.models import Role, Round, Stage
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox import finding
from oppdrift.toolbox.separation import Figures, Separation, separation

from . import final
from .candidates import FINAL, candidates
from .counting import Counted, Given, counted
from .models import Sitting
from .scenarios import Choice, Scenario, from_the_top, scenarios

HIGHEST = 5


@dataclass
class Line:
    """One project."""

    idea: Any
    given: Given
    figures: Figures | None  # none: fewer than two totals
    decision: Any  # in force, with its offer; None before that
    axis: "Axis"
    is_last_of_group: bool = False
    receivers: list[str] = field(default_factory=list)  # names of those whom its letters go to

    @property
    def applied(self) -> int | None:
        application = getattr(self.idea, "application", None)
        return application.amount if application else None

    @property
    def amount(self) -> int | None:
        """What it gets, or asks for where it is not given anything."""
        return self.decision.amount if self.outcome in final.WITH_MONEY else self.applied

    @property
    def is_admitted(self) -> bool:
        return bool(self.decision) and self.decision.outcome == Decision.Outcome.ADMITTED

    @property
    def outcome(self) -> str:
        return self.decision.outcome if self.decision else ""

    @property
    def answer(self) -> str:
        """What the team says to what it was offered."""
        offer = getattr(self.decision, "offer", None)
        return offer.answer if offer and self.decision.released_at else ""

    @property
    def plot(self) -> dict[str, str] | None:
        if self.figures is None:
            return None
        each, at = self.figures, self.axis.at
        drawn = {"mean": at(each.mean), "lowest": at(each.lowest), "highest": at(each.highest)}
        if each.low is not None and each.high is not None:
            drawn |= {"low": at(each.low), "width": f"{self.axis.share(each.high) - self.axis.share(each.low):.2f}%"}
        return drawn


@dataclass(frozen=True)
class Axis:
    """From a whole number below all that is drawn up to the highest of the scale; in per cent of the width."""

    lowest: int

    MARGIN = 4.0  # per cent at either end, for half a disc

    @property
    def ticks(self) -> list[tuple[int, str]]:
        return [(points, self.at(points)) for points in range(self.lowest, HIGHEST + 1)]

    def share(self, points: float) -> float:
        return self.MARGIN + (100 - 2 * self.MARGIN) * (points - self.lowest) / (HIGHEST - self.lowest)

    def at(self, points: float) -> str:
        return f"{self.share(points):.2f}%"


class Room:
    """Of one round. `without`: keys of ideas that are left out of the screen.

    `whole`: all of it, for a reader of whom `policies.may_read_whole` was asked.
    """

    def __init__(self, round: Round, reader: Person, without: Collection[int] = (), *, whole: bool = False):
        self.round, self.reader, self.without, self.whole = round, reader, set(without), whole

    @cached_property
    def sitting(self) -> Sitting:
        return Sitting.of(self.round)

    @cached_property
    def day(self) -> PitchDay | None:
        return PitchDay.objects.filter(round=self.round).first() if self.round.uses(Stage.PITCHING) else None

    @property
    def is_counted(self) -> bool:
        """Are there results to see?"""
        return not self.round.uses(Stage.PITCHING) or bool(self.day and self.day.locked_at)

    @cached_property
    def seen(self) -> list[Idea]:
        """What the reader takes part in judging, also what is left out of the screen."""
        judged = candidates(self.round)
        if not self.whole:
            judged = judged.filter(pk__in=Idea.objects.judged_by(self.reader).values("pk"))
        return list(judged.select_related("application", "round").order_by("title_key", "pk"))

    @cached_property
    def ideas(self) -> list[Idea]:
        return [idea for idea in self.seen if idea.pk not in self.without]

    @cached_property
    def left_out(self) -> list[Idea]:
        return [idea for idea in self.seen if idea.pk in self.without]

    @cached_property
    def counts(self) -> dict[str, int]:
        """Of all: how many are hidden from the reader, and how many wait for them to declare. Two statements."""
        if self.whole:
            return {"hidden": 0, "undeclared": 0}
        asked, seen = candidates(self.round), [idea.pk for idea in self.seen]
        return {
            "hidden": asked.filter(pk__in=Idea.objects.hidden_from(self.reader).values("pk")).count(),
            "undeclared": asked.filter(pk__in=Idea.objects.led_by(self.reader).values("pk"))
            .exclude(pk__in=seen)
            .count(),
        }

    @property
    def hidden(self) -> int:
        return self.counts["hidden"]

    @cached_property
    def is_whole(self) -> bool:
        """A substitute sees only what the lead is barred from: too little to rank."""
        if self.whole:
            return True
        held = {role.kind for role in roles_held_by(self.reader) if role.round_id == self.round.pk}
        return leads_round(self.reader, self.round) or Role.Kind.PANEL in held

    # What the scores say

    @cached_property
    def counted(self) -> Counted:
        return counted(self.round, [idea.pk for idea in self.ideas], self.day)

    @cached_property
    def separation(self) -> Separation:
        return separation(self.counted.totals, self.sitting.seed)

    @cached_property
    def finding(self) -> list[str]:
        return finding.finding(self.separation)

    @cached_property
    def cautions(self) -> list[str]:
        return finding.cautions(self.separation)

    @cached_property
    def axis(self) -> Axis:
        lowest = min((each.lowest for each in self.separation.ranked), default=1.0)
        return Axis(max(1, min(floor(lowest), HIGHEST - 1)))

    @cached_property
    def decisions(self) -> dict[int, Any]:
        """In force, of the ideas shown."""
        rows = Decision.objects.in_force().at(FINAL).filter(idea__in=self.ideas).select_related("offer", "replaces")
        return {row.idea_id: row for row in rows}

    @cached_property
    def lines(self) -> list[Line]:
        """Highest mean first; those that are not ranked last, by title."""
        by_key = {idea.pk: idea for idea in self.ideas}
        found = self.separation
        ends = {group.members[-1] for group in found.groups[:-1]}
        order = [each.key for each in found.ranked] + [idea.pk for idea in self.ideas if found.of(idea.pk) is None]
        return [
            Line(by_key[key], self.counted.given[key], found.of(key), self.decisions.get(key), self.axis, key in ends)
            for key in order
        ]

    @cached_property
    def pairs(self) -> list[dict[str, Any]]:
        """For the table of all numbers."""
        titles = {idea.pk: idea.title for idea in self.ideas}
        return [
            {
                "upper": titles[pair.upper],
                "lower": titles[pair.lower],
                "percent": floor(100 * pair.share),  # never rounded up to what would tell them apart
                "is_apart": pair.is_apart,
            }
            for pair in self.separation.pairs
        ]

    # How far it reaches

    @cached_property
    def chosen(self) -> Choice:
        """Admitted and guided now, but those who have said no."""
        return choice_of([(line.outcome, line.amount) for line in self.lines if line.answer != OfferAnswer.Choice.NO])

    @cached_property
    def scenarios(self) -> list[Scenario]:
        return self.scenarios_with(self.chosen)

    def scenarios_with(self, chosen: Choice) -> list[Scenario]:
        ranked = [line.applied for line in self.lines if line.figures] if self.is_whole else []
        planned = final.places(self.round)
        return scenarios(
            from_the_top(ranked, planned[0] if planned else None), chosen, budget=self.round.budget,
            hours_each=self.sitting.hours_each, hours=self.round.guidance_hours,
        )  # fmt: skip

    # Where it stands

    @property
    def undecided(self) -> list[Line]:
        return [line for line in self.lines if not line.decision]

    @property
    def pending(self) -> list[Line]:
        return [line for line in self.lines if line.decision and not line.decision.released_at]

    @property
    def turned_down(self) -> list[Line]:
        """The team says no to what it was given, and it is open what follows."""
        no = [line for line in self.lines if line.is_admitted and line.answer == OfferAnswer.Choice.NO]
        return [line for line in no if not line.decision.offer.settled_at]

    @property
    def reserves(self) -> list[Line]:
        return [line for line in self.lines if line.outcome == Decision.Outcome.RESERVE]

    def of(self, outcome: str) -> list[Line]:
        return [line for line in self.lines if line.outcome == outcome]

    @cached_property
    def planned(self) -> range | None:
        return final.places(self.round)

    @property
    def leaves_plan(self) -> bool:
        """More or fewer than planned; asked once nothing is left to decide."""
        if self.undecided or not self.lines or self.without:
            return False
        return final.leaves_plan(self.round, len(self.of(Decision.Outcome.ADMITTED)), self.hidden)

    @cached_property
    def barred(self) -> list[tuple[int, int]]:
        """Idea and person: who in the panel is disqualified from what of that which the reader sees."""
        panel = Role.objects.in_force().filter(round=self.round, kind=Role.Kind.PANEL).values("person")
        rows = Disqualification.objects.in_force().filter(idea__in=self.seen, person__in=panel).order_by("idea")
        return list(rows.values_list("idea", "person").distinct())

    @property
    def barred_ideas(self) -> list[dict[str, Any]]:
        """Those with how many sit out. Without names: everybody in the room reads it."""
        numbers = Counter(idea for idea, _person in self.barred)
        return [
            {"idea": idea, "n": numbers[idea.pk], "is_out": idea.pk in self.without}
            for idea in self.seen
            if numbers[idea.pk]
        ]


def choice_of(outcomes: list[tuple[str, int | None]]) -> Choice:
    """Of outcomes with their amounts: what those admitted cost, and who gets hours."""
    admitted = [amount for outcome, amount in outcomes if outcome == Decision.Outcome.ADMITTED]
    guided = sum(outcome == Decision.Outcome.GUIDANCE for outcome, _amount in outcomes)
    return Choice.of(admitted, guided)
