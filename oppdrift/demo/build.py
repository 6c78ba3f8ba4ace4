"""Fill an empty database with the reference year, as far as a stage of it."""

from django.db import transaction
from django.db.models import F

from oppdrift.front.of_people import demo_people
from oppdrift.history.models import Message
from oppdrift.ideas.models import Idea
from oppdrift.toolbox import clock

from . import applying, beginning, cast, earlier, judging, load
from .calendar import Calendar
from .story import Story

# How far the year has come in each stage, whatever the hour: only the call runs on today's clock.
TOLD_UNTIL = {"assessing": "2019-03-01T16:00", "improving": "2019-03-07T08:00", "shortlist": "2019-03-19T08:00"}


@transaction.atomic
def build(stage: str, size: int = 0) -> None:
    """The year so that today is in `stage`, with `size` more invented applications for load. Raises NoSuchStage."""
    calendar = Calendar.with_today_at(stage)
    story = Story(calendar)
    units = cast.make_units(calendar)
    story.people = cast.make_people(units)
    cast.name_leaders(units, story.people)

    earlier.bring_in_earlier_rounds(story)
    round = beginning.plan_round(story)
    ideas: dict[str, Idea] = {}
    beginning.share_ideas(story, round, units, ideas)
    held = beginning.hold_gatherings(story, round)
    beginning.write_notes(story, held, ideas)
    applications = applying.write_applications(story, round, ideas)
    judging.declare_ties(story, applications)
    judging.assign(story, applications)
    judging.assess(story, applications)
    judging.improve(story, applications, held)
    judging.pick(story, applications)

    story.tell(TOLD_UNTIL.get(stage) or calendar.reference(clock.now()))
    load.load(round, size)
    send_letters()


def send_letters() -> None:
    """Letters that were let go have arrived, each a minute after it was due."""
    gone = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=clock.now())
    gone.update(state=Message.State.SENT, sent_at=F("due_at"), attempts=1)


def people() -> list[tuple[str, str]]:
    """(role, name) of those whom a visitor can be."""
    return [(one["role"], one["person"].name) for one in demo_people()]
