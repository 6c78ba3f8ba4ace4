"""Picking for the pitch: an outcome with a reason for every application, letters that wait, one moment of release."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oppdrift.applications.models import Application
from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Event, Message
from oppdrift.ideas import sight
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Round
from oppdrift.rounds.models.round import Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import is_past, now
from oppdrift.toolbox.models import changed, sums_of
from oppdrift.toolbox.prepared import prepared

from .models import Shortlist
from .telling import Telling

SHORTLIST = Decision.Stage.SHORTLIST
KINDS: dict[str, str] = {
    Decision.Outcome.ADMITTED: "shortlisted",
    Decision.Outcome.GUIDANCE: "guidance_only",
    Decision.Outcome.DECLINED: "declined",
}
OUTCOMES = list(KINDS)


def _words(decision: Decision) -> dict[str, Any]:
    """Of the letters: when they pitch, in the language of each."""
    admitted = decision.outcome == Decision.Outcome.ADMITTED
    return {"when": lazy(pitch_day, str)(decision.idea.round)} if admitted else {}


def pitch_day(round: Any) -> str:
    """When the teams pitch, in the active language."""
    day = round.milestones.filter(kind=Milestone.Kind.PITCH_DAY).first()
    return day.when if day else _("on the pitch day, which we will tell you soon")


TELLING = Telling(
    stage=SHORTLIST,
    leaves_with=Message.LeavesWith.SHORTLIST,
    kinds=KINDS,
    leader_kind="outcome_leader",
    said_to_leader={
        Decision.Outcome.ADMITTED: gettext_lazy("The team is picked for the pitch."),
        Decision.Outcome.GUIDANCE: gettext_lazy("It gets no funding this time, but the team is offered guidance."),
        Decision.Outcome.DECLINED: gettext_lazy("It does not go on this time."),
    },
    page=lambda decision: reverse("assessing:outcome", args=[decision.idea.application.pk]),
    words=_words,
)
letters_of = TELLING.letters_of


# Deciding


def can_decide(application: Application, outcome: str) -> Answer:
    if not application.round.uses(Stage.SHORTLIST):
        return No(_("This round has no shortlist."))
    if application.round.closed_at:
        return No(_("The round is closed."))
    if not application.is_handed_in:
        return No(_("Only an application that is handed in can get an outcome."))
    if outcome not in OUTCOMES:
        return No(_("Choose an outcome."))
    return True


@transaction.atomic
def decide(application: Application, outcome: str, *, reason: str, by: Person) -> Decision:
    """Give the application its outcome, pending until the release, with a letter to each in the team in the outbox."""
    shortlist = Shortlist.held(application.round)
    application.lock()
    ensure(can_decide(application, outcome))
    made, _changed = TELLING.judge(application.idea, outcome, reason=reason, until=shortlist.answer_by, by=by)
    return made


@transaction.atomic
def change_answer_by(round: Round, until: dt.datetime, *, by: Person) -> None:
    """Another day to answer, in the offers and the letters that wait. Letters changed by hand are written anew."""
    shortlist = Shortlist.held(round)
    if until == shortlist.answer_by:
        return
    ensure(not is_past(until) or No(_("Choose a moment ahead.")))
    changed(shortlist, answer_by=until)
    Event.record("shortlist.answer_by_changed", shortlist, by=by, until=until.isoformat())
    TELLING.change_until(pending(round), until, by=by)


@transaction.atomic
def explain_places(round: Round, reason: str, *, by: Person) -> None:
    """Why the shortlist is longer or shorter than planned."""
    shortlist = Shortlist.held(round)
    if shortlist.places_reason != reason.strip():
        changed(shortlist, places_reason=reason.strip())
        Event.record("shortlist.places_explained", shortlist, by=by)


def pending(round: Round):
    """Decisions of the shortlist in force that wait for release, of applications that are still in the round."""
    rows = Decision.objects.in_force().pending().at(SHORTLIST).filter(idea__round=round)
    return rows.filter(idea__in=Application.objects.in_round(round).handed_in().values("idea")).order_by("pk")


# Releasing


def missing_to_release(round: Round, by: Person, shortlist: Shortlist | None = None) -> list[str]:
    """What stands in the way, a sentence each. What somebody else handles is counted, never named. Two statements."""
    if not round.uses(Stage.SHORTLIST):
        return [_("This round has no shortlist.")]
    [counts] = _waiting(round, by)
    missing = [words for name in UNDECIDED if (words := _undecided(name, counts[name] or 0))]
    if not missing and not counts["pending"]:
        missing.append(_("There is no decision that waits for release."))
    if not missing and is_past((shortlist or Shortlist.of(round)).answer_by):
        missing.append(_("The day to answer that the letters name has passed. Choose another one."))
    return missing


@prepared
def _waiting(round: Round, by: Person) -> QuerySet:
    """How many applications have no outcome yet, by whose they are, and how many outcomes wait to be told."""
    decisions = Decision.objects.in_force().at(SHORTLIST).filter(idea=OuterRef("idea"))
    undecided, waits = ~Q(Exists(decisions)), Q(Exists(decisions.pending()))
    led, cleared = Q(idea__in=Idea.objects.led_by(by)), Q(idea__in=Idea.objects.cleared_for(by))
    nobodys = Q(idea__in=Idea.objects.filter(round=round).filter(sight.nobody_is_free()))
    counts = sums_of(
        Application.objects.in_round(round).handed_in(),
        own=undecided & cleared,
        undeclared=undecided & led & ~cleared,
        substitutes=undecided & ~led & ~nobodys,
        nobodys=undecided & ~led & nobodys,
        pending=waits,
    )
    return Round.objects.filter(pk=round.pk).values_list(counts, flat=True)


UNDECIDED = ("own", "undeclared", "substitutes", "nobodys")


def _undecided(whose: str, n: int) -> str:
    """Of how many applications the outcome is missing, and what helps."""
    if not n:
        return ""
    words = {
        "own": ngettext("%(n)s application has no outcome yet.", "%(n)s applications have no outcome yet.", n),
        "undeclared": ngettext(
            "%(n)s application has no outcome yet and waits for you to declare your impartiality.",
            "%(n)s applications have no outcome yet and wait for you to declare your impartiality.",
            n,
        ),
        "substitutes": ngettext(
            "%(n)s application that the substitute lead handles has no outcome yet.",
            "%(n)s applications that the substitute lead handles have no outcome yet.",
            n,
        ),
        "nobodys": ngettext(
            "%(n)s application has no outcome yet, and nobody may decide it. Name a substitute lead who can.",
            "%(n)s applications have no outcome yet, and nobody may decide them. Name a substitute lead who can.",
            n,
        ),
    }
    return words[whose] % {"n": n}


def can_release(round: Round, by: Person) -> Answer:
    if round.closed_at:
        return No(_("The round is closed."))
    missing = missing_to_release(round, by)
    return No(" ".join(missing)) if missing else True


@transaction.atomic
def release(round: Round, *, by: Person) -> int:
    """Tell every pending decision of the shortlist at one moment, and let their letters go, but those held back.

    Pressed twice, or by two leads at once, the second is told that nothing waits. Returns how many were told.
    """
    shortlist = Shortlist.held(round)
    ensure(can_release(round, by))
    decisions = list(pending(round).select_related("idea__round"))
    count, sent = TELLING.release(decisions, shortlist.answer_by, by=by)
    invite_to_training(round, decisions, by=by)
    discard_of_withdrawn(round, by=by)
    Event.record("shortlist.released", shortlist, by=by, decisions=count, letters=sent)
    return count


def invite_to_training(round: Round, decisions: list[Decision], *, by: Person) -> None:
    """The teams picked may come to the pitch training that is by invitation. Their letter leads to its dates."""
    training = list(
        Gathering.objects.on().filter(
            round=round, kind=Gathering.Kind.PITCH_TRAINING, by_invitation=True, appointment__starts_at__gt=now()
        )
    )
    picked = [each.idea for each in decisions if training and each.outcome == Decision.Outcome.ADMITTED]
    for idea in picked:
        for member in idea.team():
            for gathering in training:
                gathering.invite(member.person, by=by, idea=idea)


def discard_of_withdrawn(round: Round, *, by: Person) -> None:
    """A letter about an application that was withdrawn before the release is never sent."""
    gone = Decision.objects.in_force().pending().at(SHORTLIST).filter(idea__round=round)
    for decision in gone.exclude(idea__in=Application.objects.in_round(round).handed_in().values("idea")):
        TELLING.discard_letters(decision, by=by)
