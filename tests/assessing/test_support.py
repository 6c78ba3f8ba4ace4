"""What the leader has said to the team stands beside the text that is assessed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oppdrift.applications.models import Endorsement
from tests.scenes import starts_from

from .making import make_assessor, make_assigned, make_led_round


def make_case():
    round, lead = make_led_round()
    emil = make_assessor(round, "Emil Fjeldstad", language="en")
    return make_assigned(round, lead, emil), emil


pytestmark = [pytest.mark.django_db, starts_from(make_case)]


@pytest.fixture
def case(scene):
    return scene


def support(application, answer="", **said):
    by = application.idea.team().first().person
    asked = Endorsement.ask(application, name="Lars Moen", address="lars@fjordvik.example", by=by)
    if answer:
        asked.give_answer(answer, **said)
    return asked


def page_of(client, application, person):
    client.force_login(person)
    return client.get(reverse("assessing:assess", args=[application.pk])).content.decode()


def test_an_assessor_reads_answer_hours_and_words(client, case):
    application, emil = case
    support(application, "supports_if", hours=40, words="Når vikaren er på plass.")

    page = page_of(client, application, emil)

    assert "Lars Moen supports it, on a condition" in page
    assert "40 hours for the team in the year" in page
    assert "Når vikaren er på plass." in page


def test_an_assessor_sees_that_a_leader_has_not_answered_or_was_not_asked(client, case):
    application, emil = case

    before = page_of(client, application, emil)
    support(application)
    after = page_of(client, application, emil)

    assert "The team has not asked a leader" in before
    assert "Lars Moen has been asked and has not answered" in after


def test_an_answer_of_a_leader_who_is_no_longer_asked_is_not_shown(client, case):
    application, emil = case
    support(application, "supports", words="Gjerne.").take_back(by=application.idea.team().first().person)

    assert "Gjerne." not in page_of(client, application, emil)


def test_the_support_costs_the_scoring_form_no_statement_of_its_own(client, case):
    application, emil = case
    support(application, "supports")
    page_of(client, application, emil)

    with CaptureQueriesContext(connection) as caught:
        client.get(reverse("assessing:assess", args=[application.pk]))

    about = [one["sql"] for one in caught if "applications_endorsement" in one["sql"]]
    assert [sql.startswith('SELECT "applications_version"') for sql in about] == [True]
    assert len(caught) <= 10
