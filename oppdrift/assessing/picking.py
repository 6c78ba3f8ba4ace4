"""The shortlist as its page shows it: who has which outcome, beside what was planned."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from oppdrift.applications.models import Application
from oppdrift.history.models import Message
from oppdrift.history.models.outbox import MessageQuerySet
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round

from . import shortlist
from .hidden import Hidden
from .models import OfferAnswer, Shortlist
from .ranking import Ranking

NAMES = {
    Decision.Outcome.ADMITTED: pgettext_lazy("heading of a list", "To the pitch"),
    Decision.Outcome.GUIDANCE: pgettext_lazy("heading of a list", "Guidance without funding"),
    Decision.Outcome.DECLINED: pgettext_lazy("heading of a list", "Not this time"),
}

SHOWN = 50  # of each group; the ranking has all of them


@dataclass
class Group:
    outcome: str
    name: str | Promise
    decisions: list[Any]

    @property
    def pending(self) -> list[Any]:
        return [each for each in self.decisions if not each.released_at]

    @property
    def shown(self) -> list[Any]:
        return self.decisions[:SHOWN]


class Picking:
    """Of one round, as one reader may see it."""

    def __init__(self, round: Round, reader: Person):
        self.round, self.reader = round, reader
        self.ranking = Ranking(round, reader)

    @cached_property
    def shortlist(self) -> Shortlist:
        return Shortlist.of(self.round)

    @property
    def totals(self) -> dict[str, Any]:
        return self.ranking.totals

    @cached_property
    def decisions(self) -> list[Any]:
        """In force, of ideas the reader leads, with rank, answer, and whether the team knows."""
        ranks = {row.idea_id: self.ranking.line(row) for row in self.ranking.rows}
        rows = Decision.objects.in_force().at(Decision.Stage.SHORTLIST).filter(idea__in=list(ranks))
        found: list[Any] = list(rows.select_related("idea", "offer", "replaces"))
        for decision in found:
            decision.line = ranks[decision.idea_id]
            decision.application = decision.line.application
        return sorted(found, key=lambda each: (each.line.rank or 10**6, each.idea.title_key))

    @cached_property
    def groups(self) -> list[Group]:
        return [
            Group(outcome, name, [each for each in self.decisions if each.outcome == outcome])
            for outcome, name in NAMES.items()
        ]

    @cached_property
    def undecided(self) -> list[Any]:
        """Lines without an outcome, best first."""
        return [self.ranking.line(row) for row in self.ranking.rows if not row.outcome]  # type: ignore[attr-defined]

    @cached_property
    def pending(self) -> list[Any]:
        return [each for each in self.decisions if not each.released_at]

    @cached_property
    def turned_down(self) -> list[Any]:
        """Picked, and the team says no; it is open who gets the place."""
        return [each for each in self.decisions if _says_no(each) and not each.offer.settled_at]

    @property
    def coming(self) -> int:
        """Picked, and not said no."""
        picked = [each for each in self.decisions if each.outcome == Decision.Outcome.ADMITTED]
        return sum(not _says_no(each) for each in picked)

    @cached_property
    def released_at(self) -> dt.datetime | None:
        """When the shortlist was told, the first time."""
        told = Decision.objects.at(Decision.Stage.SHORTLIST).released().filter(idea__round=self.round)
        return told.order_by("released_at").values_list("released_at", flat=True).first()

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def hidden(self) -> Hidden:
        return self.ranking.hidden

    @cached_property
    def hidden_pending(self) -> int:
        """Of those the reader is disqualified from: decided, and told at the same release."""
        if not self.hidden.barred:
            return 0
        return shortlist.pending(self.round).filter(idea__in=Idea.objects.hidden_from(self.reader)).count()

    @cached_property
    def undeclared_pending(self) -> int:
        """Decided by another lead, of those the reader has not declared for: told at the same release."""
        if not self.hidden.undeclared:
            return 0
        led = Idea.objects.led_by(self.reader)
        pending = shortlist.pending(self.round).filter(idea__in=led)
        return pending.exclude(idea__in=Idea.objects.cleared_for(self.reader)).count()

    @cached_property
    def missing(self) -> list[str]:
        return shortlist.missing_to_release(self.round, self.reader, self.shortlist)

    @property
    def planned(self) -> int | None:
        return self.round.shortlist_places

    @property
    def differs_from_plan(self) -> bool:
        """More or fewer than planned, counting what the reader sees; asked once nothing is left to decide."""
        if self.planned is None or not self.totals["all"] or self.totals["decided"] < self.totals["all"]:
            return False
        could_be = range(self.totals["picked"], self.totals["picked"] + self.hidden.barred + self.hidden.undeclared + 1)
        return self.planned not in could_be

    def next_after(self, application: Application) -> int | None:
        """The next without an outcome down the ranking, and round to the top."""
        order = [row.pk for row in self.ranking.rows]
        left = {line.application.pk for line in self.undecided}
        place = order.index(application.pk) if application.pk in order else -1
        return next((pk for pk in order[place + 1 :] + order[: place + 1] if pk in left), None)

    @cached_property
    def letters(self) -> dict[str, int]:
        """How many letters of pending decisions wait, by state. Those of hidden ideas are the substitute's to count."""
        return self._letters([each.idea_id for each in self.pending]).aggregate(
            drafts=Count("pk", filter=Q(state=Message.State.DRAFT)),
            held=Count("pk", filter=Q(state=Message.State.HELD)),
        )

    @cached_property
    def receivers(self) -> dict[int, list[str]]:
        """Names of those whom letters of pending decisions go to at the release, by decision."""
        found: dict[int, list[str]] = {}
        drafts = self._letters([each.idea_id for each in self.pending]).filter(state=Message.State.DRAFT)
        for key, name, address in drafts.values_list("key", "receiver__name", "address"):
            found.setdefault(int(key.split(":")[1]), []).append(name or address)
        return found

    def _letters(self, ideas: Any) -> MessageQuerySet:
        kind = ContentType.objects.get_for_model(Idea)
        letters = Message.objects.waiting().filter(thing_type=kind, thing_id__in=ideas, key__startswith="shortlist:")
        return letters.order_by("receiver__name_key")


def _says_no(decision: Any) -> bool:
    """Of a decision that is told: the team will not pitch."""
    if not decision.released_at or decision.outcome != Decision.Outcome.ADMITTED:
        return False
    return decision.offer.answer == OfferAnswer.Choice.NO
