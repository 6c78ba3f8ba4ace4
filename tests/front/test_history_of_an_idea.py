"""What has happened to an idea, as each reader may know it."""

import pytest

from oppdrift.front.record import FEW, history_of
from oppdrift.history.models import Event
from tests.factories import make_idea, make_person

pytestmark = pytest.mark.django_db


def test_what_the_team_may_not_read_takes_no_place_from_what_it_may():
    person = make_person()
    idea = make_idea(team=[person])
    Event.record("project.started", idea, by=person)
    for _ in range(FEW):
        Event.record("assessment.handed_in", idea, by=person, number=1)

    assert len(history_of(idea, person, leads=False)) == 1
    assert len(history_of(idea, person, leads=True)) == FEW
