"""What `projects/_section.html` shows of an idea to one reader. The record of an idea asks here."""

from typing import Any

from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person

from .models import Project


def about(idea: Idea, person: Person) -> dict[str, Any]:
    """The idea's project, for those who see it. One statement."""
    seen = Project.objects.seen_by(person).filter(idea=idea).with_contact().with_guidance()
    return {"project": seen.select_related("owner", "grant").first()}
