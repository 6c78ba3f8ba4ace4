"""The reference year of the programme, told by the demo's deeds, has the numbers that the programme is known by."""

import datetime as dt

import pytest

from oppdrift.demo.build import Year, build
from oppdrift.demo.calendar import STAGES, Calendar, NoSuchStage
from oppdrift.rounds.models import Round
from oppdrift.toolbox import clock
from tests.stories import stages
from tests.stories.walking import pages_that_fail

pytestmark = pytest.mark.django_db

DEADLINE = "2019-02-15T12:00"


def a_moment_of(stage: str, calendar: Calendar) -> dt.datetime:
    """When it is the stage that a demo of today would be asked for, in a year whose call is open today."""
    if stage == "pitch-day":
        return calendar.moment("2019-04-24T08:00")
    return clock.now() + (STAGES[stage] - STAGES["call"])


def test_the_year_from_the_open_call_to_what_was_measured_two_years_later(client):
    calendar = Calendar.with_today_at("call")
    year = Year(calendar)

    for stage, is_as_known in stages.AT.items():
        with clock.at(a_moment_of(stage, calendar)):
            year.tell(stage)

            is_as_known()
            assert pages_that_fail(client) == [], stage
    assert year.round.deadline == calendar.moment(DEADLINE)


@pytest.mark.thorough
@pytest.mark.parametrize("stage", STAGES)
def test_a_demo_that_is_asked_for_a_stage_is_there_today(stage, client):
    build(stage)

    assert Round.objects.filter(deadline=Calendar.with_today_at(stage).moment(DEADLINE)).exists()
    stages.AT[stage]()
    assert pages_that_fail(client) == []


def test_every_stage_has_its_check():
    assert list(stages.AT) == list(STAGES)


def test_a_stage_that_the_year_does_not_have_is_refused():
    with pytest.raises(NoSuchStage):
        build("easter")
