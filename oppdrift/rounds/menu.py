"""The round in the menu of those who lead one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from oppdrift.toolbox.steps import Place

from .models import Round


def places_for(person) -> list[Place]:
    """The round itself when there is one that is not closed, the list when there are several or none yet."""
    keys = list(Round.objects.led_by(person).filter(closed_at=None).values_list("pk", flat=True)[:2])
    if len(keys) == 1:
        return [Place(_("The round"), reverse("rounds:edit", args=keys), 60)]
    if keys or person.runs_programme:
        return [Place(_("The rounds"), reverse("rounds:rounds"), 60)]
    return []
