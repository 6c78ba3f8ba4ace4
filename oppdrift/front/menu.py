"""The places of those who run a round: its year and its letters."""

from django.utils.translation import gettext as _

from oppdrift.rounds.models import Role
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place


def places_for(person) -> list[Place]:
    """The year and the outbox for who runs a round; for everybody else a home."""
    if any(role.kind in Role.RUNS for role in roles_held_by(person)):
        return [Place(_("The year"), reverse("front:year"), 0), Place(_("Outbox"), reverse("front:outbox"), 40)]
    return [Place(_("Home"), reverse("front:home"), 0)]
