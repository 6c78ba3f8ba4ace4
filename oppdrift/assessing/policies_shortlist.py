"""Who may do what about improvement, ranking and the shortlist."""

import datetime as dt

from django.utils.translation import gettext as _

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Idea, Part
from oppdrift.ideas.policies import DECLARE_FIRST, must_declare
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.answers import Answer, No

from .models import Improvement, OfferAnswer


def may_handle(person: Person, idea: Idea, else_words: str) -> Answer:
    """As programme lead, or as substitute where the lead is barred; whoever it is, after declaring to have no ties."""
    if Idea.objects.cleared_for(person).filter(pk=idea.pk).exists():
        return True
    return No(DECLARE_FIRST) if must_declare(person, idea) else No(else_words)


def leads_round(person: Person, round: Round) -> bool:
    """As programme lead, not as a substitute."""
    held = roles_held_by(person)
    return any(role.kind == Role.Kind.LEAD and role.round_id == round.pk for role in held)


def may_prepare(person: Person, application: Application) -> Answer:
    words = _("Only the programme lead finds an application unclear, and not one they are disqualified from.")
    return may_handle(person, application.idea, words)


def may_invite(person: Person, improvement: Improvement) -> Answer:
    if not (answer := may_prepare(person, improvement.application)):
        return answer
    return improvement.can_invite()


def may_drop(person: Person, improvement: Improvement) -> Answer:
    if not (answer := may_prepare(person, improvement.application)):
        return answer
    return improvement.can_drop()


def may_prolong(person: Person, improvement: Improvement, until: dt.datetime) -> Answer:
    if not (answer := may_prepare(person, improvement.application)):
        return answer
    return improvement.can_prolong(until)


def may_decide(person: Person, application: Application) -> Answer:
    words = _("Only the programme lead picks, and not where they are disqualified.")
    return may_handle(person, application.idea, words)


def may_plan(person: Person, round: Round) -> Answer:
    """What holds for the whole shortlist: the release, the day to answer, and why it is not as long as planned."""
    if not leads_round(person, round):
        return No(_("Only the programme lead releases the shortlist and sets what holds for all of it."))
    return True


def may_go_on(person: Person, offer: OfferAnswer) -> Answer:
    """Who leads the case says what follows a no."""
    words = _("Only the programme lead says what follows when a team will not pitch.")
    return may_handle(person, offer.record, words)


def may_answer(person: Person, offer: OfferAnswer) -> Answer:
    """Anybody in the team, for the team."""
    if not offer.record.parts.in_force().filter(person=person, kind=Part.Kind.TEAM).exists():
        return No(_("Only the team answers."))
    return offer.can_give()
