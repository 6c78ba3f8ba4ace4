"""The leadership programme in the menu of those who take part, and of who runs a round that has it."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place

from .taking_part import going_on, takes_part


def places_for(person: Person) -> list[Place]:
    """One statement for those who have ever taken part, none for others."""
    if led := going_on(person):
        return [Place(_("Leadership programme"), reverse("leadership:round", args=[led.pk]), 58)]
    if takes_part(person):
        return [Place(_("Leadership programme"), reverse("leadership:mine"), 33)]
    return []
