"""Decisions: one in force an idea and stage, corrected by a new row, told all at one moment."""

import pytest
from django.db import IntegrityError, transaction

from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision
from oppdrift.toolbox.answers import NotNow
from tests.factories import disqualify, give_part, make_idea, make_person, make_round

pytestmark = pytest.mark.django_db


def decide(idea, outcome="admitted", stage="shortlist", **fields):
    return Decision.make(
        idea, stage, outcome, reason=fields.pop("reason", "Klart behov."), by=fields.pop("by", None), **fields
    )


def test_a_decision_is_pending_until_it_is_released():
    decision = decide(make_idea(), by=make_person())

    assert list(Decision.objects.pending()) == [decision]
    assert not Decision.objects.known().exists()


def test_a_new_decision_takes_the_place_of_the_old_and_keeps_it():
    idea = make_idea()
    first = decide(idea, "declined")

    second = decide(idea, "admitted", amount=300_000)

    assert second.replaces == first
    assert list(Decision.objects.in_force()) == [second]
    assert Decision.objects.count() == 2
    assert Event.objects.first().data == {"stage": "shortlist", "outcome": "admitted", "instead": True}


def test_the_two_stages_are_judged_apart():
    idea = make_idea()

    decide(idea, stage="shortlist")
    decide(idea, "reserve", stage="final")

    assert Decision.objects.in_force().count() == 2


def test_a_decision_needs_a_reason():
    with pytest.raises(NotNow, match="reason"):
        decide(make_idea(), reason="  ")


def test_no_money_goes_to_the_declined():
    with pytest.raises(NotNow, match="Money"):
        decide(make_idea(), "declined", amount=1)


def test_a_release_is_one_moment_for_all():
    lead = make_person()
    decisions = [decide(make_idea()), decide(make_idea(), "declined"), decide(make_idea(), "guidance_only")]

    assert Decision.release(decisions, by=lead) == 3

    moments = set(Decision.objects.values_list("released_at", flat=True))
    assert len(moments) == 1
    assert None not in moments
    assert Event.objects.filter(verb="decision.released", by=lead).count() == 3


def test_a_release_is_all_or_nothing():
    done, pending = decide(make_idea()), decide(make_idea())
    Decision.release([done], by=make_person())

    with pytest.raises(NotNow, match="already"):
        Decision.release([pending, done], by=make_person())

    assert list(Decision.objects.pending()) == [pending]


def test_a_replaced_decision_is_not_released():
    idea = make_idea()
    first = decide(idea, "declined")
    decide(idea, "admitted")

    with pytest.raises(NotNow, match="taken its place"):
        Decision.release([first], by=make_person())


def test_a_correction_in_the_making_does_not_hide_what_was_told():
    idea = make_idea()
    told = decide(idea, "declined")
    Decision.release([told], by=make_person())

    correction = decide(idea, "guidance_only")
    assert list(Decision.objects.known()) == [told]

    Decision.release([correction], by=make_person())
    assert list(Decision.objects.known()) == [correction]


def test_pending_decisions_are_seen_by_the_lead_and_released_ones_by_those_close():
    lead, assessor, barred, colleague = make_person(), make_person(), make_person(), make_person()
    idea = make_idea(round=make_round(lead=lead))
    give_part(idea, assessor, "assessor")
    give_part(idea, barred, "assessor")
    disqualify(idea, barred)
    team = idea.created_by
    decision = decide(idea)

    def who_sees():
        people = {"lead": lead, "team": team, "assessor": assessor, "barred": barred, "colleague": colleague}
        return {name for name, person in people.items() if Decision.objects.seen_by(person).exists()}

    assert who_sees() == {"lead"}
    Decision.release([decision], by=lead)
    assert who_sees() == {"lead", "team", "assessor"}


@pytest.mark.db_rules
def test_the_database_holds_one_decision_in_force():
    idea = make_idea()
    first = decide(idea)
    decide(idea, "declined")
    row = {"idea": idea, "stage": "shortlist", "outcome": "admitted", "reason": "Fordi."}

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**row, replaces=first)


@pytest.mark.db_rules
def test_the_database_gives_no_money_to_the_declined():
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(idea=make_idea(), stage="final", outcome="declined", reason="Fordi.", amount=1)


def test_what_was_told_first_is_no_longer_known_after_a_correction_that_was_changed_before_it_was_told():
    idea = make_idea()
    first = decide(idea)
    Decision.release([first], by=None)
    for outcome in ("declined", "guidance_only"):
        last = decide(idea, outcome)
        assert Decision.objects.known().get() == first, "a correction in the making hides nothing"

    Decision.release([last], by=None)

    assert Decision.objects.known().get() == last
