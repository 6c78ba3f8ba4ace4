"""Where the pitch is found in the menu."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Stage
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place


def places_for(person: Person) -> list[Place]:
    """Those who run a round the newest one's day, the panel its own page. No statement of its own."""
    roles = [role for role in roles_held_by(person) if role.round.is_alive and role.round.uses(Stage.PITCHING)]
    if run := [role.round for role in roles if role.kind in Role.RUNS]:
        newest = max(run, key=lambda round: (round.year, round.pk))
        return [Place(_("Pitch"), reverse("pitching:day", args=[newest.pk]), 27)]
    return []
