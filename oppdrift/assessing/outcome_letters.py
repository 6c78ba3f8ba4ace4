"""Letters of an outcome: to each in the team, and to the leader who supports it. They leave with the release."""

from collections import Counter
from collections.abc import Container
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oppdrift.applications.models import Endorsement
from oppdrift.history import letters
from oppdrift.history.models import Message
from oppdrift.history.models.message import MessageQuerySet
from oppdrift.ideas.models import Decision
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Round

from .models import Shortlist

KINDS = {
    Decision.Outcome.ADMITTED: "shortlisted",
    Decision.Outcome.GUIDANCE: "guidance_only",
    Decision.Outcome.DECLINED: "declined",
}
TO_LEADER = "outcome_leader"
SAID_TO_LEADER = {
    Decision.Outcome.ADMITTED: gettext_lazy("The team is picked for the pitch."),
    Decision.Outcome.GUIDANCE: gettext_lazy("It gets no funding this time, but the team is offered guidance."),
    Decision.Outcome.DECLINED: gettext_lazy("It does not go on this time."),
}


class Receiver(NamedTuple):
    kind: str
    to: letters.Receiver
    link: str


def receivers(decision: Decision) -> dict[str, Receiver]:
    """By a word that stays the same however often the letter is written anew."""
    application = decision.idea.application
    page = reverse("assessing:outcome", args=[application.pk])
    kind = KINDS[Decision.Outcome(decision.outcome)]
    found = {str(one.person_id): Receiver(kind, one.person, page) for one in decision.idea.team()}
    supports = [Endorsement.Answer.SUPPORTS, Endorsement.Answer.IF]
    said = application.endorsements.in_force().filter(answer__in=supports).select_related("person").first()
    if said and str(said.person_id) not in found:
        leader = said.person or (said.name, said.address)
        link = page if said.person else said.get_absolute_url()  # who has no account reads their own answer
        found[f"leader-{said.pk}"] = Receiver(TO_LEADER, leader, link)
    return found


def prefix_of(decision: Decision) -> str:
    return f"shortlist:{decision.pk}:"


def letters_of(decision: Decision) -> MessageQuerySet:
    return Message.objects.about(decision.idea).filter(key__startswith=prefix_of(decision))


def whose(key: str) -> str:
    """To which of the receivers a letter with this key goes."""
    return key.split(":")[2]


def discard_letters(decision: Decision, *, by: Person) -> set[str]:
    """Those that have not left. Returns whose they were."""
    waiting = list(letters_of(decision).waiting())
    for letter in waiting:
        letter.discard(by=by)
    return {whose(letter.key) for letter in waiting}


def write_letters(decision: Decision, shortlist: Shortlist, *, by: Person, only: Container[str] | None = None) -> None:
    """A draft to each receiver, or to those in `only`."""
    round = decision.idea.application.round
    outcome = Decision.Outcome(decision.outcome)
    words: dict[str, Any] = {
        "reason": decision.reason, "until": shortlist.answer_by, "outcome": SAID_TO_LEADER[outcome]
    }  # fmt: skip
    if outcome == Decision.Outcome.ADMITTED:
        words["when"] = lazy(pitch_day, str)(round)
    times = Counter(whose(key) for key in letters_of(decision).values_list("key", flat=True))
    for who, receiver in receivers(decision).items():
        if only is not None and who not in only:
            continue
        letters.write(
            receiver.kind, to=receiver.to, key=f"{prefix_of(decision)}{who}:{times[who] + 1}", root=round,
            thing=decision.idea, by=by, leaves_with=Message.LeavesWith.SHORTLIST, link=receiver.link, **words,
        )  # fmt: skip


def pitch_day(round: Round) -> str:
    """When the teams pitch, in the active language."""
    day = round.milestones.filter(kind=Milestone.Kind.PITCH_DAY).first()
    return day.when if day else _("on the pitch day, which we will tell you soon")


def bring_letters_up_to_date(decision: Decision, shortlist: Shortlist, *, by: Person) -> None:
    """Who has joined the team since gets the same letter as the others, who has left gets none."""
    now_are = receivers(decision)
    for letter in letters_of(decision).waiting():
        if whose(letter.key) not in now_are:
            letter.discard(by=by)
    known = {whose(key) for key in letters_of(decision).values_list("key", flat=True)}
    if newcomers := now_are.keys() - known:
        write_letters(decision, shortlist, by=by, only=newcomers)
