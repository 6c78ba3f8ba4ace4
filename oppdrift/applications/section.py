"""What pages show around an application. The record of an idea asks here too."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from oppdrift.gatherings.models import Note
from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person
from oppdrift.toolbox.prepared import prepared

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
    team = _team(application.idea)
    endorsement = _endorsement.first(application.pk)
    return {
        "idea": application.idea,
        "team": team,
        "own_part": next((part for part in team if part.person_id == reader.pk), None),
        "endorsement": endorsement,
        "support": support(endorsement),
        "notes": _notes(reader, application.idea),
    }


@prepared
def _team(idea: Idea) -> QuerySet[Part]:
    return Part.objects.in_force().filter(idea=idea, kind=Part.Kind.TEAM).select_related("person")


@prepared
def _endorsement(application: int) -> QuerySet[Endorsement]:
    return Endorsement.objects.in_force().filter(application=application).select_related("person")


@prepared
def _notes(reader: Person, idea: Idea) -> QuerySet[Note]:
    return Note.objects.seen_by(reader).about(idea)


def asked_of(application: Application, reader: Person) -> str:
    """What is to be made clearer, which a later room knows. One statement, and none when nothing is."""
    return import_string(settings.ASKED_OF_TEAM)(application, reader) if application.is_improving else ""


def about(idea: Idea, person: Person) -> dict[str, Any]:
    """For `applications/_section.html`: the idea's application, or that one may apply with it. Few statements."""
    application = Application.objects.seen_by(person).filter(idea=idea).select_related("round", "idea").first()
    round = idea.round if application is None and idea.withdrawn_at is None else None
    may_apply = bool(round and may_begin(person, round, idea))
    version = application.latest() if application else None
    return {"idea": idea, "application": application, "version": version, "may_apply": may_apply}
