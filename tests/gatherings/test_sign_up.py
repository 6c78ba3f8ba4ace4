"""Places, the waiting list, and what people are told."""

import datetime as dt
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppdrift.gatherings.models import Gathering, SignUp
from oppdrift.history.models import Event, Message
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import make_gathering, make_person, make_round

pytestmark = pytest.mark.django_db


def sign_up(gathering, *people):
    return [gathering.sign_up(person, by=person) for person in people]


def names(rows):
    return [row.person.name for row in rows]


def letters():
    return list(Message.objects.order_by("id").values_list("kind", "receiver__name"))


def test_a_free_place_is_given_at_once_with_a_letter_and_a_calendar_entry():
    gathering, kari = make_gathering(title="Søkerverksted i november"), make_person("Kari")

    (row,) = sign_up(gathering, kari)

    assert row.state == SignUp.State.COMING
    letter = Message.objects.get()
    assert (letter.kind, letter.state, letter.calendar_method) == ("signup_confirmed", "queued", "REQUEST")
    assert f"UID:{gathering.appointment.uid}" in letter.calendar
    assert gathering.get_absolute_url() in letter.body
    assert Event.objects.get().verb == "gathering.signed_up"


def test_the_letter_speaks_the_receivers_language():
    gathering = make_gathering(starts_at="2031-11-17T09:00")

    with_nynorsk = make_person(language="nn")
    sign_up(gathering, with_nynorsk)

    assert "måndag" in Message.objects.get().body


def test_when_it_is_full_one_waits_without_a_calendar_entry():
    gathering = make_gathering(capacity=1)

    _, waiting = sign_up(gathering, make_person("Kari"), make_person("Ola"))

    assert (waiting.state, waiting.number_in_queue) == (SignUp.State.WAITING, 1)
    letter = Message.objects.get(kind="waiting_list")
    assert letter.calendar == ""


def test_nobody_signs_up_twice():
    gathering, kari = make_gathering(), make_person()
    sign_up(gathering, kari)

    with pytest.raises(NotNow, match="Already"):
        sign_up(gathering, kari)


def test_nobody_signs_up_after_it_has_begun(time_machine):
    gathering = make_gathering(starts_at="2026-03-01T12:00")
    time_machine.move_to("2026-03-01T12:00+01:00")

    with pytest.raises(NotNow, match="has begun"):
        sign_up(gathering, make_person())


def test_a_place_that_is_given_back_goes_to_the_first_who_waits():
    gathering = make_gathering(capacity=1)
    kari, ola, anna = make_person("Kari"), make_person("Ola"), make_person("Anna")
    sign_up(gathering, kari, ola, anna)

    gathering.sign_off(kari, by=kari)

    assert names(gathering.coming()) == ["Ola"]
    assert names(gathering.waiting()) == ["Anna"]
    promoted = Message.objects.get(kind="promoted")
    assert promoted.receiver == ola
    assert promoted.calendar_method == "REQUEST"


def test_who_comes_back_stands_last_in_the_queue_and_is_told_again():
    gathering = make_gathering(capacity=1)
    kari, ola, anna = make_person("Kari"), make_person("Ola"), make_person("Anna")
    sign_up(gathering, kari, ola, anna)

    gathering.sign_off(ola, by=ola)
    sign_up(gathering, ola)

    assert names(gathering.waiting()) == ["Anna", "Ola"]
    assert letters().count(("waiting_list", "Ola")) == 2
    assert SignUp.objects.count() == 3


def test_more_places_bring_in_those_who_wait_in_their_order():
    gathering = make_gathering(capacity=1)
    sign_up(gathering, *(make_person(name) for name in ("A", "B", "C", "D")))

    gathering.change(capacity=3, by=make_person())

    assert names(gathering.coming()) == ["A", "B", "C"]
    assert names(gathering.waiting()) == ["D"]


def test_no_limit_brings_in_everybody():
    gathering = make_gathering(capacity=1)
    sign_up(gathering, *(make_person(name) for name in ("A", "B", "C")))

    gathering.change(capacity=None, by=make_person())

    assert names(gathering.coming()) == ["A", "B", "C"]


def test_nobody_loses_their_place_by_fewer_places():
    gathering = make_gathering(capacity=3)
    sign_up(gathering, make_person(), make_person())

    with pytest.raises(NotNow, match="2 people"):
        gathering.change(capacity=1, by=make_person())


def test_an_invitation_opens_a_closed_gathering():
    gathering, kari, lead = make_gathering(by_invitation=True), make_person(), make_person()

    with pytest.raises(NotNow, match="only for those invited"):
        sign_up(gathering, kari)

    gathering.invite(kari, by=lead)
    gathering.invite(kari, by=lead)
    sign_up(gathering, kari)
    assert Event.objects.filter(verb="gathering.invited").count() == 1


def test_somebody_added_by_hand_obeys_the_same_limit():
    gathering, lead = make_gathering(by_invitation=True, capacity=1), make_person()

    gathering.add(make_person("Kari"), by=lead)
    gathering.add(make_person("Ola"), by=lead)

    assert names(gathering.coming()) == ["Kari"]
    assert names(gathering.waiting()) == ["Ola"]


def test_another_time_raises_the_sequence_and_tells_those_who_come():
    gathering, lead = make_gathering(capacity=1), make_person()
    sign_up(gathering, make_person("Kari"), make_person("Ola"))
    later = gathering.appointment.starts_at + dt.timedelta(days=1)

    gathering.change(starts_at=later, ends_at=later + dt.timedelta(hours=2), reason="Salen er opptatt.", by=lead)

    letter = Message.objects.get(kind="gathering_changed")
    assert letter.receiver.name == "Kari"
    assert "SEQUENCE:1" in letter.calendar
    assert f"UID:{gathering.appointment.uid}" in letter.calendar
    assert "Salen er opptatt." in letter.body


def test_the_same_time_and_place_are_no_move():
    gathering = make_gathering(place="Rådhuset")
    sign_up(gathering, make_person())
    appointment = gathering.appointment

    gathering.change(
        starts_at=appointment.starts_at, ends_at=appointment.ends_at, place="Rådhuset", title="Ny", by=make_person()
    )

    gathering.appointment.refresh_from_db()
    assert gathering.appointment.sequence == 0
    assert not Message.objects.filter(kind="gathering_changed").exists()


def test_a_move_that_people_hear_of_has_a_reason():
    gathering = make_gathering()
    sign_up(gathering, make_person())

    with pytest.raises(NotNow, match="why it moves"):
        gathering.change(place="Biblioteket", by=make_person())


def test_cancelling_tells_all_and_takes_the_entry_out_of_calendars():
    gathering = make_gathering(capacity=1)
    sign_up(gathering, make_person("Kari"), make_person("Ola"))

    gathering.cancel(by=make_person(), reason="Foredragsholderen er syk.")

    told = Message.objects.filter(kind="gathering_cancelled").order_by("id")
    assert [(letter.receiver.name, letter.calendar_method) for letter in told] == [("Kari", "CANCEL"), ("Ola", "")]
    assert "STATUS:CANCELLED" in told[0].calendar
    assert "METHOD:CANCEL" in told[0].calendar
    assert "SEQUENCE:1" in told[0].calendar
    with pytest.raises(NotNow, match="cancelled"):
        sign_up(gathering, make_person())
    with pytest.raises(NotNow, match="already"):
        gathering.cancel(by=make_person(), reason="Igjen")


def test_signing_off_from_a_cancelled_gathering_promotes_nobody():
    gathering, kari = make_gathering(capacity=1), make_person("Kari")
    sign_up(gathering, kari, make_person("Ola"))
    gathering.cancel(by=make_person(), reason="Syk.")

    gathering.sign_off(kari, by=kari)

    assert names(gathering.waiting()) == ["Ola"]


def test_closed_gatherings_are_seen_by_the_invited_and_those_who_run_the_round():
    lead, invited, stranger = make_person(), make_person(), make_person()
    round = make_round(lead=lead)
    closed = make_gathering(round=round, by_invitation=True)
    closed.invite(invited, by=lead)

    sees = [Gathering.objects.seen_by(person).filter(pk=closed.pk).exists() for person in (lead, invited, stranger)]

    assert sees == [True, True, False]


def test_gatherings_of_a_round_in_the_making_are_not_shown():
    lead = make_person()
    gathering = make_gathering(round=make_round(lead=lead, published=False))

    assert not Gathering.objects.seen_by(make_person()).exists()
    assert Gathering.objects.seen_by(lead).get() == gathering


# The waiting list, whatever people do

DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("up"), st.integers(0, 6)),
        st.tuples(st.just("off"), st.integers(0, 6)),
        st.tuples(st.just("capacity"), st.one_of(st.none(), st.integers(0, 6))),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first_capacity=st.one_of(st.none(), st.integers(0, 5)), deeds=DEEDS)
def test_the_waiting_list_is_a_queue(transactional_people, first_capacity, deeds):
    """Against a plain model: a list of people by arrival, of whom the first `capacity` have a place."""
    with transaction.atomic():
        people, gathering = transactional_people, make_gathering(capacity=first_capacity)
        coming, waiting, capacity = [], [], first_capacity
        for deed, value in deeds:
            try:
                if deed == "up":
                    gathering.sign_up(people[value], by=people[value])
                    waiting.append(value)
                elif deed == "off":
                    gathering.sign_off(people[value], by=people[value])
                    coming, waiting = [[p for p in row if p != value] for row in (coming, waiting)]
                else:
                    gathering.change(capacity=value, by=people[0])
                    capacity = value
            except NotNow:
                continue
            room = len(waiting) if capacity is None else max(0, capacity - len(coming))
            coming, waiting = coming + waiting[:room], waiting[room:]

            assert {row.person_id for row in gathering.coming()} == {people[n].pk for n in coming}
            assert [row.person_id for row in gathering.waiting()] == [people[n].pk for n in waiting]
            assert capacity is None or gathering.coming().count() <= capacity
        transaction.set_rollback(True)


@pytest.fixture
def transactional_people():
    return [make_person() for _ in range(7)]


@pytest.mark.db_rules
@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_the_same_moment_for_five_places():
    gathering = make_gathering(capacity=5)
    people = [make_person() for _ in range(20)]
    together, troubles = Barrier(len(people)), []

    def press(person):
        try:
            own = Gathering.objects.get(pk=gathering.pk)
            together.wait(timeout=20)
            own.sign_up(person, by=person)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [Thread(target=press, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert troubles == []
    assert gathering.coming().count() == 5
    assert gathering.waiting().count() == 15
    turns = list(gathering.sign_ups.order_by("turn").values_list("state", "turn"))
    assert turns == [("coming", n) for n in range(1, 6)] + [("waiting", n) for n in range(6, 21)]
    assert Message.objects.filter(kind="signup_confirmed").count() == 5


@pytest.mark.db_rules
def test_the_database_holds_one_sign_up_a_person_and_one_turn_a_sign_up():
    gathering, kari = make_gathering(), make_person()
    SignUp.objects.create(gathering=gathering, person=kari, state="coming", turn=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.create(gathering=gathering, person=kari, state="waiting", turn=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.create(gathering=gathering, person=make_person(), state="coming", turn=1)


@pytest.mark.db_rules
def test_the_database_refuses_an_end_before_the_start():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_gathering(starts_at=now(), hours=-1)
