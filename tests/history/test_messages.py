"""What a person may do with a letter in the outbox, and what they may not."""

import datetime as dt

import pytest
from django.db import IntegrityError

from oppdrift.history import letters, sending
from oppdrift.history.models import Event, Message
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import make_idea, make_person, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_person()


def make_letter(state: str = "draft", **fields) -> Message:
    fields = {"to": make_person(), "key": "k", "subject": "Nytt", "body": "Hei"} | fields
    return letters.post("news", state=state, **fields)


VERBS = {
    "edit": {"draft", "held", "failed"},
    "hold": {"draft"},
    "put_back": {"held"},
    "let_go": {"draft", "held"},
    "take_back": {"queued"},
    "try_again": {"failed"},
    "discard": {"draft", "held", "failed"},
}


@pytest.mark.parametrize("state", [state for state in Message.State.values if state != "sent"])
@pytest.mark.parametrize("verb", VERBS)
def test_each_state_allows_its_own_verbs_and_refuses_the_others_with_a_reason(lead, verb, state):
    letter = make_letter(state)
    words = {"subject": "Nyere", "body": "Hei igjen"} if verb == "edit" else {}

    if state in VERBS[verb]:
        getattr(letter, verb)(by=lead, **words)
        assert Event.objects.filter(thing_id=letter.pk, verb__startswith="message.", by=lead).count() == 1
    else:
        with pytest.raises(NotNow, match=r"\w+ \w+"):
            getattr(letter, verb)(by=lead, **words)
        assert not Event.objects.exists()


def test_the_event_of_a_letter_belongs_to_the_round_and_carries_no_text(lead):
    spring = make_round()
    letter = make_letter(root=spring, thing=make_idea(round=spring))

    letter.edit(subject="Hemmelig", body="Hemmelig", by=lead)

    event = Event.objects.get(verb="message.edited")
    assert event.root == spring
    assert event.data == {}


def test_a_letter_that_is_being_sent_can_no_longer_be_taken_back(lead):
    letter = make_letter("queued")
    sending.lease_next()

    with pytest.raises(NotNow):
        letter.take_back(by=lead)


def test_many_are_let_go_at_once_and_those_held_back_only_when_asked(lead):
    for number, state in enumerate(["draft", "held", "failed", "discarded"]):
        make_letter(state, key=f"k{number}")

    assert Message.objects.all().let_go(by=lead) == 1
    assert Message.objects.filter(state="held").exists()
    assert Message.objects.all().let_go(by=lead, held=True) == 1
    assert Message.objects.filter(state="queued", released_by=lead).count() == 2


def test_trying_again_uses_the_address_the_receiver_has_now(lead):
    receiver = make_person(address="old@fjordvik.example")
    letter = make_letter("failed", to=receiver)
    receiver.email = "new@fjordvik.example"
    receiver.save()

    Message.objects.get(pk=letter.pk).try_again(by=lead)

    letter.refresh_from_db()
    assert (letter.address, letter.state, letter.attempts) == ("new@fjordvik.example", "queued", 0)


def test_a_letter_let_go_keeps_the_day_it_was_meant_for(lead):
    monday = now() + dt.timedelta(days=3)
    letter = make_letter(due_at=monday)

    letter.let_go(by=lead)

    assert Message.objects.get(pk=letter.pk).due_at == monday


def test_a_discarded_reminder_is_not_written_again(lead):
    make_letter().discard(by=lead)

    assert make_letter() is None


def test_a_letter_about_an_application_is_kept_as_one_about_its_idea():
    from tests.factories import make_application

    application = make_application()

    letter = make_letter(root=application.round, thing=application)

    assert letter.thing == application.idea


def test_a_letter_that_leaves_with_the_shortlist_is_let_go_by_nobody(lead):
    letter = make_letter(leaves_with="shortlist")

    letter.edit(subject="Rettet", body="Hei igjen", by=lead)
    with pytest.raises(NotNow, match="when the shortlist is released"):
        letter.let_go(by=lead)
    letter.hold(by=lead)
    with pytest.raises(NotNow, match="when the shortlist is released"):
        letter.let_go(by=lead)

    assert Message.objects.all().let_go(by=lead, held=True) == 0
    assert Message.objects.get().state == "held"


def test_when_it_is_told_those_held_back_stay_and_may_leave_later(lead):
    leaves = make_letter(key="a", leaves_with="shortlist")
    held = make_letter(key="b", leaves_with="shortlist")
    held.hold(by=lead)

    assert Message.objects.all().unbind(by=lead) == 1

    leaves.refresh_from_db()
    held.refresh_from_db()
    assert (leaves.state, held.state) == ("queued", "held")
    held.let_go(by=lead)
    assert held.state == "queued"


@pytest.mark.db_rules
def test_no_sender_can_meet_a_letter_that_waits_for_a_release():
    with pytest.raises(IntegrityError, match="a_bound_letter_has_not_left"):
        make_letter("queued", leaves_with="shortlist")
