"""Where workshops and other gatherings are found in the menu."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place


def places_for(person: Person) -> list[Place]:
    return [Place(_("Workshops"), reverse("gatherings:gatherings"), 46)]
