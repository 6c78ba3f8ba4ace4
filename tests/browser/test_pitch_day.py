"""Pitch day with host, room screen, waiting room and three phones at once. One is disqualified, one is offline."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from oppdrift.pitching.models import Ballot, PitchDay
from tests.browsing import watch
from tests.factories import disqualify
from tests.pitching.making import host, make_day, seats, totals_of

NETWORK_IS_GONE = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_NETWORK_CHANGED")


@pytest.fixture
def open_window(browser, server, request) -> Iterator[Any]:
    """`open_window(address, …)` gives a page in a window of its own; what must not happen in any of them fails."""
    complaints: list[str] = []
    expected = NETWORK_IS_GONE + tuple(getattr(request, "param", ()))
    opened = []

    def opens(address: str, *, person=None, size=(390, 844)) -> Any:
        context = browser.new_context(
            base_url=server, locale="nb-NO", timezone_id="Europe/Oslo", reduced_motion="reduce",
            viewport={"width": size[0], "height": size[1]},
        )  # fmt: skip
        context.set_default_timeout(10_000)
        watch(context, server, complaints)
        if person:
            client = Client()
            client.force_login(person)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server}])
        opened.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opens
    for context in opened:
        context.close()
    assert [line for line in complaints if not line.endswith(expected)] == []


@pytest.fixture
def day(server) -> PitchDay:
    """Two teams, three in the panel, of whom the last one is disqualified from the first team."""
    day = make_day("Vannvakta", "Nattro på Solbakken")
    keys = {pitch.idea.title: pitch.pk for pitch in day.pitches.select_related("idea")}
    day.reorder([keys["Nattro på Solbakken"], keys["Vannvakta"]], reason="Slik", by=host(day))
    disqualify(day.pitches.get(order=1).idea, seats(day)[2].person)
    return day


def press(page: Any, words: str) -> None:
    page.get_by_role("button", name=words).click()


def tap(page: Any, criterion: str, answer: int | str) -> None:
    page.get_by_role("radiogroup", name=criterion).get_by_role("radio", name=str(answer), exact=True).click()


@pytest.mark.django_db(transaction=True)
def test_a_pitch_day_from_the_first_team_to_the_lock(open_window, day, axe):
    one, other, barred = seats(day)
    leads = open_window(reverse("pitching:host", args=[day.round_id]), person=host(day), size=(1280, 900))
    room = open_window(reverse("pitching:room", args=[day.token]), size=(1920, 1080))
    waiting = open_window(reverse("pitching:waiting", args=[day.token]), size=(1280, 720))
    phones = [open_window(seat.get_absolute_url()) for seat in (one, other, barred)]

    # The first team is called; every screen and phone follows by itself.
    press(leads, "Kall inn Nattro på Solbakken")
    for page in (room, *phones):
        expect(page.get_by_role("heading", name="Nattro på Solbakken")).to_be_visible()
    expect(waiting.get_by_role("heading", name="Vannvakta")).to_be_visible()
    expect(room.get_by_role("timer")).to_have_attribute("aria-label", "3:00")
    press(leads, "Start klokka")
    expect(room.get_by_role("timer")).to_have_attribute("aria-label", re.compile(r"2:5\d"))
    expect(phones[2].get_by_text("Du er inhabil her og stemmer ikke")).to_be_visible()
    expect(phones[2].get_by_role("radio")).to_have_count(0)

    # One taps, and the foot of the page tells what has come in; the host sees that, and no points.
    tap(phones[0], "Need", 4)
    tap(phones[0], "Novelty", 5)
    tap(phones[0], "Passer i programmet", "Ja")
    expect(phones[0].get_by_text("3 av 3 er mottatt")).to_be_visible()
    expect(leads.get_by_text("1 av 2 har svart")).to_be_visible()

    # Another one loses the network, taps on, and the taps wait on the phone, through a press on "try".
    phones[1].context.set_offline(True)
    tap(phones[1], "Need", 2)
    tap(phones[1], "Novelty", 3)
    phones[1].get_by_text("Jeg kan åpne denne døra").click()
    expect(phones[1].get_by_text("Ikke sendt ennå")).to_be_visible()
    assert not Ballot.objects.filter(seat=other).exists()
    press(leads, "Over til spørsmål")
    expect(room.get_by_text("til spørsmål")).to_be_visible()
    phones[1].context.set_offline(False)
    expect(phones[1].get_by_text("2 av 3 er mottatt")).to_be_visible()
    assert Ballot.objects.get(seat=other).opens_door

    for page in (leads, room, waiting, *phones):
        assert axe(page) == []

    # The room screen is without network while the next team is called, and catches up by itself.
    room.context.set_offline(True)
    press(leads, "Kall inn Vannvakta")
    expect(phones[2].get_by_role("radio").first).to_be_attached()
    room.context.set_offline(False)
    expect(room.get_by_role("heading", name="Vannvakta")).to_be_visible()

    # The keyboard leads too. After the last team the voting is closed, and the phones say so.
    leads.locator("body").press("PageDown")
    expect(leads.get_by_role("button", name="Over til spørsmål")).to_be_visible()
    leads.wait_for_timeout(900)  # so that a double press is not two commands
    leads.locator("body").press("PageDown")
    press(leads, "Det var siste team")
    press(leads, "Steng avstemningen")
    expect(phones[0].get_by_role("heading", name="Avstemningen er stengt")).to_be_visible()

    day.refresh_from_db()
    first = day.pitches.get(order=1)
    assert totals_of(day)[first.idea_id] == {one.pk: pytest.approx(4.4), other.pk: pytest.approx(2.4)}


@pytest.mark.django_db(transaction=True)
def test_a_tap_survives_that_the_page_is_closed_without_network(open_window, day):
    seat = seats(day)[0]
    day.command("next", by=host(day), seen=None)
    phone = open_window(seat.get_absolute_url())
    phone.context.set_offline(True)
    tap(phone, "Need", 5)
    expect(phone.get_by_text("Ikke sendt ennå")).to_be_visible()
    phone.goto("about:blank")

    phone.context.set_offline(False)
    phone.goto(seat.get_absolute_url())

    expect(phone.get_by_text("1 av 3 er mottatt")).to_be_visible()
    assert Ballot.objects.get(seat=seat).scores.get().points == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("open_window", [["status of 404 (Not Found)"]], indirect=True)
def test_taps_behind_a_link_that_was_replaced_are_sent_when_the_new_one_is_opened(open_window, day):
    seat = seats(day)[0]
    day.command("next", by=host(day), seen=None)
    phone = open_window(seat.get_absolute_url())
    phone.context.set_offline(True)
    tap(phone, "Need", 5)
    expect(phone.get_by_text("Ikke sendt ennå")).to_be_visible()
    seat.renew(by=host(day))
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Prøv nå").click()
    expect(phone.get_by_text("Lenken din er byttet")).to_be_visible()
    assert not Ballot.objects.exists()

    phone.goto(seat.get_absolute_url())

    expect(phone.get_by_text("1 av 3 er mottatt")).to_be_visible()
    assert Ballot.objects.get(seat=seat).scores.get().points == 5
