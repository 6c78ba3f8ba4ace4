"""The list of ideas: all of them as most people see it, in questions worded once, or what somebody looks for."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value

from oppdrift.people.models import Person
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


class Everything:
    """All that the person sees, newest first, to be cut into pages."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def count(self) -> int:
        return _count.first(self.person) or 0

    def __getitem__(self, part: slice) -> list[Idea]:
        return _shown.part(part, self.person)


@prepared
def _shown(person: Person) -> QuerySet[Idea]:
    return with_lead(seen_by(person), person)


@prepared
def _count(person: Person) -> QuerySet[Idea, int]:
    together = seen_by(person).order_by().values(one=Value(1))
    return together.annotate(n=Count("pk")).values_list("n", flat=True)


def hidden_from(person: Person) -> int:
    """How many there are that impartiality hides. One statement."""
    return _hidden.first(person) or 0


@prepared
def _hidden(person: Person) -> QuerySet[Idea, int]:
    together = Idea.objects.alive().hidden_from(person).filter(shared=False).order_by().values(one=Value(1))
    return together.annotate(n=Count("pk")).values_list("n", flat=True)
