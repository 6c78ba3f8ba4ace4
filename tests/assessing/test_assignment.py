"""The lead gives out applications by hand; nothing is given to those who may not read."""

import pytest
from django.db import IntegrityError, transaction

from oppdrift.assessing.models import Assignment, Declaration, Standing
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.toolbox.answers import NotNow
from tests.assessing.making import hand_in, make_assessor, make_assigned, make_led_round
from tests.factories import make_application, make_person

pytestmark = pytest.mark.django_db


def test_an_assignment_lets_the_assessor_judge_and_its_end_takes_that_away():
    spring, lead = make_led_round()
    emil = make_assessor(spring)
    application = make_assigned(spring, lead, emil)
    judged = Idea.objects.judged_by(emil).exists()

    Assignment.objects.get().end(by=lead)

    assert judged
    assert not Idea.objects.judged_by(emil).exists()
    assert Standing.objects.get(application=application).assigned == 0
    assert list(Event.objects.filter(verb__startswith="assignment.").values_list("verb", flat=True)) == [
        "assignment.ended",
        "assignment.given",
    ]


def test_given_twice_it_stands_once():
    spring, lead = make_led_round()
    emil = make_assessor(spring)
    application = make_assigned(spring, lead, emil)

    again = Assignment.give(application, emil, by=lead)

    assert again == Assignment.objects.get()


@pytest.mark.db_rules
def test_the_table_itself_holds_that_it_is_assigned_once():
    spring, lead = make_led_round()
    emil = make_assessor(spring)
    application = make_assigned(spring, lead, emil)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(application=application, assessor=emil)


def test_what_counts_is_not_taken_away():
    spring, lead = make_led_round()
    emil = make_assessor(spring, "Emil Fjeldstad")
    application = make_assigned(spring, lead, emil)
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
