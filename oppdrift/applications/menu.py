"""Our application in the menu of a team; all applications in that of those who run a round."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from oppdrift.ideas import sight
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Place

from .models import Application


def places_for(person) -> list[Place]:
    """Of the rounds that are alive. One statement: for a team their applications, for others the open calls."""
    places = []
    roles = roles_held_by(person)
    run = [role.round for role in roles if role.kind in Role.RUNS and role.round.is_alive]
    if ours := _own(person):
        if len(ours) == 1:
            places.append(Place(_("Our application"), reverse("applications:application", args=ours), 30))
        else:
            places.append(Place(_("Our applications"), reverse("applications:mine"), 30))
    elif not run and (calls := _open_calls(without={role.round_id for role in roles})):
        # Those who run a round, or judge in it, are not asked to apply, since that would bar them from judging.
        places.append(Place(_("Apply"), reverse("applications:begin", args=[calls[0].pk]), 30))
    if run:
        newest = max(run, key=lambda round: (round.year, round.pk))
        places.append(Place(_("Applications"), reverse("applications:list", args=[newest.pk]), 24))
    return places


def _own(person) -> list[int]:
    """Keys of the first two applications whose team the person is in."""
    return _two_of_team(person) if sight.ties(person).team else []


@prepared
def _two_of_team(person) -> QuerySet:
    written = Application.objects.written_by(person).filter(round__in=Round.objects.alive())
    return written.order_by("-pk").values_list("pk", flat=True)[:2]


def _open_calls(without: set[int]) -> list[Round]:
    return [round for round in _calls() if round.is_open and round.pk not in without]


@prepared
def _calls() -> QuerySet[Round]:
    return Round.objects.with_open_call()
