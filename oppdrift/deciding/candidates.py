"""Which ideas of a round are decided upon: those that pitched, or else those whose application is handed in."""

from django.db.models import Q, QuerySet

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Decision, Idea
from oppdrift.pitching import shortlisted
from oppdrift.rounds.models import Round, Stage

FINAL = Decision.Stage.FINAL


def candidates(round: Round) -> QuerySet[Idea]:
    """Whoever has been decided upon stays one, so that nobody drops out of the protocol."""
    decided = Decision.objects.in_force().at(FINAL).filter(idea__round=round)
    return Idea.objects.filter(Q(round=round) & (asked(round) | Q(pk__in=decided.values("idea"))))


def asked(round: Round) -> Q:
    """Of ideas: those whose turn it is."""
    if round.uses(Stage.SHORTLIST):
        return is_picked()
    return is_handed_in() if round.uses(Stage.CALL) else Q(withdrawn_at=None)


def is_picked() -> Q:
    """Picked, told so, and has not said no."""
    return Q(withdrawn_at=None, pk__in=shortlisted.decisions().values("idea"))


def is_handed_in() -> Q:
    return Q(pk__in=Application.objects.handed_in().values("idea"))
