"""The room's place in the menu, for those who run the programme."""

from django.utils.translation import gettext as _

from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place


def places_for(person) -> list[Place]:
    return [Place(_("People"), reverse("people:people"), 95)] if person.runs_programme else []
