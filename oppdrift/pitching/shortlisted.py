"""Which teams pitch: picked, told so, and not turned down."""

from oppdrift.applications.models import Application
from oppdrift.assessing.models import OfferAnswer
from oppdrift.ideas.models import Decision, Idea
from oppdrift.rounds.models import Round


def decisions():
    """Of all rounds: places in the pitch that a team has been given and not refused."""
    picked = Decision.objects.known().at(Decision.Stage.SHORTLIST).filter(outcome=Decision.Outcome.ADMITTED)
    return picked.exclude(offer__answer=OfferAnswer.Choice.NO)


def ideas_of(round: Round) -> list[Idea]:
    """In the order of the alphabet. One that has withdrawn its application does not pitch."""
    gone = Application.objects.filter(round=round, state=Application.State.WITHDRAWN)
    picked = Idea.objects.filter(round=round, withdrawn_at=None, pk__in=decisions().values("idea"))
    return list(picked.exclude(pk__in=gone.values("idea")).alphabetically())
