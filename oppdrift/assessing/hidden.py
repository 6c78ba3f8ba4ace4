"""What of a round is not for whoever runs it, counted: it stands beside every list that is without it."""

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from oppdrift.applications.models import Application
from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.prepared import prepared


class Hidden(NamedTuple):
    """Applications that are handed in, by why their text and judgement are not for the reader."""

    barred: int  # disqualified from
    handled: int  # of these: somebody else has the case
    nobodys: int  # of these and the reader's own: no lead and no substitute may handle it
    undeclared: int  # the reader leads it, and has not said whether they have ties to it


def hidden_from(person: Person, round: Round) -> Hidden:
    """One statement."""
    return Hidden(*(_hidden.first(person, round) or (0, 0, 0, 0)))


@prepared
def _hidden(person: Person, round: Round) -> QuerySet:
    of_round = Idea.objects.filter(round=round)
    nobodys = of_round.filter(sight.barred(person)).filter(sight.nobody_is_free())
    undeclared = of_round.filter(sight.leading(person)).exclude(sight.is_declared(person))
    barred = Q(idea__in=sight.disqualified(person))
    counts = {
        "barred": Count("pk", filter=barred),
        "handled": Count("pk", filter=barred & ~Q(idea__in=nobodys)),
        "nobodys": Count("pk", filter=Q(idea__in=nobodys)),
        "undeclared": Count("pk", filter=Q(idea__in=undeclared)),
    }
    handed_in = Application.objects.in_round(round).handed_in().order_by()
    return handed_in.values("round").annotate(**counts).values_list(*counts)
