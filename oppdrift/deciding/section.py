"""What `deciding/_section.html` shows of an idea to one reader. The record of an idea asks here."""

from typing import Any

from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person

from .candidates import FINAL


def about(idea: Idea, person: Person) -> dict[str, Any]:
    """Where the answer about the decision is. One statement."""
    close = Idea.objects.of(person) | Idea.objects.cleared_for(person)
    return {"decided": Decision.objects.known().at(FINAL).filter(idea=idea, idea__in=close.values("pk")).first()}
