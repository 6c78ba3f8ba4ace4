"""An outcome with a reason for each, a second person's word, one moment of release, and what the teams say to it."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse

from oppdrift.assessing.models import OfferAnswer
from oppdrift.deciding import final
from oppdrift.deciding.models import Confirmation, Sitting
from oppdrift.deciding.policies import may_confirm
from oppdrift.deciding.room import Room
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Decision
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import disqualify, give_part, give_role, make_person
from tests.scenes import starts_from

from .making import decide_all, make_short_round, pitched_round, second_person, short_round, tell

pytestmark = [pytest.mark.django_db, pytest.mark.db_rules]


def letters_to(application):
    return Message.objects.about(application.idea).filter(key__startswith="final:")


@short_round
def test_the_amount_is_what_was_applied_for_and_the_reason_is_that_of_all(scene):
    round, lead, [first, *_others] = scene
    final.explain(round, "Alle går videre.", by=lead)

    decision = final.decide(first.idea, "admitted", by=lead)

    assert (decision.amount, decision.reason, decision.released_at) == (100_000, "Alle går videre.", None)
    assert [letter.kind for letter in letters_to(first)] == ["final_admitted"] * 2
    assert all("100\u00a0000\u00a0kr" in letter.body for letter in letters_to(first))
    assert {(letter.state, letter.leaves_with) for letter in letters_to(first)} == {("draft", "decision")}


@pytest.mark.parametrize("outcome", ["guidance_only", "reserve", "declined", "withdrawn"])
@short_round
def test_who_is_not_admitted_has_a_reason_of_its_own(outcome, scene):
    round, lead, [first, *_others] = scene
    final.explain(round, "Alle går videre.", by=lead)

    with pytest.raises(NotNow, match="reason for this one"):
        final.decide(first.idea, outcome, by=lead)

    decision = final.decide(first.idea, outcome, reason="Dette mangler.", by=lead)
    assert decision.reason == "Dette mangler."


@short_round
def test_another_amount_has_a_reason_of_its_own(scene):
    round, lead, [first, *_others] = scene
    final.explain(round, "Alle går videre.", by=lead)

    with pytest.raises(NotNow, match="another amount"):
        final.decide(first.idea, "admitted", amount=80_000, by=lead)

    assert final.decide(first.idea, "admitted", amount=80_000, reason="Uten reisen.", by=lead).amount == 80_000


@short_round
def test_a_new_reason_for_all_is_in_the_decisions_and_letters_that_say_the_old_one(scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    final.decide(applications[2].idea, "declined", reason="Dette mangler.", by=lead)

    final.explain(round, "Vi valgte slik.", by=lead)

    reasons = Decision.objects.in_force().at("final").order_by("idea_id").values_list("reason", flat=True)
    assert list(reasons) == ["Vi valgte slik.", "Vi valgte slik.", "Dette mangler."]
    assert all("Vi valgte slik." in letter.body for letter in letters_to(applications[0]).filter(state="draft"))


@pitched_round
def test_only_what_is_up_for_decision_is_decided(scene):
    _round, lead, _day, applications = scene
    OfferAnswer.objects.get(decision__idea=applications[0].idea).give("no", by=applications[0].idea.team()[0].person)

    with pytest.raises(NotNow, match="not among"):
        final.decide(applications[0].idea, "admitted", reason="Bra.", by=lead)


# Confirmed by a second person


@short_round
def test_nothing_is_released_before_a_second_person_has_confirmed(scene):
    round, lead, applications = scene
    decide_all(applications, lead)

    with pytest.raises(NotNow, match="not confirmed"):
        final.release(round, by=lead)
    final.confirm(round, by=second_person(round))

    assert final.release(round, by=lead) == 3
    assert Confirmation.objects.get().released_at


@short_round
def test_who_has_decided_or_given_the_reason_does_not_confirm(scene):
    round, lead, applications = scene
    other = make_person()
    give_role(round, other, "lead")
    final.explain(round, "Alle går videre.", by=other)
    for application in applications:
        final.decide(application.idea, "admitted", by=lead)

    assert not may_confirm(lead, round)
    assert not may_confirm(other, round)
    assert may_confirm(second_person(round), round)


@short_round
def test_who_chose_the_outcomes_does_not_confirm_after_another_has_written_the_reason_anew(scene):
    round, lead, applications = scene
    other = make_person()
    give_role(round, other, "lead")
    decide_all(applications, lead)

    final.explain(round, "Alle tre går videre.", by=other)

    assert not may_confirm(lead, round)

    tell(round, lead)
    final.decide(applications[0].idea, "declined", reason="Vi tok feil.", by=other)

    assert may_confirm(lead, round), "in the correction the lead has chosen nothing"


@short_round
def test_only_what_was_read_is_confirmed(client, scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    client.force_login(second_person(round))
    address = reverse("deciding:confirm", args=[round.pk])
    read = {"read": client.get(address).context["mark"]}
    final.decide(applications[2].idea, "declined", reason="Dette mangler.", by=lead)

    assert client.post(address, read).status_code == 409
    assert client.post(address).status_code == 409
    assert not Confirmation.objects.exists()

    client.post(address, {"read": client.get(address).context["mark"]})

    assert Confirmation.objects.get().decisions == 3


@pitched_round
def test_who_is_barred_from_any_of_it_does_not_confirm(scene):
    round, lead, _day, applications = scene
    decide_all(applications, lead)
    member, disqualified, belongs = [seat.person for seat in _day.seats.all()[:3]]
    disqualify(applications[0].idea, disqualified)
    give_part(applications[1].idea, belongs, "coach")

    assert may_confirm(member, round)
    assert not may_confirm(disqualified, round)
    assert not may_confirm(belongs, round)


@short_round
def test_somebody_who_runs_the_programme_confirms_and_a_colleague_does_not(scene):
    round, lead, applications = scene
    decide_all(applications, lead)

    assert may_confirm(make_person(runs_programme=True), round)
    assert not may_confirm(make_person(), round)


@short_round
def test_a_change_after_confirming_is_confirmed_anew(scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    signer = second_person(round)
    final.confirm(round, by=signer)

    final.decide(applications[2].idea, "declined", reason="Dette mangler.", by=lead)

    with pytest.raises(NotNow, match="not confirmed"):
        final.release(round, by=lead)
    final.confirm(round, by=signer)
    assert final.release(round, by=lead) == 3
    assert Event.objects.filter(verb="sitting.unconfirmed").count() == 1


@short_round
def test_the_same_said_twice_leaves_the_confirmation(scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    final.confirm(round, by=second_person(round))

    decide_all(applications, lead)

    assert Sitting.of(round).confirmation()


def test_a_number_that_was_not_planned_is_explained():
    round, lead, applications = make_short_round(places_from=1, places_to=2)
    for application in applications:
        final.decide(application.idea, "admitted", reason="Egen grunn.", by=lead)

    assert final.missing_to_confirm(round, lead) == ["It is not the number that was planned. Write why."]
    final.explain(round, "Vi klarte ikke å velge.", by=lead)
    assert final.missing_to_confirm(round, lead) == []


def test_a_case_that_the_lead_is_barred_from_is_counted_and_not_named():
    round, lead, applications = make_short_round(places_from=2, places_to=2)
    substitute = make_person()
    give_role(round, substitute, "substitute")
    disqualify(applications[2].idea, lead)
    for application in applications[:2]:
        final.decide(application.idea, "admitted", reason="Bra.", by=lead)

    [missing] = final.missing_to_confirm(round, lead)

    assert missing == "1 project that somebody else handles has no outcome yet."
    final.decide(applications[2].idea, "admitted", reason="Bra.", by=substitute)
    # Three of two planned, but that there are three is not the lead's to know; whoever confirms sees all of it.
    assert final.missing_to_confirm(round, lead) == []
    assert final.missing_to_confirm(round, second_person(round)) == [
        "It is not the number that was planned. Write why."
    ]


# Told


@short_round
def test_all_are_told_at_one_moment_with_their_letters(scene):
    round, lead, applications = scene
    decide_all(applications, lead)

    tell(round, lead)

    assert len(set(Decision.objects.at("final").values_list("released_at", flat=True))) == 1
    assert set(Message.objects.filter(key__startswith="final:").values_list("state", flat=True)) == {"queued"}
    assert Event.objects.get(verb="sitting.released").data == {"decisions": 3, "letters": 6}


@short_round
def test_no_letter_leaves_before_the_release(scene):
    _round, lead, applications = scene
    decide_all(applications, lead)

    with pytest.raises(NotNow, match="when the decision is released"):
        letters_to(applications[0]).first().let_go(by=lead)


@short_round
def test_after_the_release_the_assessments_of_a_round_without_shortlist_stand(scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    tell(round, lead)
    given = applications[0].assessments.first()

    with pytest.raises(NotNow, match="outcome is told"):
        type(given).hand_in(applications[0], given.judgement, by=given.assessor)


# The teams answer


def make_told_round():
    round, lead, applications = make_short_round()
    decide_all(applications[:2], lead)
    final.decide(applications[2].idea, "reserve", reason="Neste i rekken.", by=lead)
    tell(round, lead)
    return round, lead, applications


told_round = starts_from(make_told_round)


def answer_of(application, answer):
    OfferAnswer.objects.at("final").get(decision__idea=application.idea).give(
        answer, by=application.idea.team()[0].person
    )


@told_round
def test_a_no_frees_money_and_shows_the_reserve(scene):
    round, lead, applications = scene
    assert Room(round, lead).chosen.kroner == 300_000

    answer_of(applications[1], "no")

    room = Room(round, lead)
    assert (room.chosen.number, room.chosen.kroner) == (1, 100_000)
    assert [line.idea for line in room.turned_down] == [applications[1].idea]
    assert [line.idea for line in room.reserves] == [applications[2].idea]


@told_round
def test_the_reserve_is_admitted_by_a_decision_that_is_confirmed_and_released_by_itself(scene):
    round, lead, applications = scene
    answer_of(applications[1], "no")

    final.decide(applications[2].idea, "admitted", amount=300_000, reason="En plass ble ledig.", by=lead)

    assert Room(round, lead).turned_down == []
    with pytest.raises(NotNow, match="not confirmed"):
        final.release(round, by=lead)
    tell(round, lead)
    assert Decision.objects.known().get(idea=applications[2].idea, stage="final").outcome == "admitted"
    assert final.pending(round).count() == 0


@told_round
def test_the_lead_may_go_on_without(scene):
    round, lead, applications = scene
    answer_of(applications[1], "no")

    OfferAnswer.objects.turned_down("final").get().go_on(by=lead)

    assert Room(round, lead).turned_down == []
    assert Event.objects.filter(verb="final.went_on").count() == 1


@told_round
@pytest.mark.parametrize("started", ["before", "while it waits"])
def test_once_a_project_has_started_its_yes_stands_for_a_correction_too(started, scene):
    round, lead, applications = scene
    idea, member = applications[0].idea, applications[0].idea.team()[0].person
    answer_of(applications[0], "yes")
    said = OfferAnswer.objects.get(decision__idea=idea, decision__stage="final")

    if started == "before":
        said.take_up()
    final.decide(idea, "declined", reason="Vi tenkte oss om.", by=lead)
    final.decide(idea, "admitted", amount=95_000, reason="Uten mat.", by=lead)
    final.decide(idea, "admitted", amount=90_000, reason="Uten reisen.", by=lead)
    if started != "before":
        said.take_up()
    tell(round, lead)

    offer = OfferAnswer.objects.get(decision=Decision.objects.known().get(idea=idea, stage="final"))
    assert (offer.answer, offer.is_taken_up, offer.by, offer.at) == ("yes", True, member, said.at)
    with pytest.raises(NotNow, match="under way"):
        offer.give("no", by=member)
    corrected = final.letters_of(offer.decision).exclude(state="discarded").filter(receiver=member)
    assert [letter.kind for letter in corrected] == ["offer_corrected"]
    assert "trenger ikke svare" in corrected[0].body


@told_round
def test_after_the_day_it_is_too_late_to_answer(scene):
    _round, _lead, applications = scene
    OfferAnswer.objects.update(until=now() - dt.timedelta(seconds=1))

    with pytest.raises(NotNow, match="has passed"):
        answer_of(applications[0], "yes")


@pytest.mark.django_db(transaction=True)
def test_who_confirms_and_who_changes_at_the_same_moment_never_release_what_was_not_confirmed():
    round, lead, applications = make_short_round()
    decide_all(applications, lead)
    signer, start = second_person(round), threading.Barrier(2)

    def at_once(deed):
        start.wait()
        try:
            deed()
        finally:
            connections.close_all()

    deeds = [
        lambda: final.confirm(round, by=signer),
        lambda: final.decide(applications[2].idea, "declined", reason="Dette mangler.", by=lead),
    ]
    threads = [threading.Thread(target=at_once, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    confirmed = Confirmation.objects.get()
    changed = Decision.objects.in_force().get(idea=applications[2].idea, stage="final")
    assert changed.outcome == "declined"
    assert (confirmed.ended_at is not None) or confirmed.at >= changed.made_at


@short_round
def test_the_database_keeps_one_confirmation_in_force(scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    made = final.confirm(round, by=second_person(round))

    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(sitting=made.sitting, by=lead, decisions=3)
