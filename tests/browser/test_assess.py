"""An assessor on a phone and at a desk: it saves itself, tabs keep their place, and handing in leads on."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from oppdrift.assessing.models import Assessment, Judgement
from tests.assessing.making import hand_in, make_assessor, make_assigned, make_led_round
from tests.browsing import looked_over

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
NOT_SAVED = "Ikke lagret ennå. Alt ligger trygt i nettleseren og sendes av seg selv."


@pytest.fixture
def world(transactional_db: None) -> Any:
    spring, lead = make_led_round(assess_by="2030-03-09T12:00")
    emil, berit = make_assessor(spring, "Emil Fjeldstad"), make_assessor(spring, "Berit Haugland")
    first = make_assigned(spring, lead, emil, berit, title="Nattro")
    second = make_assigned(spring, lead, emil, title="Vannvakta")
    for version in (first.versions.get(), second.versions.get()):
        version.answers["challenge"] = "\n\n".join(["Hver natt åpner vi tjuefire dører for å se om folk sover."] * 60)
        version.save()
    return spring, lead, emil, berit, first, second


@pytest.fixture
def page_offline_at_times(browser: Any, server: str) -> Iterator[Any]:
    """A window whose console may complain, since a lost network does."""
    context = browser.new_context(base_url=server, locale="nb-NO", timezone_id="Europe/Oslo")
    yield context.new_page()
    context.close()


def open_as(page: Any, server: str, person: Any, address: str, size: dict[str, int]) -> None:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": server}])
    page.set_viewport_size(size)
    page.goto(address)


def assess_url(application: Any) -> str:
    return reverse("assessing:assess", args=[application.pk])


def tap(page: Any, name: str, value: str) -> None:
    page.locator(f'.tap:has([name="{name}"][value="{value}"])').click()


def press(page: Any, tab: str) -> None:
    """As a thumb does, where the tab is now: a locator's click would scroll the page first."""
    box = page.get_by_role("link", name=tab, exact=True).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_on_a_phone_the_tabs_keep_their_place_and_both_are_named_after_the_project(page, server, world):
    _spring, _lead, emil, _berit, first, _second = world
    open_as(page, server, emil, assess_url(first), PHONE)
    heading = page.get_by_role("heading", level=1)
    names = [heading.inner_text()]
    page.evaluate("scrollTo(0, 700)")

    press(page, "Vurderingen")
    page.locator('.tap:has([name="need-points"])').first.wait_for()
    names.append(heading.inner_text())
    page.evaluate("scrollTo(0, 0)")
    press(page, "Søknaden")
    page.wait_for_timeout(300)

    assert names == ["Nattro", "Nattro"]
    assert page.evaluate("scrollY") > 600
    assert heading.count() == 1
    assert page.get_by_role("link", name="Søknaden", exact=True).get_attribute("aria-current") == "true"


def test_points_save_themselves_and_are_there_when_one_comes_back(page, server, world):
    _spring, _lead, emil, _berit, first, _second = world
    open_as(page, server, emil, assess_url(first), DESK)

    with page.expect_response(re.compile("/save/")):
        tap(page, "need-points", "4")
    page.locator("#saved").get_by_text(re.compile(r"Lagret kl\.")).wait_for()
    opened = page.locator('[name="novelty-points"]').first.is_visible()
    page.reload()

    assert opened
    assert page.locator('[name="need-points"][value="4"]').is_checked()
    assert Assessment.objects.get().state == "draft"


def test_a_five_asks_for_its_reason_and_the_summary_leads_there(page, server, world):
    _spring, _lead, emil, _berit, first, _second = world
    open_as(page, server, emil, assess_url(first), PHONE)
    page.get_by_role("link", name="Vurderingen", exact=True).click()
    tap(page, "need-points", "5")
    reason = page.locator("#id_need-comment")
    asked = reason.is_visible()

    page.get_by_role("button", name="Lever og gå til neste").click()
    summary = page.locator(".ds-error-summary")
    summary.wait_for()
    summary.get_by_role("link", name=re.compile("1 og 5 trenger")).click()

    assert asked
    assert summary.get_by_role("link").count() == 4
    assert reason.evaluate("element => element === document.activeElement")
    assert page.locator('[name="need-points"][value="5"]').is_checked()


def test_handed_in_from_the_phone_the_next_one_opens(page, server, world):
    _spring, _lead, emil, _berit, first, second = world
    open_as(page, server, emil, assess_url(first) + "#judging", PHONE)
    for name, value in (("need-points", "4"), ("novelty-points", "3"), ("ordinary-passed", "yes"), ("fit", "partly")):
        tap(page, name, value)

    page.get_by_role("button", name="Lever og gå til neste").click()
    page.wait_for_url(f"**{assess_url(second)}*")

    given = Assessment.objects.get(application=first)
    assert (given.state, given.fit, float(given.total)) == ("handed_in", "partly", 3.6)


def test_without_a_network_it_says_so_and_saves_when_it_is_back(page_offline_at_times, server, world):
    _spring, _lead, emil, _berit, first, _second = world
    page = page_offline_at_times
    open_as(page, server, emil, assess_url(first), DESK)
    page.route("**/save/", lambda route: route.abort())

    tap(page, "need-points", "2")
    page.locator("#saved").get_by_text(NOT_SAVED).wait_for()
    page.unroute("**/save/")
    with page.expect_response(lambda answer: "/save/" in answer.url and answer.ok):
        page.evaluate("dispatchEvent(new Event('online'))")

    page.locator("#saved").get_by_text(re.compile(r"Lagret kl\.")).wait_for()
    assert Assessment.objects.get().judgement.scores["need"].points == 2


def test_what_the_network_lost_is_there_after_a_reload_and_reaches_the_server(page_offline_at_times, server, world):
    _spring, _lead, emil, _berit, first, _second = world
    page = page_offline_at_times
    open_as(page, server, emil, assess_url(first), DESK)
    page.route("**/save/", lambda route: route.abort())
    tap(page, "need-points", "5")
    page.locator("#id_need-comment").fill("Teamet har talt dørene.")
    page.locator("#saved").get_by_text(NOT_SAVED).wait_for()
    assert not Assessment.objects.exists()

    page.unroute("**/save/")
    page.reload()
    back = (
        page.locator('[name="need-points"][value="5"]').is_checked(),
        page.locator("#id_need-comment").input_value(),
    )
    page.wait_for_function("() => !localStorage.length")

    assert back == (True, "Teamet har talt dørene.")
    given = Assessment.objects.get().judgement.scores["need"]
    assert (given.points, given.comment) == (5, "Teamet har talt dørene.")


def test_words_kept_in_a_browser_stand_beside_what_was_saved_elsewhere(page_offline_at_times, server, world):
    _spring, _lead, emil, _berit, first, _second = world
    page = page_offline_at_times
    open_as(page, server, emil, assess_url(first), DESK)
    page.route("**/save/", lambda route: route.abort())
    tap(page, "need-points", "2")
    page.locator("#id_among").fill("Skrevet på toget")
    page.locator("#saved").get_by_text(NOT_SAVED).wait_for()

    Assessment.save_scores(first, Judgement.of({"need": 4}, among="Skrevet på kontoret"), by=emil)
    page.unroute("**/save/")
    page.reload()
    page.wait_for_function("() => !localStorage.length")

    saved = Assessment.objects.get()
    assert saved.among.split() == ["Skrevet", "på", "kontoret", "Skrevet", "på", "toget"]
    assert saved.judgement.scores["need"].points == 4


def test_changes_in_a_handed_in_assessment_wait_in_the_browser_for_the_button(page, server, world):
    _spring, _lead, emil, _berit, first, _second = world
    hand_in(first, emil, among="Først")
    open_as(page, server, emil, assess_url(first), DESK)
    silent = page.locator("#saved").is_hidden()

    page.locator("#id_among").fill("Siden")
    page.locator("#saved").get_by_text("Endringene ligger trygt i nettleseren").wait_for()
    page.reload()
    kept, stored = page.locator("#id_among").input_value(), Assessment.objects.get().among
    page.get_by_role("button", name="Lever endringene").click()
    page.wait_for_url(lambda address: not address.endswith(assess_url(first)))
    page.goto(assess_url(first))

    assert silent
    assert (kept, stored) == ("Siden", "Først")
    assert Assessment.objects.get().among == page.locator("#id_among").input_value() == "Siden"
    assert page.evaluate("localStorage.length") == 0


def test_signed_in_again_in_another_window_the_first_goes_on_saving(page, server, world):
    _spring, _lead, emil, _berit, first, _second = world
    open_as(page, server, emil, assess_url(first), DESK)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    tap(page, "need-points", "3")
    page.locator("#saved").get_by_text("Du er logget ut.").wait_for()

    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)  # signing in makes a new one
    window = page.context.new_page()
    open_as(window, server, emil, assess_url(first), DESK)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator("#saved").get_by_text(re.compile(r"Lagret kl\.")).wait_for()

    assert Assessment.objects.get().judgement.scores["need"].points == 3


def test_the_pages_of_the_room_are_accessible_and_fit_the_screen(page, server, axe, world):
    spring, lead, emil, berit, first, second = world
    hand_in(first, berit, among="Ligner på forsøket i fjor.")
    rooms = {
        emil: [reverse("assessing:queue"), assess_url(first), f"{assess_url(second)}#judging"],
        lead: [reverse("assessing:assessments", args=[first.pk])],
    }
    rooms[emil] += [reverse(f"assessing:{name}", args=[spring.pk]) for name in ("impartiality", "criteria")]
    rooms[lead] += [reverse(f"assessing:{name}", args=[spring.pk]) for name in ("progress", "assignment", "settling")]

    findings = []
    for person, addresses in rooms.items():
        for address in addresses:
            open_as(page, server, person, address, PHONE)
            findings += [f"{address}: {finding}" for finding in looked_over(page, axe)]

    assert not findings, "\n".join(findings)
