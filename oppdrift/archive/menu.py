"""The room's place in the menu, for those who run the programme."""

from django.utils.translation import gettext as _

from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place

from .policies import may_bring_in


def places_for(person) -> list[Place]:
    return [Place(_("Bring in earlier rounds"), reverse("archive:imports"), 96)] if may_bring_in(person) else []
