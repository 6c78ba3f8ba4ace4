"""What `leadership/_section.html` shows of an idea to one reader. The record of an idea asks here."""

from typing import Any

from oppdrift.applications.models import Promise
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Stage

from .following import with_words
from .policies import is_followed


def about(idea: Idea, person: Person) -> dict[str, Any]:
    """The promises that the reader sees, where the round follows them up. Two statements."""
    if not (idea.round and (idea.round.uses(Stage.LEADERSHIP) or idea.round.uses(Stage.PROJECTS))):
        return {"promises": []}
    seen = with_words(Promise.objects.seen_by(person).in_force().about(idea))
    return {"promises": [promise for promise in seen if is_followed(promise)]}
