"""Where assessing is found in the menu."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.rounds.models.round import Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place


def places_for(person: Person) -> list[Place]:
    """Assessors their queue, the lead the newest round that assesses."""
    roles = [role for role in roles_held_by(person) if role.round.is_alive and role.round.uses(Stage.ASSESSING)]
    places = []
    if any(role.kind == Role.Kind.ASSESSOR for role in roles):
        places.append(Place(_("My assessments"), reverse("assessing:queue"), 15))
    if run := [role.round for role in roles if role.kind in Role.RUNS]:
        newest = max(run, key=lambda round: (round.year, round.pk))
        places.append(Place(_("Assessment"), reverse("assessing:progress", args=[newest.pk]), 25))
    return places
