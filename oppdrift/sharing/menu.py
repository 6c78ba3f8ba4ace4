"""Where this room is found in the menu."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.rounds.models.stage import Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.steps import Place

NEAR_PROJECTS = (*Role.RUNS, Role.Kind.COACH)
SELDOM = 91  # in the person's own menu, where there is no room for more places


def places_for(person: Person) -> list[Place]:
    """What anybody may read, and asks and offers for those who work with the projects of a round. Teams find them on
    the page of their project. No statement of its own."""
    roles = roles_held_by(person)
    runs = any(role.kind in Role.RUNS for role in roles)
    places = [
        Place(_("Project pages"), reverse("sharing:projects"), SELDOM if runs else 70),
        Place(_("Experiences"), reverse("sharing:stories"), SELDOM if runs else 72),
    ]
    rounds = [role.round for role in roles if role.kind in NEAR_PROJECTS]
    if any(round.uses(Stage.PROJECTS) and round.is_alive and round.deadline_is_past for round in rounds):
        places.append(Place(_("Asks and offers"), reverse("sharing:asks"), 60))
    return places
