"""The leadership programme in the menu of those who take part, and of who runs a round that has it."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.rounds.models.stage import Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place

from .taking_part import takes_part


def places_for(person: Person) -> list[Place]:
    """One statement for those who have ever taken part, none for others."""
    run = [role.round for role in roles_held_by(person) if role.kind in Role.RUNS and role.round.is_alive]
    if led := [round for round in run if round.uses(Stage.LEADERSHIP)]:
        newest = max(led, key=lambda round: (round.year, round.pk))
        return [Place(_("Leadership programme"), reverse("leadership:round", args=[newest.pk]), 58)]
    if takes_part(person):
        return [Place(_("Leadership programme"), reverse("leadership:mine"), 33)]
    return []
