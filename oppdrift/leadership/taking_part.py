"""Does somebody take part? Menu and steps both ask, and most people never have."""

from django.db.models import QuerySet

from oppdrift.people.models import Person
from oppdrift.toolbox.once import once
from oppdrift.toolbox.prepared import prepared

from .models import Participation


@once
def takes_part(person: Person) -> bool:
    """Now, in a round that goes on. Nobody is asked for who was never invited."""
    return person.has_taken_part and bool(_own(person))


@prepared
def _own(person: Person) -> QuerySet[Participation]:
    return Participation.objects.in_force().of(person).alive()
