"""Who may do what with people and units. Each person minds their own row; those who run the programme mind the rest."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No


def may_manage(person: Person) -> Answer:
    """See and correct the list of people and the organisation."""
    if person.is_authenticated and person.runs_programme:
        return True
    return No(_("People and units are kept by those who run the programme."))


def may_relieve(person: Person, other: Person) -> Answer:
    """Take back somebody's right to run the programme."""
    return may_manage(person) and other.can_be_relieved()


def may_close_access(person: Person, other: Person) -> Answer:
    """Close somebody's access; never one's own, which would end in the middle of the page."""
    if not (answer := may_manage(person)):
        return answer
    if person == other:
        return No(_("You cannot close your own access. Ask somebody else who runs the programme."))
    return other.can_leave()
