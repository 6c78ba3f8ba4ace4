"""Who may do what with a conference's programme and the talks in it."""

from django.utils.translation import gettext as _

from oppdrift.gatherings.models import Gathering
from oppdrift.gatherings.policies import runs
from oppdrift.ideas.policies import in_team
from oppdrift.people.models import Person
from oppdrift.sharing.models import Conference, Release, Slot, Speaker
from oppdrift.toolbox.answers import Answer, No

from .showcase import handles


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
    if slot.idea is None or not (in_team(person, slot.idea) or handles(person, slot.idea)):
        return No(_("Only the team and the programme lead prepare the talk."))
    return slot.conference.can_change()


def may_change_slot(person: Person, slot: Slot) -> Answer:
    """The words of a talk are not for somebody from whom its idea is hidden; its place in the order is."""
    if slot.idea and not handles(person, slot.idea):
        return No(_("The talk is hidden from you. You can move it in the programme."))
    return may_change(person, slot.conference)


def may_change_speaker(person: Person, speaker: Speaker, deed: str) -> Answer:
    """Whoever speaks takes back their own yes whenever they like; the rest is prepared with the talk."""
    if deed == "take-back" and speaker.person_id == person.pk:
        return True
    return may_prepare(person, speaker.slot)
