"""Fill an empty database with the reference year, as far as a stage of it."""

from django.db import transaction
from django.db.models import F

from oppdrift.applications.models import Application
from oppdrift.front.of_people import demo_people
from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Message
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Unit
from oppdrift.rounds.models import Round
from oppdrift.toolbox import clock
from oppdrift.toolbox.planning import learn_how_many_rows

from . import (
    applying,
    beginning,
    cast,
    coming,
    deciding,
    earlier,
    judging,
    learning,
    load,
    measuring,
    pitching,
    running,
    telling,
    world,
)
from .calendar import Calendar
from .story import Story

Held = dict[str, Gathering]  # by slug

# How far the year has come in each stage, whatever the hour: only the call runs on today's clock.
TOLD_UNTIL = {
    "assessing": "2019-03-01T16:00", "improving": "2019-03-07T08:00", "shortlist": "2019-03-19T08:00",
    "pitch-day": "2019-04-24T08:00", "decision": "2019-04-26T12:00", "autumn": "2019-11-05T16:00",
    "conference": "2020-01-13T16:00", "afterwards": "2022-02-01T16:00",
}  # fmt: skip


@transaction.atomic
def build(stage: str, size: int = 0) -> None:
    """The year so that today is in `stage`, with `size` more invented applications for load. Raises NoSuchStage."""
    Year(Calendar.with_today_at(stage)).tell(stage, size)


class Year:
    """The reference year from its beginning; each stage is told from where the one before it ended."""

    def __init__(self, calendar: Calendar):
        self.calendar, self.story = calendar, Story(calendar)
        units = cast.make_units(calendar)
        self.story.people = cast.make_people(units)
        cast.name_leaders(units, self.story.people)
        self.round, self.held, self.applications = as_far_as_the_shortlist(self.story, units)
        self.is_told_further = False

    def tell(self, stage: str, size: int = 0) -> None:
        """Until the stage, nothing of it later than now."""
        until = TOLD_UNTIL.get(stage) or self.calendar.reference(clock.now())
        self.story.tell(min(until, pitching.RELEASED))
        load.load(self.round, size)
        if until > pitching.RELEASED:
            if not self.is_told_further:
                what_came_of_it(self.story, self.round, self.held, self.applications)
            self.is_told_further = True
            self.story.tell(until)
        send_letters()
        learn_how_many_rows()


def as_far_as_the_shortlist(story: Story, units: dict[str, Unit]) -> tuple[Round, Held, dict[int, Application]]:
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
    return round, held, applications


def what_came_of_it(story: Story, round: Round, held: Held, applications: dict[int, Application]) -> None:
    """From the release of the shortlist on; by now every idea is there."""
    pitching.release(story, round, applications)
    pitching.rehearse(story, applications, held)
    pitching.prepare(story, round, applications)
    pitching.pitch(story, round, applications)
    deciding.decide(story, round, applications)
    ideas = {project["number"]: applications[project["number"]].idea for project in world.projects()}
    running.run(story, ideas, held)
    learning.lead_and_learn(story, round, ideas)
    measuring.measure(story, ideas)
    measuring.spread(story, ideas)
    telling.help_each_other(story, round, ideas)
    telling.learn(story, ideas)
    telling.show(story, ideas)
    telling.hold_conference(story, round, ideas)
    telling.give_prizes(story, round, ideas)
    telling.tell(story, round, ideas)
    coming.go_on(story, round)


def send_letters() -> None:
    """Letters that were let go have arrived, each a minute after it was due."""
    gone = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=clock.now())
    gone.update(state=Message.State.SENT, sent_at=F("due_at"), attempts=1)


def people() -> list[tuple[str, str]]:
    """(role, name) of those whom a visitor can be."""
    return [(one["role"], one["person"].name) for one in demo_people()]
