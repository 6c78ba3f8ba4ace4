"""What the lead of a round owes it, and where it stands in the menu."""

import datetime as dt

import pytest

from oppdrift.rounds import menu, steps
from oppdrift.rounds.models import Criterion
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.once import remembering
from tests.factories import give_role, make_person, make_round

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def titles(person) -> list[str]:
    return [step.title for step in steps.steps_for(person)]


def test_the_lead_of_a_draft_publishes_it():
    lead = make_person()
    make_round(lead=lead, name="Oppdrift 2027", published=False, opens_at=now() + DAY)

    assert titles(lead) == ["Publish Oppdrift 2027"]


def test_a_substitute_lead_is_named_before_the_deadline():
    lead = make_person()
    spring = make_round(lead=lead, name="Oppdrift 2026")

    [step] = steps.steps_for(lead)
    give_role(spring, make_person(), "substitute")

    assert (step.title, step.due) == ("Name a substitute lead for Oppdrift 2026", spring.deadline)
    assert titles(lead) == []


def test_a_round_that_is_not_assessed_needs_no_substitute():
    lead = make_person()
    make_round(lead=lead, stages=["call"])

    assert titles(lead) == []


def test_changes_that_are_not_in_force_are_finished():
    lead = make_person()
    spring = make_round(lead=lead, stages=["call"])
    spring.edition_to_edit(by=lead).put(Criterion, "need", by=lead, weight=70)

    assert titles(lead) == ["Finish your changes of the questions and criteria"]


def test_others_owe_the_round_nothing():
    spring, substitute = make_round(published=False), make_person()
    give_role(spring, substitute, "substitute")

    assert titles(substitute) == []
    assert titles(make_person()) == []


def test_steps_and_places_cost_one_statement_each(django_assert_num_queries):
    lead = make_person()
    for _ in range(3):
        make_round(lead=lead)

    with remembering():
        with django_assert_num_queries(1):
            menu.places_for(lead)
        with django_assert_num_queries(1):
            steps.steps_for(lead)


def test_the_menu_leads_to_the_one_round_or_to_the_list():
    lead = make_person()
    spring = make_round(lead=lead)
    assert [place.url for place in menu.places_for(lead)] == [f"/rounds/{spring.pk}/edit/"]

    make_round(lead=lead)
    assert [place.url for place in menu.places_for(lead)] == ["/rounds/"]
    substitute = make_person()
    give_role(spring, substitute, "substitute")
    assert menu.places_for(substitute) == []
    assert menu.places_for(make_person()) == []
    assert [place.url for place in menu.places_for(make_person(runs_programme=True))] == ["/rounds/"]
