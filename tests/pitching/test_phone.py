"""The panel's page: a link of one's own, taps from a script or a plain form, and what each kind of member is shown."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse

from oppdrift.history.models import Message
from oppdrift.pitching import telling
from oppdrift.pitching.models import Ballot
from oppdrift.rounds.models import Round
from oppdrift.toolbox.clock import now
from tests.factories import disqualify, make_person
from tests.house import statements
from tests.pitching.making import do, host, make_day, seats, vote
from tests.scenes import starts_from


def make_called():
    day = make_day()
    do(day, "next", "start")
    return day


pytestmark = [pytest.mark.django_db, starts_from(make_called)]


@pytest.fixture
def day(scene):
    return scene


def page(seat, client: Client | None = None) -> str:
    return (client or Client()).get(seat.get_absolute_url()).content.decode()


def send(seat, pitch, taps: dict, client: str = "phone"):
    """As the script does."""
    address = reverse("pitching:save", args=[seat.token, pitch.pk])
    return Client(enforce_csrf_checks=True).post(
        address, json.dumps({"client": client, "taps": taps}), content_type="application/json"
    )


def test_whoever_has_the_link_votes_without_an_account(day):
    seat = seats(day)[0]

    answer = send(seat, day.on, {"points-need": ["4", 10], "fit": ["yes", 11]})

    assert answer.json()["head"] == "2 av 3 er mottatt"
    assert Ballot.objects.get().fit == "yes"


def test_the_link_of_another_is_useless_to_whoever_is_signed_in(day):
    mine, theirs = seats(day)[:2]
    browser = Client()
    browser.force_login(mine.person)

    assert browser.get(theirs.get_absolute_url()).status_code == 403
    address = reverse("pitching:save", args=[theirs.token, day.on.pk])
    assert browser.post(address, '{"client": "x", "taps": {"fit": ["no", 1]}}', "application/json").status_code == 403
    assert not Ballot.objects.exists()


def test_a_link_that_was_renewed_opens_nothing(day):
    seat = seats(day)[0]
    old = seat.get_absolute_url()

    seat.renew(by=host(day))

    assert Client().get(old).status_code == 404
    assert Client().get(seat.get_absolute_url()).status_code == 200


def test_the_link_of_one_who_left_the_panel_opens_nothing_and_what_they_gave_stays(day):
    seat, gone = seats(day)[:2]
    vote(seat, day.on, need=4)
    seat.person.roles.get().end(by=host(day))
    gone.person.is_active = False
    gone.person.save()

    for each in (seat, gone):
        assert Client().get(each.get_absolute_url()).status_code == 404
        assert send(each, day.on, {"fit": ["yes", 2]}).status_code == 404
    assert Ballot.objects.get().fit == ""


def test_when_the_round_is_closed_the_links_open_nothing(day):
    Round.objects.update(closed_at=now())

    assert Client().get(seats(day)[0].get_absolute_url()).status_code == 404


def test_a_link_reaches_only_its_own_day(day):
    other = make_day("Brevet")
    do(other, "next")

    assert send(seats(day)[0], other.on, {"fit": ["yes", 1]}).status_code == 404


def test_before_the_day_nobody_is_told_to_leave_the_page_open():
    ahead = make_day("Vannvakta", starts_at=now() + dt.timedelta(days=3))
    today = make_day("Nattro")

    assert "Åpne denne siden igjen på dagen." in page(seats(ahead)[0])
    assert "La denne siden stå åpen." in page(seats(today)[0])


def test_a_tick_stands_only_for_what_the_server_has(day):
    seat = seats(day)[0]

    assert " data-empty " in page(seat)
    vote(seat, day.on, need=4)
    assert " data-empty " not in page(seat)


def test_looking_consumes_nothing(day):
    seat = seats(day)[0]

    with statements() as asked:
        for name in ("phone", "teams", "ties"):
            Client().get(reverse(f"pitching:{name}", args=[seat.token]))

    assert [sql for sql in asked if not sql.startswith("SELECT")] == []


def test_a_disqualified_member_sees_who_pitches_and_no_taps(day):
    seat = seats(day)[0]
    application = day.on.idea.application
    application.amount = 313_131
    application.save()
    disqualify(day.on.idea, seat.person)

    shown = page(seat)

    assert day.on.idea.title in shown
    assert "Du er inhabil her og stemmer ikke" in shown
    assert 'class="tap"' not in shown
    assert "313" not in shown
    assert send(seat, day.on, {"points-need": ["4", 10]}).status_code == 409


def test_without_script_the_form_saves_all_of_it(day):
    seat = seats(day)[0]
    address = reverse("pitching:ballot", args=[seat.token, day.on.pk])
    typed = {
        "points-need": "4",
        "points-novelty": "2",
        "fit": "partly",
        "opens_door": "on",
        "to_team": "Snakk med Elvebo",
    }

    answer = Client(enforce_csrf_checks=True).post(address, typed, follow=True)

    assert "3 av 3 er mottatt" in answer.content.decode()
    ballot = Ballot.objects.get()
    assert (ballot.fit, ballot.opens_door, ballot.to_team) == ("partly", True, "Snakk med Elvebo")


def test_a_tap_after_the_lock_is_refused_in_words():
    day = make_day("Vannvakta")
    do(day, "next", "start", "over_to_questions", "next")
    pitch = day.pitches.get()
    day.lock_voting(by=host(day))

    answer = send(seats(day)[0], pitch, {"points-need": ["4", 10]})

    assert (answer.status_code, answer.json()) == (409, {"refused": "Avstemningen er stengt."})


def test_what_cannot_be_read_is_no_vote(day):
    address = reverse("pitching:save", args=[seats(day)[0].token, day.on.pk])

    for body in (
        "",
        "[]",
        '{"client": "x", "taps": {"points-need": ["9", 1]}}',
        '{"taps": {"fit": "yes"}}',
        '{"client": "x", "taps": {"points-other": ["4", 1]}}',
        '{"client": "x", "taps": {"fit": ["yes", Infinity]}}',
        '{"client": "x", "taps": {"to_team": ["\\ud83d", 1]}}',
    ):
        assert Client().post(address, body, content_type="application/json").status_code == 422
    assert not Ballot.objects.exists()


def test_one_press_says_that_there_are_no_ties_to_the_rest(day):
    seat = seats(day)[0]
    seat.person.declarations.all().delete()
    address = reverse("pitching:ties", args=[seat.token])
    first, second = day.pitches.all()

    Client().post(address, {"pitch": first.pk, "answer": "disqualified", "ground": "family"})
    Client().post(address, {"none_at_all": "1"})

    assert {row.idea_id: row.answer for row in seat.person.declarations.all()} == {
        first.idea_id: "disqualified",
        second.idea_id: "none",
    }


def test_the_page_speaks_the_members_language(day):
    seat = seats(day)[0]
    seat.person.language = "nn"
    seat.person.save()

    assert "Pitchar no" in page(seat)


def test_a_private_note_is_shown_to_its_member_alone(day):
    mine, theirs = seats(day)[:2]
    vote(mine, day.on, note="Bare mitt")

    assert "Bare mitt" in page(mine)
    assert "Bare mitt" not in page(theirs)


def test_the_letter_with_the_link_waits_in_the_outbox_and_carries_the_date():
    day = make_day()
    seat = seats(day)[0]

    telling.of_seat(seat, by=host(day))

    letter = Message.objects.get(kind="panel_link")
    assert (letter.state, letter.receiver) == ("draft", seat.person)
    assert seat.token in letter.body
    assert "BEGIN:VEVENT" in letter.calendar
    assert seat.token not in letter.calendar, "calendars are shared"


def test_the_lead_who_lets_the_letter_go_does_not_read_the_link(day):
    seat = seats(day)[0]
    telling.of_seat(seat, by=host(day))
    letter = Message.objects.get(kind="panel_link")
    browser = Client()
    browser.force_login(host(day))

    for address in (reverse("front:message", args=[letter.pk]), reverse("front:outbox")):
        assert seat.token not in browser.get(address).content.decode()
    assert seat.token in letter.body


def test_saving_a_tap_costs_at_most_ten_statements(day):
    seat = seats(day)[0]
    send(seat, day.on, {"points-need": ["4", 10]})  # content types are remembered from the first time on

    with statements() as asked:
        send(seats(day)[1], day.on, {"points-need": ["4", 10], "fit": ["yes", 11]})

    assert len(asked) - 1 <= 10, "\n".join(asked)  # one is the test's own


def test_somebody_who_is_no_member_has_no_page(day):
    browser = Client()
    browser.force_login(make_person())

    assert browser.get(reverse("pitching:mine")).status_code == 404
