"""Our application in the menu of a team; all applications in that of those who run a round."""

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from oppdrift.ideas.models import Part
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox.steps import Place

from .models import Application


def places_for(person) -> list[Place]:
    """One statement, of the rounds that are alive."""
    roles = Role.objects.in_force().filter(round=OuterRef("pk"), person=person)
    runs = roles.filter(kind__in=[Role.Kind.LEAD, Role.Kind.SUBSTITUTE])
    teams = Part.objects.in_force().filter(person=person, kind=Part.Kind.TEAM).values("idea")
    own = Application.objects.filter(round=OuterRef("pk"), idea__in=teams).order_by("-pk").values("pk")
    rounds = list(
        Round.objects.alive().annotate(
            has_role=Exists(roles), is_run=Exists(runs), own=Subquery(own[:1]), more=Subquery(own[1:2])
        )
    )
    places = []
    ours = [round.own for round in rounds if round.own]
    if len(ours) == 1 and not any(round.more for round in rounds):
        places.append(Place(_("Our application"), reverse("applications:application", args=ours), 30))
    elif ours:
        places.append(Place(_("Our applications"), reverse("applications:mine"), 30))
    elif calls := [round for round in rounds if round.is_open and not round.has_role]:
        # Those who run or judge the round are not asked to apply in it, since that would bar them from judging.
        places.append(Place(_("Apply"), reverse("applications:begin", args=[calls[0].pk]), 30))
    run = [round for round in rounds if round.is_run]
    if run:
        places.append(Place(_("Applications"), reverse("applications:list", args=[run[0].pk]), 35))
    return places
