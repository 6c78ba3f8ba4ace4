"""Who may do what with gatherings and notes."""

from django.utils.translation import gettext as _

from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import Answer, No

from .models import Gathering, Note


def runs(person: Person, round: Round) -> bool:
    return Round.objects.run_by(person).filter(pk=round.pk).exists()


def may_arrange(person: Person, round: Round) -> Answer:
    """Those who run the round."""
    if not runs(person, round):
        return No(_("Only the programme lead can arrange this."))
    return No(_("The round is closed.")) if round.closed_at else True


def may_change(person: Person, gathering: Gathering) -> Answer:
    if not runs(person, gathering.round):
        return No(_("Only the programme lead can arrange this."))
    return gathering.can_change()


def may_cancel(person: Person, gathering: Gathering) -> Answer:
    if not runs(person, gathering.round):
        return No(_("Only the programme lead can arrange this."))
    return gathering.can_cancel()


def may_see_participants(person: Person, gathering: Gathering) -> Answer:
    """The lead has the list; others see how many come."""
    return True if runs(person, gathering.round) else No(_("Only the programme lead sees who comes."))


def may_sign_up(person: Person, gathering: Gathering) -> Answer:
    return gathering.can_sign_up(person)


def may_sign_off(person: Person, gathering: Gathering) -> Answer:
    return gathering.can_sign_off(person)


def may_sign_others(person: Person, gathering: Gathering) -> Answer:
    """The lead puts people on the list and takes them off."""
    if not runs(person, gathering.round):
        return No(_("Only the programme lead can sign others up or off."))
    return gathering.can_change()


def may_write_note(person: Person, idea: Idea) -> Answer:
    """Anyone who sees the idea may advise its team."""
    if not Idea.objects.seen_by(person).filter(pk=idea.pk).exists():
        return No(_("You do not see this idea."))
    return Note.can_write(idea)


def may_erase_note(person: Person, note: Note) -> Answer:
    return True if note.by_id == person.pk else No(_("Only the one who wrote a note can erase it."))
