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
    runs = Role.objects.in_force().filter(
        round=OuterRef("pk"), person=person, kind__in=[Role.Kind.LEAD, Role.Kind.SUBSTITUTE]
    )
    teams = Part.objects.in_force().filter(person=person, kind=Part.Kind.TEAM).values("idea")
    own = Application.objects.filter(round=OuterRef("pk"), idea__in=teams).order_by("-pk").values("pk")
    rounds = list(
        Round.objects.alive()
        .annotate(is_run=Exists(runs), own=Subquery(own[:1]), more=Subquery(own[1:2]))
        .values_list("pk", "is_run", "own", "more")
    )
    places = []
    ours = [own for _pk, _runs, own, _more in rounds if own]
    if len(ours) == 1 and not any(more for *_rest, more in rounds):
        places.append(Place(_("Our application"), reverse("applications:application", args=ours), 30))
    elif ours:
        places.append(Place(_("Our applications"), reverse("applications:mine"), 30))
    run = [pk for pk, is_run, *_rest in rounds if is_run]
    if run:
        places.append(Place(_("Applications"), reverse("applications:list", args=run[:1]), 35))
    return places
