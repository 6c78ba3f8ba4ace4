"""Which ideas are spoken of among colleagues, and which have become projects."""

from django.db.models import Q

from oppdrift.assessing.models import OfferAnswer
from oppdrift.ideas.models import Decision, Idea
from oppdrift.ideas.models.finding import IdeaQuerySet
from oppdrift.people.models import Person
from oppdrift.toolbox.clock import now


def open_to_colleagues() -> IdeaQuerySet:
    """Shared with everybody signed in, or published for the world."""
    return Idea.objects.alive().filter(Q(shared=True) | Q(published_at__lte=now()))


def projects() -> IdeaQuerySet:
    """Ideas that go on, with money or with guidance, as far as it has been told and the team has not said no."""
    turned_down = OfferAnswer.objects.filter(answer=OfferAnswer.Choice.NO).values("decision")
    told = Decision.objects.going_on().exclude(pk__in=turned_down)
    return Idea.objects.alive().filter(pk__in=told.values("idea"))


def read_by(person: Person) -> IdeaQuerySet:
    """Whose application and inner matters the person may read: their own, and those they lead and are cleared for."""
    return Idea.objects.of(person) | Idea.objects.cleared_for(person)


def closed_to(person: Person) -> IdeaQuerySet:
    """What somebody who judges does not read: ideas they are barred from, and those they lead but have not said yet to
    have no ties to. Their own are never among them."""
    barred, led = Idea.objects.hidden_from(person), Idea.objects.led_by(person)
    unread = led.exclude(pk__in=Idea.objects.cleared_for(person).values("pk"))
    return Idea.objects.filter(Q(pk__in=barred.values("pk")) | Q(pk__in=unread.values("pk"))).exclude(
        pk__in=Idea.objects.of(person).values("pk")
    )
