"""Where this room is found in the menu."""

from django.urls import reverse
from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.toolbox.steps import Place


def places_for(person: Person) -> list[Place]:
    """What anybody may read, here for those who are signed in."""
    return [Place(_("Project pages"), reverse("sharing:projects"), 70)]
