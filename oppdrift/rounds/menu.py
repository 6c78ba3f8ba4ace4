"""The round in the menu of those who lead one."""

from django.utils.translation import gettext as _

from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place

from .models import Role
from .models.role import roles_held_by


def places_for(person) -> list[Place]:
    """The round itself when there is one that is not closed, the list when there are several or none yet."""
    roles = [role for role in roles_held_by(person) if role.kind == Role.Kind.LEAD and not role.round.closed_at]
    keys = [role.round_id for role in roles]
    if len(keys) == 1:
        return [Place(_("The round"), reverse("rounds:edit", args=keys), 60)]
    if keys or person.runs_programme:
        return [Place(_("The rounds"), reverse("rounds:rounds"), 60)]
    return []
