"""An outcome with a reason for everybody, letters that wait, and one moment of release."""

import datetime as dt
import threading

import pytest
from django.db import connections

from oppdrift.assessing import shortlist
from oppdrift.assessing.models import OfferAnswer, Shortlist
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Decision, Part
from oppdrift.rounds.models import Milestone
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import local, now
from tests.factories import disqualify, give_role, make_application, make_person
from tests.scenes import starts_from

from .making import make_led_round

pytestmark = pytest.mark.django_db


def make_candidates(n=3):
    """A round with these many applications, two in each team."""
    round, lead = make_led_round()
    Milestone.objects.create(round=round, kind="pitch_day", name="Pitchedag", at=now() + dt.timedelta(days=30))
    teams = [[make_person(), make_person()] for _ in range(n)]
    return round, lead, [make_application(round=round, submitted=True, team=team) for team in teams]


def decide_all(applications, lead):
    for application, outcome in zip(applications, ["admitted", "guidance_only", "declined"], strict=False):
        shortlist.decide(application, outcome, reason="Slik er det.", by=lead)


def make_decided():
    round, lead, applications = make_candidates()
    decide_all(applications, lead)
    return round, lead, applications


def make_told():
    round, lead, applications = make_decided()
    shortlist.release(round, by=lead)
    return round, lead, applications


candidates = starts_from(make_candidates)
decided_candidates = starts_from(make_decided)
told_candidates = starts_from(make_told)


def letters_to(application):
    return Message.objects.about(application.idea).filter(key__startswith="shortlist:")


@candidates
def test_an_outcome_waits_with_a_letter_to_each_in_the_team(scene):
    _round, lead, [application, *_others] = scene

    decision = shortlist.decide(application, "admitted", reason="Stort behov.", by=lead)

    assert decision.released_at is None
    assert [letter.kind for letter in letters_to(application)] == ["shortlisted"] * 2
    assert {letter.state for letter in letters_to(application)} == {"draft"}
    assert all("Stort behov." in letter.body for letter in letters_to(application))


def test_each_reads_the_letter_in_their_own_language():
    round, lead = make_led_round()
    day = local(2027, 4, 24, 9)
    Milestone.objects.create(round=round, kind="pitch_day", name="Pitchedag", at=day)
    team = [make_person(language="nb"), make_person(language="nn"), make_person(language="en")]
    application = make_application(round=round, submitted=True, team=team)

    shortlist.decide(application, "admitted", reason="Bra.", by=lead)

    bodies = {letter.language: letter.body for letter in letters_to(application)}
    assert "lørdag 24.\u00a0april" in bodies["nb"]
    assert "laurdag 24.\u00a0april" in bodies["nn"]
    assert "Saturday 24\u00a0April" in bodies["en"]


@candidates
def test_every_outcome_needs_a_reason(scene):
    _round, lead, [application, *_others] = scene

    with pytest.raises(NotNow, match="reason"):
        shortlist.decide(application, "declined", reason="  ", by=lead)

    assert not Decision.objects.exists()
    assert not letters_to(application).exists()


@candidates
def test_a_changed_outcome_discards_the_letters_of_the_first(scene):
    _round, lead, [application, *_others] = scene
    shortlist.decide(application, "declined", reason="Nei.", by=lead)

    shortlist.decide(application, "guidance_only", reason="Vi vil hjelpe.", by=lead)

    assert set(letters_to(application).values_list("kind", "state")) == {
        ("declined", "discarded"),
        ("guidance_only", "draft"),
    }
    assert Decision.objects.in_force().get(idea=application.idea).outcome == "guidance_only"


@candidates
def test_the_same_said_twice_changes_nothing(scene):
    _round, lead, [application, *_others] = scene
    first = shortlist.decide(application, "declined", reason="Nei.", by=lead)

    assert shortlist.decide(application, "declined", reason="Nei. ", by=lead) == first
    assert letters_to(application).count() == 2


@candidates
def test_a_place_and_guidance_are_offers_to_answer_and_a_no_is_not(scene):
    _round, lead, applications = scene

    decide_all(applications, lead)

    offered = OfferAnswer.objects.values_list("decision__outcome", flat=True)
    assert sorted(offered) == ["admitted", "guidance_only"]


@decided_candidates
def test_release_tells_all_at_one_moment(scene):
    round, lead, _applications = scene

    assert shortlist.release(round, by=lead) == 3

    assert len(set(Decision.objects.values_list("released_at", flat=True))) == 1
    assert Message.objects.filter(key__startswith="shortlist:", state="queued").count() == 6
    assert Event.objects.filter(verb="shortlist.released").get().data == {"decisions": 3, "letters": 6}


@candidates
def test_release_says_what_is_missing(scene):
    round, lead, applications = scene
    shortlist.decide(applications[0], "admitted", reason="Bra.", by=lead)

    answer = shortlist.can_release(round, lead)

    assert not answer
    assert "2 applications have no outcome yet." in answer
    with pytest.raises(NotNow):
        shortlist.release(round, by=lead)
    assert not Decision.objects.released().exists()


@candidates
def test_release_waits_for_the_substitute_whose_case_is_counted_and_not_named(scene):
    round, lead, applications = scene
    substitute = make_person()
    give_role(round, substitute, "substitute")
    disqualify(applications[2].idea, lead)
    decide_all(applications[:2], lead)

    answer = shortlist.can_release(round, lead)

    assert "One application" in answer or "1 application that the substitute lead handles" in answer
    assert applications[2].idea.title not in answer
    shortlist.decide(applications[2], "declined", reason="Nei.", by=substitute)
    assert shortlist.release(round, by=lead) == 3


@decided_candidates
def test_a_letter_held_back_stays_when_the_others_leave(scene):
    round, lead, applications = scene
    letters_to(applications[0]).first().hold(by=lead)

    shortlist.release(round, by=lead)

    assert sorted(letters_to(applications[0]).values_list("state", flat=True)) == ["held", "queued"]


@decided_candidates
def test_who_joins_the_team_before_the_release_gets_the_letter_and_who_left_does_not(scene):
    round, lead, applications = scene
    idea, newcomer = applications[0].idea, make_person()
    leaver = idea.team()[1]
    Part.give(idea, newcomer, Part.Kind.TEAM, by=lead)
    leaver.end(by=lead)

    shortlist.release(round, by=lead)

    queued = letters_to(applications[0]).filter(state="queued")
    assert {letter.receiver for letter in queued} == {idea.team()[0].person, newcomer}


@decided_candidates
def test_a_letter_the_lead_discarded_is_not_written_again(scene):
    round, lead, applications = scene
    letters_to(applications[0]).first().discard(by=lead)

    shortlist.release(round, by=lead)

    assert sorted(letters_to(applications[0]).values_list("state", flat=True)) == ["discarded", "queued"]


@decided_candidates
def test_a_withdrawn_application_is_not_told_anything(scene):
    round, lead, applications = scene
    applications[2].withdraw(by=applications[2].idea.team()[0].person)

    assert shortlist.release(round, by=lead) == 2

    assert set(letters_to(applications[2]).values_list("state", flat=True)) == {"discarded"}


@decided_candidates
def test_what_was_withdrawn_before_the_release_and_brought_back_gets_its_letters_with_the_next(scene):
    round, lead, applications = scene
    team = applications[2].idea.team()[0].person
    applications[2].withdraw(by=team)
    shortlist.release(round, by=lead)

    applications[2].bring_back(by=team)
    shortlist.release(round, by=lead)

    states = letters_to(applications[2]).order_by("pk").values_list("state", flat=True)
    assert sorted(states) == ["discarded", "discarded", "queued", "queued"]


@decided_candidates
def test_a_letter_that_the_lead_discarded_is_not_written_again(scene):
    round, lead, applications = scene
    for letter in letters_to(applications[2]):
        letter.discard(by=lead)

    shortlist.release(round, by=lead)

    assert set(letters_to(applications[2]).values_list("state", flat=True)) == {"discarded"}


@decided_candidates
def test_another_day_to_answer_is_in_offers_and_letters(scene):
    round, lead, _applications = scene
    day = local(now().year + 1, 5, 20, 16)

    shortlist.change_answer_by(round, day, by=lead)

    assert set(OfferAnswer.objects.values_list("until", flat=True)) == {day}
    waiting = Message.objects.filter(key__startswith="shortlist:", state="draft")
    assert waiting.count() == 6
    assert all("20.\u00a0mai" in letter.body for letter in waiting)


@decided_candidates
def test_letters_that_name_a_day_gone_by_are_not_released(scene):
    round, lead, _applications = scene
    Shortlist.objects.update(answer_by=now() - dt.timedelta(days=1))

    with pytest.raises(NotNow, match="has passed"):
        shortlist.release(round, by=lead)


@told_candidates
def test_a_correction_is_a_new_row_with_its_own_letter_and_release(scene):
    round, lead, applications = scene
    told = Decision.objects.known().get(idea=applications[2].idea)

    corrected = shortlist.decide(applications[2], "guidance_only", reason="Vi tok feil.", by=lead)

    assert corrected.replaces == told
    assert Decision.objects.known().get(idea=applications[2].idea) == told
    assert shortlist.release(round, by=lead) == 1
    assert Decision.objects.known().get(idea=applications[2].idea) == corrected
    assert set(letters_to(applications[2]).values_list("kind", "state")) == {
        ("declined", "queued"),
        ("guidance_only", "queued"),
    }


@told_candidates
def test_pressed_twice_nothing_is_told_twice(scene):
    round, lead, _applications = scene

    with pytest.raises(NotNow, match="no decision that waits"):
        shortlist.release(round, by=lead)

    assert Event.objects.filter(verb="shortlist.released").count() == 1


@pytest.mark.db_rules
@pytest.mark.django_db(transaction=True)
def test_two_leads_who_release_at_once_release_once():
    round, lead, applications = make_candidates()
    other = make_person()
    give_role(round, other, "lead")
    decide_all(applications, lead)
    told, start = [], threading.Barrier(2)

    def press(person):
        start.wait()
        try:
            told.append(shortlist.release(round, by=person))
        except NotNow:
            told.append(0)
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press, args=[person]) for person in (lead, other)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert sorted(told) == [0, 3]
    assert Event.objects.filter(verb="shortlist.released").count() == 1
    assert Event.objects.filter(verb="decision.released").count() == 3


# Answers to offers


@pytest.fixture
def offer_and_member(scene):
    offer = OfferAnswer.objects.get(decision__outcome="guidance_only")
    return offer, offer.record.team()[0].person


@told_candidates
def test_a_team_answers_and_may_think_again_until_the_day(offer_and_member):
    offer, member = offer_and_member

    offer.give("yes", by=member)
    offer.give("no", by=member)

    offer.refresh_from_db()
    assert (offer.answer, offer.by) == ("no", member)
    verbs = Event.objects.about(offer.record).filter(verb__startswith="offer.").values_list("verb", flat=True)
    assert sorted(verbs) == ["offer.accepted", "offer.turned_down"]


@told_candidates
def test_after_the_day_it_is_too_late_to_answer(offer_and_member):
    offer, member = offer_and_member
    OfferAnswer.objects.update(until=now() - dt.timedelta(seconds=1))

    with pytest.raises(NotNow, match="has passed"):
        offer.give("yes", by=member)


@told_candidates
def test_an_offer_that_was_corrected_cannot_be_answered(offer_and_member):
    offer, member = offer_and_member
    lead = offer.record.lead_in_charge()
    shortlist.decide(offer.record.application, "declined", reason="Vi tok feil.", by=lead)
    shortlist.release(offer.record.round, by=lead)

    with pytest.raises(NotNow, match="no offer"):
        offer.give("yes", by=member)


@decided_candidates
def test_no_letter_of_a_pending_outcome_leaves_before_the_release(scene):
    round, lead, _applications = scene
    letters = Message.objects.filter(key__startswith="shortlist:")

    assert letters.let_go(by=lead, held=True) == 0
    with pytest.raises(NotNow, match="when the shortlist is released"):
        letters.first().let_go(by=lead)
    shortlist.release(round, by=lead)

    assert set(letters.values_list("state", "leaves_with")) == {("queued", "")}


@told_candidates
def test_the_letter_of_a_correction_waits_for_its_own_release(scene):
    round, lead, applications = scene

    shortlist.decide(applications[2], "guidance_only", reason="Vi tok feil.", by=lead)
    corrections = letters_to(applications[2]).filter(kind="guidance_only")

    assert corrections.let_go(by=lead) == 0
    shortlist.release(round, by=lead)
    assert set(corrections.values_list("state", flat=True)) == {"queued"}


@decided_candidates
def test_a_letter_held_back_stays_at_the_release_and_may_leave_after_it(scene):
    round, lead, applications = scene
    held = letters_to(applications[2]).first()
    held.hold(by=lead)

    shortlist.release(round, by=lead)

    held.refresh_from_db()
    assert held.state == "held"
    held.let_go(by=lead)
    assert held.state == "queued"
