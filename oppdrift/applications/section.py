"""What pages show around an application. The record of an idea asks here too."""

from typing import Any

from oppdrift.gatherings.models import Note
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person

from .models import Application, Endorsement
from .policies import may_begin


def support(endorsement: Endorsement | None) -> str:
    """The name of its status in the look."""
    if endorsement is None:
        return "missing"
    return {"": "waiting", "supports": "supported", "supports_if": "supported", "not_now": "declined"}[
        endorsement.answer
    ]


def surrounding(application: Application, reader: Person) -> dict[str, Any]:
    """Leader's support, team and advice, as they stand beside the text. Three statements."""
    team = list(application.idea.team())
    endorsement = application.endorsements.in_force().select_related("person").first()
    return {
        "idea": application.idea,
        "team": team,
        "own_part": next((part for part in team if part.person_id == reader.pk), None),
        "endorsement": endorsement,
        "support": support(endorsement),
        "notes": list(Note.objects.seen_by(reader).about(application.idea)),
    }


def about(idea: Idea, person: Person) -> dict[str, Any]:
    """For `applications/_section.html`: the idea's application, or that one may apply with it. Few statements."""
    application = Application.objects.seen_by(person).filter(idea=idea).select_related("round", "idea").first()
    round = idea.round if application is None and idea.withdrawn_at is None else None
    may_apply = bool(round and may_begin(person, round, idea))
    version = application.latest() if application else None
    return {"idea": idea, "application": application, "version": version, "may_apply": may_apply}
