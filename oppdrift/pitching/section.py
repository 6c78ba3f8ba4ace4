"""What `pitching/_section.html` shows of an idea to one reader: once the decision is told, what the panel says.

Deciding and the record of an idea ask here. Words without names, doors with them, own times; no points.
"""

from dataclasses import dataclass
from typing import Any

from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Stage

from . import plan, results
from .models import Attempt, Pitch
from .policies import may_read_feedback


@dataclass
class Feedback:
    pitch: Pitch
    words: list[str]  # ordered by themselves: whose they are, is not to be guessed
    doors: list[Person]  # they have said that the team may know
    time: str  # of the pitch; "" when it was not timed
    rehearsed: list[str]  # of each attempt


def feedback_for(idea: Idea) -> Feedback | None:
    """What the panel says to the team; None when it has not pitched. Four statements."""
    pitch = Pitch.objects.on_stage().filter(idea=idea).exclude(called_at=None).select_related("day").first()
    if pitch is None:
        return None
    ballots = list(results.counted(pitch.day).filter(pitch=pitch).select_related("seat__person"))
    attempts = Attempt.objects.filter(rehearsal__idea=idea).order_by("rehearsal__appointment__starts_at", "number")
    return Feedback(
        pitch=pitch,
        words=sorted(ballot.to_team.strip() for ballot in ballots if ballot.to_team.strip()),
        doors=sorted((ballot.seat.person for ballot in ballots if ballot.opens_door), key=lambda one: one.name_key),
        time=plan.used(pitch.used_ms) if pitch.started_at else "",
        rehearsed=[plan.used(attempt.used_ms) for attempt in attempts],
    )


def about(idea: Idea, person: Person) -> dict[str, Any]:
    """For a page about an idea that the reader sees already."""
    if not (idea.round and idea.round.uses(Stage.PITCHING)) or not may_read_feedback(person, idea):
        return {"feedback": None}
    return {"feedback": feedback_for(idea)}
