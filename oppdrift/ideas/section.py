"""What `ideas/_section.html` shows of an idea to one reader. The record of an idea asks here too."""

from typing import Any

from oppdrift.people.models import Person

from .models import Decision, Idea
from .policies import leads, may_read


def about(idea: Idea, person: Person) -> dict[str, Any]:
    """Team, what was decided, and what this reader may do. A handful of statements."""
    team = list(idea.team())
    own = next((part for part in team if part.person_id == person.pk), None)
    may_manage = own is not None or leads(person, idea)
    return {
        "idea": idea,
        "may_read": may_read(person, idea),
        "team": team,
        "own_part": own,
        "may_change": bool(own and idea.can_change()),
        "may_invite": bool(may_manage and idea.can_change()),
        "may_end": may_manage and len(team) > 1,
        "may_withdraw": bool(own and idea.can_withdraw()),
        "may_take_up": bool(own and idea.can_take_up()),
        "decisions": list(Decision.objects.seen_by(person).known().filter(idea=idea)),
    }
