"""The record of an idea: what the rooms know of it, and what has happened, as far as one reader may see."""

from typing import Any

from django.utils.translation import gettext as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person

from .rooms import SENTENCES

# What the team may read of the history. Who judges, and how, is in none of these.
FOR_THE_TEAM = (
    "idea.", "part.team", "part.lead", "part.owner", "part.endorser", "part.coach", "application.", "endorsement.",
    "note.", "improvement.", "decision.released", "offer.", "part.benefit", "benefit.", "baseline.", "measurement.",
    "adoption.", "showcase.", "slot.", "rehearsal.booked", "rehearsal.given_back", "pitch.placed",
    "promise.", "project.", "agreement.", "grant.", "transfer.", "session.", "check_in.", "report.",
)  # fmt: skip
FEW = 100


def history_of(idea: Idea, reader: Person, leads: bool) -> list[dict[str, Any]]:
    """What happened to the idea, newest first; all of it for who leads the case, the team's part for the others."""
    verbs = [verb for verb in SENTENCES if leads or verb.startswith(FOR_THE_TEAM)]
    events = Event.objects.about(idea).filter(verb__in=verbs).select_related("by")[:FEW]
    return [{"at": event.at, "words": in_words(event)} for event in events]


def in_words(event: Event) -> str:
    """The sentence of an event, in the reader's language."""
    by = event.by.name if event.by else _("The program")
    return SENTENCES[event.verb] % {**event.data, "by": by}
