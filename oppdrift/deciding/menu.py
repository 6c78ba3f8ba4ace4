"""Where the decision is found in the menu."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Stage
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place


def places_for(person: Person) -> list[Place]:
    """Of the newest round that decides: for who runs it, once the call is over."""
    held = [role.round for role in roles_held_by(person) if role.kind in Role.RUNS and role.round.is_alive]
    deciding = [round for round in held if round.uses(Stage.DECIDING) and not round.is_open and round.has_opened]
    if not deciding:
        return []
    newest = max(deciding, key=lambda round: (round.year, round.pk))
    return [Place(_("Decision"), reverse("deciding:sitting", args=[newest.pk]), 28)]
