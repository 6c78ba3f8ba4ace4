"""The day over real servers: one process on SQLite, two on PostgreSQL, and one that is killed while they score."""

import itertools
import random
import threading

import pytest
from django.db import connection

from oppdrift.pitching.models import Ballot, BallotScore, PitchDay
from tests.browsing import hang_up_others
from tests.pitching.making import do, host, make_day, seats, vote
from tests.pitching.serving import Phone, Stream, ask, host_stream, screen_stream, servers, wait_for

pytestmark = [pytest.mark.db_rules, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def day(collected_static):
    day = make_day("Vannvakta", "Nattro", panel=4)
    do(day, "next")
    yield day
    hang_up_others()


def test_a_command_given_here_is_seen_on_a_screen_at_once(server, day):
    port = int(server.rsplit(":", 1)[1])
    screen = Stream(port, screen_stream(day))
    wait_for(lambda: screen.last.get("phase") == "called", "the present state comes first")

    do(day, "start")

    wait_for(lambda: screen.last.get("phase") == "pitching", "the start is seen")
    assert screen.last["version"] == day.version
    assert screen.last["clock"]["runs"]
    screen.close()


def test_the_hosts_stream_says_that_taps_have_come_and_no_stream_says_what_they_say(server, day):
    port = int(server.rsplit(":", 1)[1])
    screen, leads = Stream(port, screen_stream(day)), Stream(port, *host_stream(day))
    wait_for(lambda: screen.states and leads.states, "they listen")

    vote(seats(day)[0], day.on, need=5, novelty=1, fit="partly", note="hemmelig notat", to_team="hemmelig ord")
    do(day, "start")

    wait_for(lambda: leads.last["votes"] == 1, "the host hears of the tap")
    wait_for(lambda: screen.last["phase"] == "pitching", "the screen hears of the start")
    shared = {"version", "phase", "number", "locked", "clock", "now"}
    assert (set(screen.last), set(leads.last)) == (shared, shared | {"votes"})
    for stream in (screen, leads):
        assert b"hemmelig" not in stream.raw
        assert b"partly" not in stream.raw
        stream.close()


def test_a_stream_of_a_renewed_link_is_refused(server, day):
    seat = seats(day)[0]
    old = f"{seat.get_absolute_url()}stream/"
    seat.renew(by=host(day))

    assert ask(int(server.rsplit(":", 1)[1]), "GET", old)[0] == 404


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite serves one process.")
def test_two_processes_on_postgresql_hear_of_each_other(day):
    with servers(2) as (one, other):
        screens = [Stream(each.port, *host_stream(day)) for each in (one, other)]
        wait_for(lambda: all(screen.states for screen in screens), "both listen")

        Phone(seats(day)[0], day.on).tap("points-need", 4, itertools.repeat(one.port))

        wait_for(lambda: all(screen.last["votes"] == 1 for screen in screens), "the tap is heard of in both")


def test_a_server_stops_politely_with_streams_open(day):
    with servers(1) as (server,):
        screen = Stream(server.port, screen_stream(day))
        wait_for(lambda: bool(screen.states), "it listens")

        assert server.stop() in (0, -15)  # uvicorn passes on the signal that stopped it

        screen.join(10)
        assert not screen.is_alive(), "the stream ended"


def test_killed_while_they_score_every_acknowledged_tap_is_there_once(day):
    do(day, "start")
    phones = [Phone(seat, day.on) for seat in seats(day)]
    with servers(1) as (server,):
        crowd = [threading.Thread(target=tap_much, args=(phone, server.port)) for phone in phones]
        for thread in crowd:
            thread.start()
        wait_for(lambda: min(phone.revision for phone in phones) >= 8, "they score")
        server.kill()
        told = [dict(phone.acknowledged) for phone in phones]

        for phone, acknowledged in zip(phones, told, strict=True):
            assert stands(phone, acknowledged), "what was acknowledged is there before anything is sent again"

        server.start()
        for thread in crowd:
            thread.join(60)

    for phone in phones:
        assert phone.acknowledged == phone.sent
        assert stands(phone, phone.sent)
        points = dict(BallotScore.objects.filter(ballot__seat=phone.seat).values_list("criterion__key", "points"))
        assert points == {field.removeprefix("points-"): value for field, (_revision, value) in phone.sent.items()}
    assert Ballot.objects.count() == len(phones)
    assert PitchDay.objects.get().on.started_at == day.on.started_at, "and the clock has not noticed"


def tap_much(phone: Phone, port: int) -> None:
    chance = random.Random(phone.seat.pk)
    for _ in range(40):
        phone.tap(chance.choice(["points-need", "points-novelty"]), chance.randint(1, 5), itertools.repeat(port))
    connection.close()


def stands(phone: Phone, taps: dict[str, tuple[int, int]]) -> bool:
    """Does the database have each of these taps, or a newer one?"""
    ballot = Ballot.objects.filter(seat=phone.seat).first()
    kept = ballot.taps if ballot else {}
    return all(kept.get(field.replace("-", ":"), [0])[0] >= revision for field, (revision, _value) in taps.items())
