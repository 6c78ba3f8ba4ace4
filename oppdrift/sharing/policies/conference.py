"""Who may do what with a conference's programme and the talks in it."""

from django.utils.translation import gettext as _

from oppdrift.gatherings.models import Gathering
from oppdrift.gatherings.policies import runs
from oppdrift.ideas.policies import in_team, leads
from oppdrift.people.models import Person
from oppdrift.sharing.models import Conference, Release, Slot
from oppdrift.toolbox.answers import Answer, No


def may_begin(person: Person, gathering: Gathering) -> Answer:
    if not runs(person, gathering.round):
        return No(_("Only the programme lead makes the programme."))
    return Conference.can_begin(gathering)


def may_run(person: Person, conference: Conference) -> Answer:
    """Those who run the round put the programme together."""
    if not runs(person, conference.round):
        return No(_("Only the programme lead makes the programme."))
    return True


def may_change(person: Person, conference: Conference) -> Answer:
    return conference.can_change() if (answer := may_run(person, conference)) else answer


def may_release(person: Person, conference: Conference) -> Answer:
    return Release.can_be_made(conference) if (answer := may_run(person, conference)) else answer


def may_prepare(person: Person, slot: Slot) -> Answer:
    """The team hands in its talk; who leads the case may do it for them."""
    if slot.idea is None or not (in_team(person, slot.idea) or leads(person, slot.idea)):
        return No(_("Only the team and the programme lead prepare the talk."))
    return slot.conference.can_change()
