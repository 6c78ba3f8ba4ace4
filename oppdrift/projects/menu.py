"""Our project in the menu of those close to one; all of a round's in that of those who run it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from oppdrift.ideas import sight
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round, Stage
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import is_past
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Place

from .models import Project


def places_for(person: Person) -> list[Place]:
    """One statement for those who belong to an idea, none for others."""
    places = []
    mine = _own(person)
    if len(mine) == 1:
        places.append(Place(_("Our project"), reverse("projects:project", args=mine), 31))
    elif mine:
        places.append(Place(_("My projects"), reverse("projects:mine"), 31))
    run = [role.round for role in roles_held_by(person) if role.kind in Role.RUNS and comes_to_projects(role.round)]
    if run:
        newest = max(run, key=lambda round: (round.year, round.pk))
        places.append(Place(_("Projects"), reverse("projects:projects", args=[newest.pk]), 32))
    return places


def _own(person: Person) -> list[int]:
    """Keys of the first two projects of rounds that are alive."""
    return _two_of(person) if sight.ties(person).own else []


@prepared
def _two_of(person: Person) -> QuerySet:
    found = Project.objects.of(person).filter(idea__round__in=Round.objects.alive())
    return found.order_by("-pk").values_list("pk", flat=True)[:2]


def comes_to_projects(round: Round) -> bool:
    """Is it alive, and so far that projects may start?"""
    if not round.is_alive or not round.uses(Stage.PROJECTS):
        return False
    last = round.assess_by or round.deadline
    return last is None or is_past(last)
