"""What `assessing/_section.html` shows of an idea to one reader. The record of an idea asks here."""

from typing import Any

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person

from .models import Improvement


def about(idea: Idea, person: Person) -> dict[str, Any]:
    """What the team is asked to make clearer, and where its answer is. Two statements."""
    asked = Improvement.objects.invited().seen_by(person).filter(application__idea=idea)
    answered = Decision.objects.known().at(Decision.Stage.SHORTLIST).filter(idea=idea)
    close = Idea.objects.of(person) | Idea.objects.cleared_for(person)
    return {
        "improvement": asked.select_related("gathering__appointment", "application").first(),
        "told": answered.filter(idea__in=close.values("pk")).first(),
    }


def asked_of(application: Application, person: Person) -> str:
    """What the team is asked to make clearer, in the words it was told; "" before that. `settings.ASKED_OF_TEAM` names
    it for the page where the team writes. One statement.
    """
    asked = Improvement.objects.invited().seen_by(person).filter(application=application)
    return asked.values_list("unclear", flat=True).first() or ""
