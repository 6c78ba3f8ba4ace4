"""The leader's backing: asked by letter, answered without an account."""

import pytest

from oppdrift.applications.models import Endorsement
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Idea, Part
from oppdrift.toolbox.answers import NotNow
from tests.factories import give_part, make_application, make_person, make_round, moment

pytestmark = pytest.mark.django_db


def ask(application, **fields) -> Endorsement:
    fields = {"name": "Lars Petter Moen", "address": "lars@fjordvik.example", **fields}
    return Endorsement.ask(application, by=application.idea.created_by, **fields)


def test_a_leader_without_an_account_gets_a_letter_with_the_link():
    asked = ask(make_application(title="Nattro"))

    letter = Message.objects.get(kind="endorsement_request")
    assert (letter.address, letter.state) == ("lars@fjordvik.example", "queued")
    assert asked.get_absolute_url() in letter.body
    assert "Nattro" in letter.subject
    assert not Part.objects.filter(kind="endorser").exists()


def test_a_leader_with_an_account_becomes_endorser_and_sees_the_application():
    leader = make_person("Lars", address="lars@fjordvik.example")

    asked = ask(make_application(), address="Lars@Fjordvik.example")

    assert asked.person == leader
    assert Idea.objects.of(leader).get() == asked.application.idea


def test_a_lead_who_is_asked_is_not_barred_until_they_answer():
    lead = make_person("Lars", address="lars@fjordvik.example")
    application = make_application(round=make_round(lead=lead), submitted=True)

    asked = ask(application)
    before = Idea.objects.judged_by(lead).exists()
    asked.give_answer("supports", by=lead)

    assert before
    assert not Idea.objects.judged_by(lead).exists()


def test_an_assessor_cannot_support_what_they_assess_before_they_are_out_of_it():
    assessor = make_person("Lars", address="lars@fjordvik.example")
    application = make_application(submitted=True)
    part = give_part(application.idea, assessor, "assessor")
    asked = ask(application)

    with pytest.raises(NotNow, match="First declare that you are disqualified"):
        asked.give_answer("supports")
    part.end(by=assessor)
    asked.give_answer("supports")

    assert Idea.objects.of(assessor).get() == application.idea


def test_one_leader_is_asked_at_a_time_and_nobody_of_the_team():
    application = make_application()

    with pytest.raises(NotNow, match="in the team"):
        ask(application, address=application.idea.created_by.email)
    first = ask(application)
    with pytest.raises(NotNow, match="Lars Petter Moen"):
        ask(application)
    first.take_back(by=application.idea.created_by)
    second = ask(application, name="Kari")

    assert Endorsement.objects.in_force().get() == second


def test_an_answer_may_be_changed_until_the_deadline(time_machine):
    time_machine.move_to(moment("2026-02-10T12:00"), tick=False)
    asked = ask(make_application(round=make_round(deadline="2026-02-13T12:00")))

    asked.give_answer("not_now", words="Vi er for få.")
    asked.give_answer("supports", hours=120, words="Vi får det til.")
    time_machine.move_to(moment("2026-02-13T12:00:01"), tick=False)
    with pytest.raises(NotNow, match="deadline"):
        asked.give_answer("not_now")

    stored = Endorsement.objects.get()
    assert (stored.answer, stored.hours, stored.words) == ("supports", 120, "Vi får det til.")
    assert [event.data["first"] for event in Event.objects.filter(verb="endorsement.answered")] == [False, True]


def test_a_condition_is_said_in_words():
    asked = ask(make_application())

    with pytest.raises(NotNow, match="what must be in place"):
        asked.give_answer("supports_if")


def test_a_question_taken_back_is_not_answered():
    leader = make_person("Lars", address="lars@fjordvik.example")
    application = make_application()
    asked = ask(application)
    asked.take_back(by=application.idea.created_by)

    with pytest.raises(NotNow, match="taken the question back"):
        asked.give_answer("supports")
    assert not Idea.objects.of(leader).exists()


def test_without_the_leaders_answer_the_team_may_write_and_hand_in():
    application = make_application()
    ask(application)

    application.write_all({"challenge": "Tekst", "amount": "100 000"}, by=application.idea.created_by)
    application.submit(by=application.idea.created_by)

    assert application.is_handed_in
