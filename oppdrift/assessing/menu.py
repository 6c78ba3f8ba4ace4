"""Where assessing is found in the menu."""

from django.urls import reverse
from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.round import Stage
from oppdrift.toolbox.steps import Place


def places_for(person: Person) -> list[Place]:
    """Assessors their queue, the lead the newest round that assesses. One statement."""
    kinds = [Role.Kind.ASSESSOR, Role.Kind.LEAD, Role.Kind.SUBSTITUTE]
    roles = Role.objects.in_force().filter(person=person, kind__in=kinds, round__in=Round.objects.alive())
    rows = [
        (kind, round)
        for kind, round, stages in roles.order_by("round__year", "round").values_list("kind", "round", "round__stages")
        if Stage.ASSESSING in stages
    ]
    places = []
    if any(kind == Role.Kind.ASSESSOR for kind, _round in rows):
        places.append(Place(_("My assessments"), reverse("assessing:queue"), 15))
    if led := [round for kind, round in rows if kind != Role.Kind.ASSESSOR]:
        places.append(Place(_("Assessment"), reverse("assessing:progress", args=[led[-1]]), 25))
    return places
