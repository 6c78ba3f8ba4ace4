"""Who may do what with rounds."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No

from .models import Round


def may_begin(person: Person) -> Answer:
    """Those who run the programme make rounds, and lead the ones they make."""
    if person.is_authenticated and person.runs_programme:
        return True
    return No(_("New rounds are made by those who run the programme."))


def may_edit(person: Person, round: Round) -> Answer:
    """The programme lead edits. A substitute handles single ideas, not the round.

    Have all leads left, those who run the programme do, so that somebody can name a new one.
    """
    if not person.is_authenticated:
        return No(_("Only the programme lead of the round can change it."))
    this = Round.objects.filter(pk=round.pk)
    if this.led_by(person).exists() or (person.runs_programme and this.without_lead().exists()):
        return True
    return No(_("Only the programme lead of the round can change it."))


def may_copy(person: Person, round: Round) -> Answer:
    return may_begin(person)
