"""Deciding: an outcome with a reason for every project, letters that wait, a second person, one moment of release."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oppdrift.applications.models import Application
from oppdrift.assessing.telling import Telling
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round, Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import is_past, now
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.money import kroner
from oppdrift.toolbox.reading import is_as_read, mark_of

from .candidates import FINAL, candidates
from .models import Confirmation, Sitting

Outcome = Decision.Outcome
KINDS: dict[str, str] = {
    Outcome.ADMITTED: "final_admitted",
    Outcome.GUIDANCE: "final_guidance",
    Outcome.RESERVE: "final_reserve",
    Outcome.DECLINED: "final_declined",
    Outcome.WITHDRAWN: "final_withdrawn",
}
OUTCOMES = list(KINDS)
WITH_MONEY = (Outcome.ADMITTED, Outcome.RESERVE)
TELLING = Telling(
    stage=FINAL,
    leaves_with=Message.LeavesWith.DECISION,
    kinds=KINDS,
    leader_kind="final_leader",
    said_to_leader={
        Outcome.ADMITTED: gettext_lazy("The project is admitted and gets funding."),
        Outcome.GUIDANCE: gettext_lazy("It gets no funding this time, but the team is offered guidance."),
        Outcome.RESERVE: gettext_lazy("The project is on the reserve list."),
        Outcome.DECLINED: gettext_lazy("It does not go on this time."),
        Outcome.WITHDRAWN: gettext_lazy("The team has withdrawn."),
    },
    page=lambda decision: reverse("deciding:outcome", args=[decision.idea_id]),
    words=lambda decision: {"amount": kroner(decision.amount)},
)
letters_of = TELLING.letters_of


def applied_for(idea: Idea) -> int | None:
    """Kroner; None when not known."""
    return Application.objects.filter(idea=idea).values_list("amount", flat=True).first()


# Deciding


def can_decide(
    idea: Idea, outcome: str, *, reason: str, amount: int | None, applied: int | None, shared_reason: str
) -> Answer:
    """`shared_reason`: what holds for all; enough for who gets what they asked for, and for nobody else."""
    round = idea.round
    if round is None or not round.uses(Stage.DECIDING):
        return No(_("This round has no decision."))
    if round.closed_at:
        return No(_("The round is closed."))
    if outcome not in OUTCOMES:
        return No(_("Choose an outcome."))
    if outcome in WITH_MONEY and not amount:
        return No(_("Write how much money it gets, in whole kroner."))
    if reason.strip():
        return True
    if outcome != Outcome.ADMITTED:
        return No(_("Write the reason for this one. The team will read it."))
    if amount != applied:
        return No(_("Write why it is another amount than what was applied for. The team will read it."))
    return True if shared_reason.strip() else No(_("Write a reason, for all or for this one."))


@transaction.atomic
def decide(idea: Idea, outcome: str, *, reason: str = "", amount: int | None = None, by: Person) -> Decision:
    """Give the project its outcome, pending until the release, with a letter to each in the team in the outbox.

    Without an amount it is what was applied for; without a reason it is the one that holds for all. Whatever is changed
    must be confirmed anew.
    """
    sitting = Sitting.held(idea.round)  # type: ignore[arg-type]
    ensure(candidates(sitting.round).filter(pk=idea.pk).exists() or No(_("It is not among those decided upon.")))
    applied = applied_for(idea)
    amount = (amount or applied) if outcome in WITH_MONEY else None
    own = "" if reason.strip() == sitting.reason.strip() else reason
    ensure(can_decide(idea, outcome, reason=own, amount=amount, applied=applied, shared_reason=sitting.reason))
    made, is_new = TELLING.judge(
        idea, outcome, reason=own or sitting.reason, amount=amount, until=sitting.answer_by, by=by
    )
    if is_new:
        sitting.unconfirm(by=by)
    return made


@transaction.atomic
def save(round: Round, reason: str, choices: dict[Idea, dict[str, Any]], *, by: Person) -> int:
    """All that was chosen in the room at once, or nothing. `choices`: outcome, amount and reason. Returns how many."""
    explain(round, reason, by=by)
    before = set(pending(round).values_list("pk", flat=True))
    made = [decide(idea, **choice, by=by) for idea, choice in choices.items()]
    return len({decision.pk for decision in made} - before)


@transaction.atomic
def explain(round: Round, reason: str, *, by: Person) -> None:
    """The reason that holds for all. Letters that wait and say the old one are written anew."""
    sitting = Sitting.held(round)
    before, reason = sitting.reason, reason.strip()
    if before == reason:
        return
    changed(sitting, reason=reason, reason_by=by)
    Event.record("sitting.explained", sitting, by=by)
    sitting.unconfirm(by=by)
    if reason and before:
        for decision in pending(round).filter(reason=before).select_related("idea__round"):
            TELLING.judge(
                decision.idea, decision.outcome, reason=reason, amount=decision.amount, until=sitting.answer_by, by=by
            )


@transaction.atomic
def change_answer_by(round: Round, until: dt.datetime, *, by: Person) -> None:
    """Another day to answer, in the offers and the letters that wait."""
    sitting = Sitting.held(round)
    if until == sitting.answer_by:
        return
    ensure(not is_past(until) or No(_("Choose a moment ahead.")))
    changed(sitting, answer_by=until)
    Event.record("sitting.answer_by_changed", sitting, by=by, until=until.isoformat())
    TELLING.change_until(pending(round), until, by=by)


def pending(round: Round) -> QuerySet[Decision]:
    """Decisions in force that wait for release."""
    return Decision.objects.in_force().pending().at(FINAL).filter(idea__round=round).order_by("pk")


def behind_what_waits() -> QuerySet[Decision]:
    """Of all rounds: what waits for release, and what that took the place of since the release before. Also a new
    reason for all makes rows, so whoever chose the outcome may stand in an earlier one only."""
    made = Decision.objects.at(FINAL)
    told_since = made.filter(idea=OuterRef("idea"), released_at__gt=OuterRef("made_at"))
    return made.pending().filter(~Exists(told_since))


# How many


def places(round: Round) -> range | None:
    """The numbers that were planned; None when nothing was."""
    low, high = round.places_from or round.places_to, round.places_to or round.places_from
    return range(low, high + 1) if low and high else None


def leaves_plan(round: Round, admitted: int, unseen: int = 0) -> bool:
    """Are more or fewer admitted than planned, whatever those are that the asker does not see?"""
    planned = places(round)
    return planned is not None and not any(admitted + n in planned for n in range(unseen + 1))


# Confirming


def missing_to_confirm(round: Round, by: Person, sitting: Sitting | None = None) -> list[str]:
    """What stands in the way of confirming and releasing, a sentence each. What others handle is counted, never named.

    Three statements.
    """
    sitting = sitting or Sitting.of(round)
    if not round.uses(Stage.DECIDING):
        return [_("This round has no decision.")]
    counts = _counts(round, by)
    undecided = ngettext("%(n)s project has no outcome yet.", "%(n)s projects have no outcome yet.", counts["own"])
    missing = [undecided % {"n": counts["own"]}] if counts["own"] else []
    if counts["others"]:
        words = ngettext(
            "%(n)s project that somebody else handles has no outcome yet.",
            "%(n)s projects that somebody else handles have no outcome yet.",
            counts["others"],
        )
        missing.append(words % {"n": counts["others"]})
    if not missing and not counts["pending"]:
        missing.append(_("There is no decision that waits for release."))
    if not missing and not sitting.reason.strip() and leaves_plan(round, counts["admitted"], counts["hidden"]):
        missing.append(_("It is not the number that was planned. Write why."))
    return missing


def _counts(round: Round, by: Person) -> Counter[str]:
    """Of the candidates: undecided and one's own to handle or others', waiting for release, admitted as far as the
    asker sees, hidden from them."""
    decisions = Decision.objects.in_force().at(FINAL).filter(idea=OuterRef("pk"))
    admitted = decisions.filter(outcome=Outcome.ADMITTED)
    asked = candidates(round).annotate(
        is_decided=Exists(decisions), waits=Exists(decisions.pending()), goes_on=Exists(admitted)
    )
    in_round = Idea.objects.filter(round=round)
    own = set((in_round & Idea.objects.led_by(by)).values_list("pk", flat=True))
    hidden = set((in_round & Idea.objects.hidden_from(by)).values_list("pk", flat=True))
    counts: Counter[str] = Counter()
    for key, is_decided, waits, goes_on in asked.values_list("pk", "is_decided", "waits", "goes_on"):
        counts["own" if key in own else "others"] += not is_decided
        counts["pending"] += waits
        counts["admitted"] += goes_on and key not in hidden
        counts["hidden"] += key in hidden
    return counts


def mark(round: Round) -> str:
    """Stands for what would be confirmed now: the decisions that wait and the reason for all. Two statements."""
    return mark_of([*pending(round).values_list("pk", flat=True), Sitting.of(round).reason])


def can_confirm(round: Round, by: Person) -> Answer:
    if round.closed_at:
        return No(_("The round is closed."))
    sitting = Sitting.of(round)
    if sitting.confirmation():
        return No(_("It is confirmed already."))
    missing = missing_to_confirm(round, by, sitting)
    return No(" ".join(missing)) if missing else True


@transaction.atomic
def confirm(round: Round, *, by: Person, read: str | None = None) -> Confirmation:
    """A second person says that this is what was decided: all that waits for release. Who may, the policy says.

    `read`: the `mark` of what they had before them. Raises NotNow when something has been changed since.
    """
    sitting = Sitting.held(round)
    ensure(can_confirm(round, by))
    ensure(is_as_read(mark(round), read))
    waiting = pending(round).count()
    made = Confirmation.objects.create(sitting=sitting, by=by, decisions=waiting)
    Event.record("sitting.confirmed", sitting, by=by, decisions=waiting)
    return made


# Releasing


def missing_to_release(round: Round, by: Person, sitting: Sitting | None = None) -> list[str]:
    """The same, and a confirmation, and a day to answer that is ahead. Four statements."""
    sitting = sitting or Sitting.of(round)
    missing = missing_to_confirm(round, by, sitting)
    if not missing and not sitting.confirmation():
        missing.append(_("It is not confirmed by a second person yet."))
    if not missing and is_past(sitting.answer_by):
        missing.append(_("The day to answer that the letters name has passed. Choose another one."))
    return missing


def can_release(round: Round, by: Person) -> Answer:
    if round.closed_at:
        return No(_("The round is closed."))
    missing = missing_to_release(round, by)
    return No(" ".join(missing)) if missing else True


@transaction.atomic
def release(round: Round, *, by: Person) -> int:
    """Tell every pending decision at one moment, and let the letters go, but those held back. Returns how many."""
    sitting = Sitting.held(round)
    ensure(can_release(round, by))
    told, sent = TELLING.release(pending(round).select_related("idea__round"), sitting.answer_by, by=by)
    for confirmation in sitting.confirmations.in_force():
        changed(confirmation, released_at=now())
    Event.record("sitting.released", sitting, by=by, decisions=told, letters=sent)
    return told


def told_at(round: Round) -> Any:
    """When the decision was told, the first time; None before that."""
    told = Decision.objects.at(FINAL).released().filter(idea__round=round).order_by("released_at")
    return told.values_list("released_at", flat=True).first()
