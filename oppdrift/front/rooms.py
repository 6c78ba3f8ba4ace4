"""The rooms that are asked for steps, places and words, in the order of the programme."""

from oppdrift.applications import events as applications_events
from oppdrift.applications import menu as applications_menu
from oppdrift.applications import steps as applications_steps
from oppdrift.archive import events as archive_events
from oppdrift.archive import menu as archive_menu
from oppdrift.archive import steps as archive_steps
from oppdrift.assessing import events as assessing_events
from oppdrift.assessing import menu as assessing_menu
from oppdrift.assessing import steps as assessing_steps
from oppdrift.benefits import events as benefits_events
from oppdrift.benefits import menu as benefits_menu
from oppdrift.benefits import steps as benefits_steps
from oppdrift.deciding import events as deciding_events
from oppdrift.deciding import menu as deciding_menu
from oppdrift.deciding import steps as deciding_steps
from oppdrift.gatherings import events as gatherings_events
from oppdrift.gatherings import menu as gatherings_menu
from oppdrift.gatherings import steps as gatherings_steps
from oppdrift.history import events as history_events
from oppdrift.ideas import events as ideas_events
from oppdrift.ideas import menu as ideas_menu
from oppdrift.leadership import events as leadership_events
from oppdrift.leadership import menu as leadership_menu
from oppdrift.leadership import steps as leadership_steps
from oppdrift.people import events as people_events
from oppdrift.people import menu as people_menu
from oppdrift.pitching import events as pitching_events
from oppdrift.pitching import menu as pitching_menu
from oppdrift.pitching import steps as pitching_steps
from oppdrift.projects import events as projects_events
from oppdrift.projects import menu as projects_menu
from oppdrift.projects import steps as projects_steps
from oppdrift.rounds import events as rounds_events
from oppdrift.rounds import menu as rounds_menu
from oppdrift.rounds import steps as rounds_steps
from oppdrift.sharing import events as sharing_events
from oppdrift.sharing import menu as sharing_menu
from oppdrift.sharing import steps as sharing_steps
from oppdrift.toolbox.once import remembering
from oppdrift.toolbox.steps import Place, Step

from . import menu, outbox

STEPS = [
    rounds_steps, gatherings_steps, applications_steps, assessing_steps, pitching_steps, deciding_steps, projects_steps,
    leadership_steps, benefits_steps, sharing_steps, archive_steps, outbox,
]  # fmt: skip
PLACES = [
    people_menu, rounds_menu, ideas_menu, gatherings_menu, applications_menu, assessing_menu, pitching_menu,
    deciding_menu, projects_menu, leadership_menu, benefits_menu, sharing_menu, archive_menu, menu,
]  # fmt: skip
SENTENCES = {
    verb: sentence
    for room in [
        people_events, history_events, rounds_events, ideas_events, gatherings_events, applications_events,
        assessing_events, pitching_events, deciding_events, projects_events, leadership_events, benefits_events,
        sharing_events, archive_events,
    ]
    for verb, sentence in room.SENTENCES.items()
}  # fmt: skip


def steps_for(person) -> list[Step]:
    """Everything the person owes or may do next, the most urgent first."""
    with remembering():
        steps = [step for room in STEPS for step in room.steps_for(person)]
    return sorted(steps, key=lambda step: step.order)


def places_for(person) -> list[Place]:
    """Where the person may go, in the order of the menu."""
    places = [place for room in PLACES for place in room.places_for(person)]
    return sorted(places, key=lambda place: place.order)
