"""What a team, its leader and who runs the round meet once the shortlist is released."""

import datetime as dt

import pytest
from django.urls import reverse

from oppdrift.assessing import shortlist
from oppdrift.assessing.steps import steps_for
from oppdrift.toolbox.clock import now
from tests.factories import make_application, make_person

from .making import make_led_round

pytestmark = pytest.mark.django_db


def url(name, thing):
    return reverse(f"assessing:{name}", args=[thing.pk])


@pytest.fixture
def spring_and_lead():
    return make_led_round()


@pytest.fixture
def spring(spring_and_lead):
    return spring_and_lead[0]


@pytest.fixture
def lead(spring_and_lead):
    return spring_and_lead[1]


def tell(spring, lead, outcome="declined", **fields):
    """An application that is told its outcome, and one of its team."""
    member = make_person(language="en")
    application = make_application(round=spring, submitted=True, team=[member], **fields)
    shortlist.decide(application, outcome, reason="Slik er det.", by=lead)
    shortlist.release(spring, by=lead)
    return application, member


@pytest.mark.parametrize(("outcome", "words"), [("declined", "Not this time"), ("admitted", "Admitted")])
def test_the_pages_of_application_and_idea_show_the_outcome_and_lead_to_it(client, spring, lead, outcome, words):
    application, member = tell(spring, lead, outcome)
    client.force_login(member)

    for page in (application.get_absolute_url(), application.idea.get_absolute_url()):
        content = client.get(page).content.decode()
        assert words in content
        assert url("outcome", application) in content


def test_nobody_else_reads_the_outcome_on_the_page_of_an_idea_they_see(client, spring, lead):
    application, _member = tell(spring, lead, shared=True)
    client.force_login(make_person(language="en"))

    content = client.get(application.idea.get_absolute_url()).content.decode()

    assert "Not this time" not in content
    assert url("outcome", application) not in content


def test_before_the_release_the_pages_show_no_outcome(client, spring, lead):
    member = make_person(language="en")
    application = make_application(round=spring, submitted=True, team=[member])
    shortlist.decide(application, "declined", reason="Slik er det.", by=lead)
    client.force_login(member)

    for page in (application.get_absolute_url(), application.idea.get_absolute_url()):
        assert "Not this time" not in client.get(page).content.decode()
    assert steps_for(member) == []


def test_a_team_that_does_not_go_on_has_its_answer_to_read_for_two_weeks(spring, lead, time_machine):
    application, member = tell(spring, lead)

    assert [step.url for step in steps_for(member)] == [url("outcome", application)]
    time_machine.move_to(now() + dt.timedelta(days=15))
    assert steps_for(member) == []


def test_steps_of_a_team_cost_two_statements(spring, lead, django_assert_max_num_queries):
    _application, member = tell(spring, lead)

    with django_assert_max_num_queries(2):
        assert len(steps_for(member)) == 1
