"""The lead's, the host's and the teams' pages, and the steps that lead there."""

import datetime as dt
from unittest.mock import Mock

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from oppdrift.history.models import Message
from oppdrift.ideas.models import Decision
from oppdrift.pitching import steps
from oppdrift.pitching.models import PitchDay, Rehearsal
from oppdrift.pitching.section import feedback_for
from oppdrift.pitching.views.arranging import about, usual
from oppdrift.rounds.models import Stage
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import local, now
from tests.factories import disqualify, give_role, make_gathering, make_person, make_round
from tests.pitching.making import (
    CRITERIA,
    do,
    host,
    make_day,
    no_panel,
    one_team,
    seats,
    shortlist,
    two_teams,
    vote,
)

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def titles(person) -> list[str]:
    with translation.override("en"):  # a page that was asked for before has left its reader's language
        return [step.title for step in steps.steps_for(person)]


def make_training(round, slots: int = 3, **fields) -> list[Rehearsal]:
    training = make_gathering(round=round, kind="pitch_training", title="Pitchetrening", **fields)
    return Rehearsal.make(
        training, starts_at=training.appointment.starts_at, minutes=20, number=slots, by=round.lead_in_charge()
    )


def test_the_lead_makes_the_day_from_the_shortlist_and_the_panel_gets_its_letters():
    lead = make_person("Ingrid Solhaug")
    round = make_round(lead=lead)
    shortlist(round, "Vannvakta", "Nattro")
    give_role(round, make_person(), "panel")
    browser, address = signed_in(lead), reverse("pitching:day", args=[round.pk])
    assert "Make the pitch day" in titles(lead)

    browser.post(address, {
        "starts_at": "2030-04-24T09:00", "ends_at": "2030-04-24T12:00", "place": "Rådhuset", "pitch_minutes": 3,
        "question_minutes": 5, "break_after": "", "break_minutes": 10,
    })  # fmt: skip
    browser.post(reverse("pitching:seats", args=[round.pk]))

    day = PitchDay.objects.get()
    assert (day.pitch_seconds, day.question_seconds, day.pitches.count()) == (180, 300, 2)
    assert f"trekningstallet {day.seed}" in browser.get(address).content.decode()
    assert Message.objects.get(kind="panel_link").state == "draft"


@no_panel
def test_the_day_leads_to_the_outbox_where_the_letters_to_the_panel_wait(scene):
    day = scene
    give_role(day.round, make_person(), "panel")
    browser, address = signed_in(day.round.lead_in_charge()), reverse("pitching:day", args=[day.round.pk])

    before = browser.get(address).content.decode()
    browser.post(reverse("pitching:seats", args=[day.round.pk]))
    after = browser.get(address).content.decode()

    assert f'Brevene venter i <a href="{reverse("front:outbox")}">utgående post</a> til du har lest dem.' in before
    assert f'<a href="{reverse("front:outbox")}">Brevene ligger i utgående post</a>' in after


def test_the_form_begins_at_nine_in_norway_on_the_day_that_the_round_names():
    round = make_round(lead=make_person())
    round.milestones.create(kind="pitch_day", name="Pitch", at=local(2026, 4, 24))  # 22:00 the day before, in UTC

    assert usual(round) == {"starts_at": local(2026, 4, 24, 9), "ends_at": local(2026, 4, 24, 12)}


def test_the_day_is_today_also_in_the_hours_in_which_it_is_yesterday_in_greenwich(time_machine):
    day = make_day(starts_at=local(2030, 4, 24, 9))

    time_machine.move_to(local(2030, 4, 24, 0, 30))

    assert about(day)["is_today"]


@no_panel
def test_no_seat_is_made_without_its_letter(monkeypatch, scene):
    day = scene
    give_role(day.round, make_person(), "panel")
    browser, address = signed_in(host(day)), reverse("pitching:seats", args=[day.round_id])
    with monkeypatch.context() as broken:
        broken.setattr("oppdrift.pitching.telling.of_seat", Mock(side_effect=RuntimeError))
        with pytest.raises(RuntimeError):
            browser.post(address)
    assert not seats(day)

    browser.post(address)

    assert Message.objects.filter(kind="panel_link").count() == 1


@one_team
def test_a_link_in_wrong_hands_is_renewed_also_when_the_last_team_is_done(scene):
    day = scene
    do(day, "next", "start", "over_to_questions", "next")
    seat = seats(day)[0]

    signed_in(host(day)).post(reverse("pitching:renew", args=[day.round_id, seat.pk]))

    assert Client().get(seat.get_absolute_url()).status_code == 404
    assert Message.objects.get(kind="panel_link").state == "queued"


@one_team
def test_when_the_day_moves_letters_to_panel_and_teams_wait_with_the_new_time(scene):
    day = scene

    day.change(by=host(day), starts_at=now(), ends_at=now() + dt.timedelta(hours=2), place="Biblioteket")

    letters = Message.objects.filter(kind="pitch_day_moved")
    team = [part.person for part in day.pitches.get().idea.team()]
    assert {letter.receiver for letter in letters} == {*(seat.person for seat in seats(day)), *team}
    assert {(letter.state, "Biblioteket" in letter.body, "SEQUENCE:1" in letter.calendar) for letter in letters} == {
        ("draft", True, True)
    }


@two_teams
def test_two_hosts_who_press_start_start_once_and_the_page_never_shows_points(scene):
    day = scene
    do(day, "next")
    browser, address = signed_in(host(day)), reverse("pitching:command", args=[day.round_id])
    for _ in range(2):
        browser.post(address, {"command": "start", "seen": day.on_id})
    version = PitchDay.objects.get().version
    vote(seats(day)[0], day.on, need=5, novelty=5, fit="yes", note="hemmelig")

    shown = browser.get(reverse("pitching:host", args=[day.round_id])).content.decode()

    assert version == day.version + 1
    assert "1 av 3 har svart" in shown
    assert "hemmelig" not in shown


@two_teams
def test_a_second_host_takes_over_by_a_button(scene):
    day = scene
    do(day, "next")
    other = make_person("Marius Vik")
    give_role(day.round, other, "substitute")
    browser = signed_in(other)
    command = reverse("pitching:command", args=[day.round_id])
    assert browser.post(command, {"command": "start", "seen": day.on_id}).status_code == 409

    browser.post(reverse("pitching:take", args=[day.round_id]))
    browser.post(command, {"command": "start", "seen": day.on_id})

    day.refresh_from_db()
    assert day.host == other
    assert day.on.started_at


@two_teams
def test_the_screens_say_who_is_in_and_who_is_next(scene):
    day = scene
    do(day, "next", "start")
    first, second = (pitch.idea.title for pitch in day.pitches.select_related("idea"))

    room = Client().get(reverse("pitching:room", args=[day.token])).content.decode()
    waiting = Client().get(reverse("pitching:waiting", args=[day.token])).content.decode()

    assert room.index(first) < room.index(second)
    assert "igjen av tre minutter" in room
    assert "Gå til døra nå" in waiting
    assert "Inne nå" in waiting


def test_a_round_without_the_stage_leaves_no_trace():
    lead = make_person()
    round = make_round(lead=lead, stages=[stage for stage in Stage.values if stage != "pitching"])
    (idea,) = shortlist(round, "Vannvakta")
    give_role(round, make_person(), "panel")
    browser = signed_in(lead)

    assert titles(lead) == []
    assert titles(idea.team().first().person) == []
    assert browser.get(reverse("pitching:day", args=[round.pk])).status_code == 404
    assert browser.get(reverse("pitching:training", args=[round.pk])).status_code == 404
    assert "/pitch/" not in browser.get(reverse("rounds:rounds")).content.decode()


# Rehearsals


def test_a_team_books_changes_and_gives_back():
    round = make_round(lead=make_person("Ingrid Solhaug"), criteria=CRITERIA)
    (idea,) = shortlist(round, "Vannvakta")
    member = idea.team().first().person
    first, second, _third = make_training(round)
    browser = signed_in(member)
    assert "Book a rehearsal for “Vannvakta”" in titles(member)

    for slot in (first, second):
        browser.post(reverse("pitching:book", args=[slot.pk]), {"idea": idea.pk})

    assert list(Rehearsal.objects.booked()) == [second], "changing gives the first one back"
    left = Message.objects.get(kind="rehearsal_given_back").calendar
    assert "METHOD:CANCEL" in left, "or the old time would stay in their calendars"
    assert "Rehearse “Vannvakta”" in titles(member)
    letter = Message.objects.filter(kind="rehearsal_booked").order_by("pk").last()
    assert (letter.state, "BEGIN:VEVENT" in letter.calendar) == ("queued", True)

    browser.post(reverse("pitching:give_back", args=[second.pk]))

    assert not Rehearsal.objects.booked().exists()
    assert "METHOD:CANCEL" in Message.objects.filter(kind="rehearsal_given_back").latest("pk").calendar


def test_two_teams_cannot_have_one_slot():
    round = make_round(lead=make_person(), criteria=CRITERIA)
    one, other = shortlist(round, "Vannvakta", "Nattro")
    slot = make_training(round)[0]
    slot.book(one, by=one.team().first().person)

    with pytest.raises(NotNow, match="quicker"):
        slot.book(other, by=other.team().first().person)


def test_only_a_team_that_is_to_pitch_books():
    round = make_round(lead=make_person(), criteria=CRITERIA)
    slot = make_training(round)[0]
    (elsewhere,) = shortlist(make_round(lead=make_person()), "Brevet")

    with pytest.raises(NotNow, match="going to pitch"):
        slot.book(elsewhere, by=elsewhere.team().first().person)


def test_advice_is_read_by_the_team_and_whoever_gave_it():
    round = make_round(lead=make_person("Ingrid Solhaug"), criteria=CRITERIA)
    (idea,) = shortlist(round, "Vannvakta")
    slot = make_training(round)[0]
    slot.book(idea, by=idea.team().first().person)
    listener, another = make_person("Per Holm"), make_person()
    for person in (listener, another):
        slot.gathering.add(person, by=round.lead_in_charge())
    address = reverse("pitching:rehearsal", args=[slot.pk])

    signed_in(listener).post(
        reverse("pitching:advise", args=[slot.pk]), {"points-need": "4", "words": "Begynn med natta"}
    )

    def reads(person) -> bool:
        return "Begynn med natta" in signed_in(person).get(address).content.decode()

    assert reads(idea.team().first().person)
    assert reads(listener)
    assert not reads(another)
    assert not reads(round.lead_in_charge())


def test_each_attempt_keeps_its_time(time_machine):
    time_machine.move_to("2019-04-03T09:00:00+02:00", tick=False)
    round = make_round(lead=make_person(), criteria=CRITERIA)
    (idea,) = shortlist(round, "Vannvakta")
    member = idea.team().first().person
    slot = make_training(round)[0]
    slot.book(idea, by=member)

    for seconds in (190, 175):
        slot.run("start", by=member)
        time_machine.shift(seconds)
        slot.run("end", by=member)

    assert [attempt.used_ms for attempt in slot.attempts.all()] == [190_000, 175_000]


# Steps of the day


def test_the_panel_is_asked_about_ties_and_then_to_come():
    day = make_day(starts_at=now() + dt.timedelta(days=2))
    member = seats(day)[0].person
    assert titles(member) == ["Hear the teams pitch"]

    member.declarations.all().delete()

    assert titles(member) == ["Say whether you have ties to 2 teams", "Hear the teams pitch"]


def test_the_lead_is_led_through_the_day():
    day = make_day("Vannvakta", starts_at=now() + dt.timedelta(days=3))
    lead = host(day)
    assert titles(lead) == ["Check the running order"]
    day.change(by=lead, starts_at=now(), ends_at=now() + dt.timedelta(hours=2), place="Rådhuset")
    assert titles(lead) == ["Start the pitch day"]
    do(day, "next", "start", "over_to_questions", "next")
    assert titles(lead) == ["Close the voting"]

    day.lock_voting(by=lead)

    assert titles(lead) == []


# Afterwards


@one_team
def test_the_team_reads_words_doors_and_its_time_when_the_decision_is_told(time_machine, scene):
    time_machine.move_to("2019-04-24T10:00:00+02:00", tick=False)
    day = scene
    one, other, barred = seats(day)
    idea, lead = day.pitches.get().idea, host(day)
    do(day, "next", "start")
    time_machine.shift(168)
    do(day, "over_to_questions")
    vote(one, day.on, need=5, novelty=1, to_team="Snakk med Elvebo", opens_door=True, note="svakt")
    vote(other, day.on, need=2, to_team="Mål søvnen")
    vote(barred, day.on, need=2, to_team="Heia dere")
    disqualify(idea, barred.person)
    address, team = reverse("pitching:feedback", args=[idea.pk]), signed_in(idea.team().first().person)
    assert team.get(address).status_code == 403

    decision = Decision.make(idea, "final", "admitted", reason="Ja", by=lead, amount=100_000)
    Decision.release([decision], by=lead)
    shown = team.get(address).content.decode()

    told = feedback_for(idea)
    assert told
    assert (told.words, told.doors, told.time) == (["Mål søvnen", "Snakk med Elvebo"], [one.person], "2:48")
    for words in ("Mål søvnen", one.person.name, "2:48"):
        assert words in shown
    for secret in ("svakt", "Heia dere", other.person.name):
        assert secret not in shown
    assert "Snakk med Elvebo" in team.get(idea.get_absolute_url()).content.decode()
