"""The lead gives out applications by hand; nothing is given to those who may not read."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from oppdrift.applications.models import Application
from oppdrift.assessing.models import Assignment, Declaration, Standing
from oppdrift.assessing.queue import held, left_behind, unread
from oppdrift.assessing.steps import steps_for
from oppdrift.front.year import YearOf
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.toolbox.answers import NotNow
from tests.assessing.making import hand_in, make_assessor, make_assigned, make_led_round
from tests.factories import make_application, make_person
from tests.scenes import starts_from

pytestmark = pytest.mark.django_db


def make_one_assigned():
    spring, lead = make_led_round()
    emil = make_assessor(spring, "Emil Fjeldstad")
    return spring, lead, emil, make_assigned(spring, lead, emil)


one_assigned = starts_from(make_one_assigned)


@one_assigned
def test_an_assignment_lets_the_assessor_judge_and_its_end_takes_that_away(scene):
    _spring, lead, emil, application = scene
    judged = Idea.objects.judged_by(emil).exists()

    Assignment.objects.get().end(by=lead)

    assert judged
    assert not Idea.objects.judged_by(emil).exists()
    assert Standing.objects.get(application=application).assigned == 0
    assert list(Event.objects.filter(verb__startswith="assignment.").values_list("verb", flat=True)) == [
        "assignment.ended",
        "assignment.given",
    ]


@one_assigned
def test_given_twice_it_stands_once(scene):
    _spring, lead, emil, application = scene

    again = Assignment.give(application, emil, by=lead)

    assert again == Assignment.objects.get()


@pytest.mark.db_rules
@one_assigned
def test_the_table_itself_holds_that_it_is_assigned_once(scene):
    _spring, _lead, emil, application = scene

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(application=application, assessor=emil)


@one_assigned
def test_what_counts_is_not_taken_away(scene):
    _spring, lead, emil, application = scene
    hand_in(application, emil)

    with pytest.raises(NotNow, match="Emil Fjeldstad has handed in"):
        Assignment.objects.get().end(by=lead)


def test_only_assessors_of_the_round_are_asked_and_only_about_what_is_handed_in():
    spring, lead = make_led_round()
    stranger, emil = make_person("Kari"), make_assessor(spring)
    draft, ready = make_application(round=spring), make_application(round=spring, submitted=True)
    Declaration.declare(draft.idea, "none", by=emil)

    with pytest.raises(NotNow, match="not an assessor"):
        Assignment.give(ready, stranger, by=lead)
    with pytest.raises(NotNow, match="not handed in"):
        Assignment.give(draft, emil, by=lead)


def test_a_table_of_changes_is_made_whole_or_not_at_all_and_says_where_it_stopped():
    spring, lead = make_led_round()
    emil, berit = make_assessor(spring), make_assessor(spring)
    first = make_assigned(spring, lead, emil)
    second = make_application(round=spring, submitted=True, title="Nattro")
    Declaration.declare(first.idea, "none", by=berit)

    with pytest.raises(NotNow, match=r"^Nattro: "):
        Assignment.rearrange(give=[(first, berit), (second, berit)], end=[], by=lead)
    assert Assignment.objects.in_force().count() == 1
    Declaration.declare(second.idea, "none", by=berit)
    changed = Assignment.rearrange(
        give=[(first, berit), (second, berit)], end=Assignment.objects.in_force().of(emil), by=lead
    )

    assert changed == (2, 1)
    assert set(Assignment.objects.in_force().values_list("application", "assessor")) == {
        (first.pk, berit.pk),
        (second.pk, berit.pk),
    }


def test_what_somebody_was_to_read_when_their_role_ended_counts_as_read_by_nobody():
    spring, lead = make_led_round(assess_by="2020-01-01T12:00")
    emil, amina = make_assessor(spring, "Emil"), make_assessor(spring, "Amina")
    open_one = make_assigned(spring, lead, emil)
    done = make_assigned(spring, lead, emil, amina)
    hand_in(done, emil)

    spring.roles.get(person=emil).end(by=lead)

    without = Application.objects.in_round(spring).filter(unread())
    assert list(without) == [open_one]
    assert [row.application for row in left_behind(Assignment.objects.all())] == [open_one]
    assert held(Assignment.objects.all()).count() == 2
    assert [late.name for late in YearOf(spring, lead).late] == ["Amina"]
    assert (YearOf(spring, lead).counts.asked, YearOf(spring, lead).counts.done) == (2, 1)


def test_the_table_shows_who_left_and_takes_all_of_theirs_away_at_once(client):
    spring, lead = make_led_round()
    emil, amina = make_assessor(spring, "Emil Fjeldstad"), make_assessor(spring)
    done = make_assigned(spring, lead, emil)
    for _ in range(2):
        make_assigned(spring, lead, emil, amina)
    hand_in(done, emil)
    spring.roles.get(person=emil).end(by=lead)
    client.force_login(lead)

    page = client.get(reverse("assessing:assignment", args=[spring.pk])).content.decode()
    client.post(reverse("assessing:take_away", args=[spring.pk]))

    assert "Emil Fjeldstad" in page
    assert [row.application for row in Assignment.objects.in_force().of(emil)] == [done]
    assert Assignment.objects.in_force().of(amina).count() == 2
    assert Standing.objects.get(application=done).assigned == 1


@one_assigned
def test_the_lead_owes_others_what_is_left_behind(scene):
    spring, lead, emil, _application = scene
    address = reverse("assessing:assignment", args=[spring.pk])
    before = [step.url for step in steps_for(lead)]

    spring.roles.get(person=emil).end(by=lead)

    assert address not in before
    assert address in [step.url for step in steps_for(lead)]
