"""What people owe is computed from the state of things."""

import pytest

from oppdrift.applications.menu import places_for
from oppdrift.applications.models import Endorsement
from oppdrift.applications.steps import steps_for
from tests.factories import give_role, make_application, make_person, make_round, make_version, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return make_person("Sunniva Hauge")


@pytest.fixture
def spring(time_machine):
    time_machine.move_to(moment("2026-02-01T12:00"), tick=False)
    return make_round(deadline="2026-02-13T12:00")


def test_a_draft_is_to_be_handed_in_before_the_deadline(writer, spring, time_machine):
    draft = make_application(round=spring, team=[writer])

    [step] = steps_for(writer)
    time_machine.move_to(moment("2026-02-13T12:00:01"), tick=False)

    assert step.due == spring.deadline
    assert step.url.startswith(draft.get_absolute_url())
    assert step.quiet_link is not None
    assert steps_for(writer) == []


def test_nothing_is_owed_once_it_is_handed_in_but_corrections_that_were_begun_are(writer, spring):
    done = make_application(round=spring, team=[writer], submitted=True)
    assert steps_for(writer) == []

    done.reopen(by=writer)

    assert len(steps_for(writer)) == 1


def test_an_invited_team_owes_a_clearer_version_until_it_has_come(writer, spring, time_machine):
    done = make_application(round=spring, team=[writer], submitted=True)
    time_machine.move_to(moment("2026-03-05T12:00"), tick=False)
    done.open_for_improvement(moment("2026-03-12T12:00"), by=make_person())

    [step] = steps_for(writer)
    make_version(done)

    assert step.due == moment("2026-03-12T12:00")
    assert steps_for(writer) == []


def test_a_leader_owes_an_answer_until_it_is_given(spring):
    leader = make_person("Lars", address="lars@fjordvik.example")
    asked = Endorsement.ask(make_application(round=spring), name="Lars", address=leader.email, by=make_person())

    [step] = steps_for(leader)
    asked.give_answer("not_now")

    assert step.url == asked.get_absolute_url()
    assert steps_for(leader) == []


def test_the_menu_shows_each_their_place(writer, spring):
    lead, colleague = make_person(), make_person()
    give_role(spring, lead, "lead")
    draft = make_application(round=spring, team=[writer])

    assert [place.url for place in places_for(writer)] == [draft.get_absolute_url()]
    assert [place.url for place in places_for(lead)] == [f"/applications/round/{spring.pk}/"]
    assert [place.url for place in places_for(colleague)] == [f"/applications/round/{spring.pk}/begin/"]


def test_when_no_call_is_open_a_colleague_has_no_place_here(spring, time_machine):
    time_machine.move_to(moment("2026-02-13T12:00:01"), tick=False)

    assert places_for(make_person()) == []
