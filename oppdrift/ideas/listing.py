"""The list of ideas: all of them as most people see it, in questions worded once, or what somebody looks for."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from oppdrift.people.models import Person
from oppdrift.toolbox.models import how_many
from oppdrift.toolbox.prepared import prepared

from . import sight
from .models import Idea, Part
from .models.finding import IdeaQuerySet


def seen_by(person: Person) -> IdeaQuerySet:
    return Idea.objects.seen_by(person).alive()


def with_lead(ideas: IdeaQuerySet, person: Person) -> IdeaQuerySet:
    """With `lead_name`, and `is_readable`: whoever leads has declared before they read."""
    lead = Part.objects.in_force().filter(idea=OuterRef("pk"), kind=Part.Kind.TEAM).order_by("-leads", "since")
    return ideas.annotate(
        lead_name=Subquery(lead.values("person__name")[:1]),
        is_readable=Q(shared=True) | Q(pk__in=sight.belonging(person)) | sight.is_declared(person),
    )


@prepared
def everything(person: Person) -> QuerySet[Idea]:
    """All that the person sees, newest first."""
    return with_lead(seen_by(person), person)


@prepared
def number(person: Person) -> QuerySet[Idea, int]:
    return how_many(seen_by(person))


@prepared
def hidden(person: Person) -> QuerySet[Idea, int]:
    """How many there are that impartiality hides."""
    return how_many(Idea.objects.alive().hidden_from(person).filter(shared=False))
