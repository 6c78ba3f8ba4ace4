"""Which ideas are spoken of among colleagues, and which have become projects."""

from django.db.models import Q

from oppdrift.ideas.models import Decision, Idea
from oppdrift.ideas.models.idea import IdeaQuerySet
from oppdrift.toolbox.clock import now

Outcome = Decision.Outcome
GOES_ON = (Outcome.ADMITTED, Outcome.GUIDANCE)


def open_to_colleagues() -> IdeaQuerySet:
    """Shared with everybody signed in, or published for the world."""
    return Idea.objects.alive().filter(Q(shared=True) | Q(published_at__lte=now()))


def projects() -> IdeaQuerySet:
    """Ideas that go on, with money or with guidance, as far as it has been told."""
    told = Decision.objects.known().at(Decision.Stage.FINAL).filter(outcome__in=GOES_ON)
    return Idea.objects.alive().filter(pk__in=told.values("idea"))
