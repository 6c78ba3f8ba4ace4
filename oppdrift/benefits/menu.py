"""Where benefits are found in the menu: by those who have some, or soon will."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from oppdrift.ideas.models import Decision, Idea
from oppdrift.ideas.sight import ties
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.rounds.models.round import Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Place

from .models.benefit import followed_up


def places_for(person: Person) -> list[Place]:
    """For leads no statement; for others one, and none for those who belong to no idea."""
    if leads_projects(person) or (ties(person).own and _decided(person)):
        return [Place(_("Benefits"), reverse("benefits:benefits"), 33)]
    return []


def leads_projects(person: Person) -> bool:
    """From when applications are in, in a round that follows projects up."""
    rounds = [role.round for role in roles_held_by(person) if role.kind in Role.RUNS]
    return any(round.uses(Stage.PROJECTS) and round.deadline_is_past for round in rounds)


@prepared
def _decided(person: Person) -> QuerySet:
    """One decision, if there is any, by which a project of theirs goes on."""
    theirs = Decision.objects.going_on().filter(followed_up("idea__"), idea__in=Idea.objects.of(person))
    return theirs.order_by()[:1]
