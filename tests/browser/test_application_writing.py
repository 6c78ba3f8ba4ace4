"""A team writes together in two browsers; nothing typed is lost."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from oppdrift.applications.models import Application, SideText
from oppdrift.assessing.models import Improvement
from oppdrift.rounds.models import Question
from oppdrift.toolbox.clock import now
from tests.browsing import looked_over, watch
from tests.factories import make_application, make_person, make_round, make_version, moment

SAVED = re.compile("Lagret")


def signed_in(person) -> dict[str, str]:
    """A cookie by which this person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}


@pytest.fixture
def team(transactional_db):
    return [make_person("Sunniva Hauge"), make_person("Yusuf Karimi")]


@pytest.fixture
def draft(team):
    spring = make_round(name="Våren")
    Question.objects.filter(edition__round=spring, key="challenge").update(example="Vi talte i fire uker.")
    return make_application(round=spring, team=team, title="Nattro")


@pytest.fixture
def another_window(browser: Any, server: str) -> Iterator[Any]:
    """A second browser, as strict as the first."""
    complaints: list[str] = []
    context = browser.new_context(base_url=server, locale="nb-NO", timezone_id="Europe/Oslo")
    watch(context, server, complaints)
    yield context.new_page()
    context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def rough_page(browser: Any, server: str) -> Iterator[Any]:
    """A window in which requests may fail, since the test lets them; anything else still fails the test."""
    complaints: list[str] = []
    context = browser.new_context(base_url=server, locale="nb-NO", timezone_id="Europe/Oslo")
    watch(context, server, complaints)
    yield context.new_page()
    context.close()
    assert not [each for each in complaints if "Failed to load resource" not in each]


def open_form(page, server, person, draft, section=1):
    page.context.add_cookies([{**signed_in(person), "url": server}])
    page.goto(reverse("applications:write", args=[draft.pk, section]))
    return page.locator("#q-challenge")


def test_what_is_written_is_saved_while_one_writes(page, server, team, draft):
    field = open_form(page, server, team[0], draft)
    page.get_by_text("0 av 2 deler er påbegynt.").wait_for(state="attached")

    field.press_sequentially("Vi vekker folk.")
    page.get_by_text(SAVED).first.wait_for()
    page.get_by_text("1 av 2 deler er påbegynt.").wait_for(state="attached")

    page.wait_for_function("() => !localStorage.length")
    assert draft.texts()["challenge"] == "Vi vekker folk."
    page.reload()
    assert field.input_value() == "Vi vekker folk."


def test_without_network_the_text_stays_in_the_browser_and_is_sent_when_it_is_back(rough_page, server, team, draft):
    field = open_form(rough_page, server, team[0], draft)
    rough_page.route("**/save/", lambda route: route.abort())

    field.fill("Skrevet på toget")
    field.blur()
    rough_page.get_by_text("Ikke lagret ennå. Teksten ligger trygt i nettleseren.").first.wait_for()
    rough_page.unroute("**/save/")
    rough_page.reload()

    assert field.input_value() == "Skrevet på toget"
    rough_page.wait_for_function("() => !localStorage.length")
    assert draft.texts()["challenge"] == "Skrevet på toget"


def test_signed_out_meanwhile_the_text_is_kept_and_said_so(page, server, team, draft):
    field = open_form(page, server, team[0], draft)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    field.fill("Skrevet mens økten gikk ut")
    field.blur()
    page.get_by_text("Du er logget ut. Teksten ligger trygt i nettleseren.").first.wait_for()
    field = open_form(page, server, team[0], draft)

    assert field.input_value() == "Skrevet mens økten gikk ut"
    page.wait_for_function("() => !localStorage.length")
    assert draft.texts()["challenge"] == "Skrevet mens økten gikk ut"


def test_two_browsers_in_one_field_keep_both_texts_and_one_is_chosen(page, another_window, server, team, draft):
    hers = open_form(page, server, team[0], draft)
    his = open_form(another_window, server, team[1], draft)

    his.fill("Yusufs tekst")
    his.blur()
    another_window.get_by_text(SAVED).first.wait_for()
    another_window.wait_for_function("() => !localStorage.length")
    hers.fill("Sunnivas tekst")
    hers.blur()
    page.get_by_text("Yusuf lagret dette feltet mens du skrev.").wait_for()

    assert page.locator(".two-texts-pair").inner_text().count("tekst") == 2
    assert SideText.objects.open().get().text == "Sunnivas tekst"
    page.get_by_role("button", name="Behold min").click()
    page.wait_for_load_state()
    assert page.locator("#q-challenge").input_value() == "Sunnivas tekst"
    assert draft.texts()["challenge"] == "Sunnivas tekst"


def test_a_team_writes_looks_over_and_hands_in_by_keyboard_and_button(page, server, team, draft):
    field = open_form(page, server, team[0], draft)
    field.fill("Vi vekker folk.")
    page.get_by_role("button", name="Penger").click()
    page.locator("#q-amount").fill("310 000")
    page.get_by_role("button", name="Se over").click()
    page.get_by_role("button", name="Send inn").click()

    page.get_by_text("Søknaden er sendt inn.").wait_for()
    stored = Application.objects.get()
    assert (stored.is_handed_in, stored.amount) == (True, 310_000)


def test_what_is_missing_is_linked_to_its_field(rough_page, server, team, draft):
    open_form(rough_page, server, team[0], draft)
    rough_page.goto(draft.get_absolute_url())
    rough_page.get_by_role("button", name="Send inn").click()

    summary = rough_page.get_by_role("alert")
    assert summary.evaluate("box => box === document.activeElement")
    summary.get_by_role("link", name="Hva er problemet?").click()

    assert rough_page.url.endswith("#q-challenge")


def test_pages_are_readable_while_two_write_and_while_something_is_made_clearer(page, axe, server, team, draft):
    """All other pages of applications are looked over in the house, see `test_pages`."""
    lead = make_person("Randi Lie")
    spring = make_round(lead=lead)
    draft.write("challenge", "Yusufs", by=team[1])
    draft.write("challenge", "Sunnivas", by=team[0], based_on=0)
    done = make_application(round=spring, team=team, submitted=True, title="Ro i garderoben")
    make_version(done, answers={"challenge": "Vi bruker fire timer på det.", "amount": "100000"}, changed="Vi talte.")
    improving = make_application(round=spring, team=[team[0]], submitted=True)
    improving.open_for_improvement(moment("2099-01-01T12:00"), by=lead)
    improving.write("challenge", "Klarere", by=team[0])
    asked_about = "Need:\nHvem gjelder det?\n\nNovelty:\nHva er nytt?"
    Improvement.objects.create(
        application=improving, unclear=asked_about, until=improving.improve_until, invited_at=now()
    )
    visits = [
        (team[0], reverse("applications:write", args=[draft.pk, 1])),
        (team[0], draft.get_absolute_url()),
        (team[0], improving.get_absolute_url()),
        (team[0], reverse("applications:write", args=[improving.pk, 1])),
        (lead, reverse("applications:since", args=[done.pk, 2, 1])),
    ]

    found = []
    for person, address in visits:
        page.context.add_cookies([{**signed_in(person), "url": server}])
        page.goto(address)
        found += [f"{address}: {complaint}" for complaint in looked_over(page, axe)]

    assert found == []
