"""How judgements are put to the teams: letters that wait in the outbox, bound to one moment of release, and offers to
answer. The shortlist and the final decision are told alike; a `Telling` says what is different.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from oppdrift.applications.models import Endorsement
from oppdrift.history import letters
from oppdrift.history.models import Event, Message
from oppdrift.history.models.outbox import MessageQuerySet
from oppdrift.history.own_links import without_own_links
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import now

from .models import OfferAnswer

IN_TIME = "until"  # the word in the letters
TAKEN_UP = "offer_corrected"  # the letter about what a project has started from already: there is nothing to answer


class Receiver(NamedTuple):
    kind: str
    to: letters.Receiver
    link: str


@dataclass(frozen=True)
class Telling:
    """Of one stage. Its verbs are parts of the rooms' own, which hold the row of their stage and remember."""

    stage: str
    leaves_with: str  # what the letters wait for
    kinds: Mapping[str, str]  # the letter to the team, by outcome
    leader_kind: str  # the letter to the leader who supports it
    said_to_leader: Mapping[str, Any]  # in one sentence, by outcome
    page: Callable[[Decision], str]  # where the team reads it
    words: Callable[[Decision], Mapping[str, Any]]  # what the letters need beside reason and day

    # Judging

    def judge(
        self, idea: Idea, outcome: str, *, reason: str, until: dt.datetime, by: Person, amount: int | None = None
    ) -> tuple[Decision, bool]:
        """The decision in force, pending until the release, and whether anything was changed.

        Decided anew, the letters of the earlier decision that have not left are discarded. After the release it is a
        correction, and waits for a release of its own. The same said twice changes nothing.
        """
        last = Decision.objects.in_force().at(self.stage).filter(idea=idea).first()
        if last and (last.outcome, last.reason, last.amount) == (outcome, reason.strip(), amount):
            return last, False
        made = Decision.make(idea, self.stage, outcome, reason=reason, amount=amount, by=by)
        if last:
            self.discard_letters(last, by=by)
        if outcome in OfferAnswer.OFFERS:
            OfferAnswer.make(made, until)
        self.write_letters(made, until, by=by)
        if outcome == Decision.Outcome.ADMITTED:
            self._give_free_place(idea, by=by)
        return made, True

    def _give_free_place(self, idea: Idea, *, by: Person) -> None:
        """The team takes the place of the first that said no."""
        free = OfferAnswer.objects.turned_down(self.stage).filter(decision__idea__round=idea.round_id)
        led = free.exclude(decision__idea=idea).filter(decision__idea__in=Idea.objects.cleared_for(by))
        if offer := led.order_by("at").first():
            offer.go_on(by=by)

    def change_until(self, decisions: QuerySet[Decision], until: dt.datetime, *, by: Person) -> None:
        """Another day to answer, in the offers and the letters that wait. Letters changed by hand are written anew."""
        OfferAnswer.objects.filter(decision__in=decisions).update(until=until)
        for decision in decisions.select_related("idea__round"):
            self.write_letters(decision, until, by=by, only=self.discard_letters(decision, by=by))

    def release(self, decisions: Iterable[Decision], until: dt.datetime, *, by: Person) -> tuple[int, int]:
        """Tell all of these at one moment, and let their letters go, but those held back. Returns how many of each."""
        decisions = list(decisions)
        for decision in decisions:
            self._bring_letters_up_to_date(decision, until, by=by)
        told = Decision.release(decisions, by=by, at=now())
        return told, sum(self.letters_of(decision).unbind(by=by) for decision in decisions)

    # Letters

    def letters_of(self, decision: Decision) -> MessageQuerySet:
        return Message.objects.about(decision.idea).filter(key__startswith=self._prefix_of(decision))

    def letters_shown(self, decision: Decision) -> list[Any]:
        """But those discarded, each with its place in the outbox. Not to be saved: without links that are the
        receiver's alone."""
        rows = self.letters_of(decision).exclude(state=Message.State.DISCARDED).select_related("receiver")
        shown: list[Any] = list(rows.order_by("pk"))
        for letter in shown:
            letter.url = reverse(settings.LETTER_PAGE, args=[letter.pk])
            letter.body = without_own_links(letter.body)
        return shown

    def _prefix_of(self, decision: Decision) -> str:
        return f"{self.stage}:{decision.pk}:"

    def discard_letters(self, decision: Decision, *, by: Person) -> set[str]:
        """Those that have not left. Returns whose they were."""
        waiting = list(self.letters_of(decision).waiting())
        for letter in waiting:
            letter.discard(by=by)
        return {_whose(letter.key) for letter in waiting}

    def write_letters(
        self, decision: Decision, until: dt.datetime, *, by: Person, only: Container[str] | None = None
    ) -> None:
        """A draft to each receiver, or to those in `only`."""
        words = {
            "reason": decision.reason, IN_TIME: until, "outcome": self.said_to_leader[decision.outcome],
            **self.words(decision),
        }  # fmt: skip
        times = Counter(_whose(key) for key in self.letters_of(decision).values_list("key", flat=True))
        for who, receiver in self._receivers(decision).items():
            if only is not None and who not in only:
                continue
            letters.write(
                receiver.kind, to=receiver.to, key=f"{self._prefix_of(decision)}{who}:{times[who] + 1}",
                root=decision.idea.round, thing=decision.idea, by=by, leaves_with=self.leaves_with, link=receiver.link,
                **words,
            )  # fmt: skip

    def _receivers(self, decision: Decision) -> dict[str, Receiver]:
        """Each in the team and the leader who supports it, by a word that stays the same when written anew."""
        page, kind = self.page(decision), self.kinds[decision.outcome]
        if OfferAnswer.objects.taken_up().filter(decision=decision).exists():
            kind = TAKEN_UP
        found = {str(one.person_id): Receiver(kind, one.person, page) for one in decision.idea.team()}
        supports = [Endorsement.Answer.SUPPORTS, Endorsement.Answer.IF]
        asked = Endorsement.objects.in_force().filter(application__idea=decision.idea_id, answer__in=supports)
        said = asked.select_related("person").first()
        if said and str(said.person_id) not in found:
            leader = said.person or (said.name, said.address)
            link = page if said.person else said.get_absolute_url()  # who has no account reads their own answer
            found[f"leader-{said.pk}"] = Receiver(self.leader_kind, leader, link)
        return found

    def _bring_letters_up_to_date(self, decision: Decision, until: dt.datetime, *, by: Person) -> None:
        """Who has joined the team since gets the same letter as the others, who has left gets none.

        So does everybody whose application was withdrawn, so that its letters were discarded, and brought back. Where a
        project has started meanwhile, nobody is asked for an answer any more.
        """
        now_are, other = self._receivers(decision), set()
        for letter in self.letters_of(decision).waiting():
            who = _whose(letter.key)
            if who not in now_are or letter.kind != now_are[who].kind:
                letter.discard(by=by)
                other |= {who} & now_are.keys()
        written = self.letters_of(decision)
        if written.filter(state=Message.State.DISCARDED).exists() and (back := _came_back(decision.idea)):
            written = written.exclude(state=Message.State.DISCARDED, written_at__lt=back)
        known = {_whose(key) for key in written.values_list("key", flat=True)}
        if newcomers := (now_are.keys() - known) | other:
            self.write_letters(decision, until, by=by, only=newcomers)


def _came_back(idea: Idea) -> dt.datetime | None:
    """When its withdrawn application was last brought back."""
    events = Event.objects.about(idea).filter(verb="application.brought_back").order_by("-at")
    return events.values_list("at", flat=True).first()


def _whose(key: str) -> str:
    """To which of the receivers a letter with this key goes."""
    return key.split(":")[2]
