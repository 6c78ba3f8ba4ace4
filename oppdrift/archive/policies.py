"""Who may bring in earlier rounds."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No

from .models import Batch


def may_bring_in(person: Person) -> Answer:
    """Those who run the programme: they answer for what is said of the years before."""
    if person.is_authenticated and person.runs_programme:
        return True
    return No(_("Earlier rounds are brought in by those who run the programme."))


def may_change(person: Person, batch: Batch) -> Answer:
    return may_bring_in(person) and batch.can_change()


def may_take_back(person: Person, batch: Batch) -> Answer:
    return may_bring_in(person) and batch.can_take_back()
