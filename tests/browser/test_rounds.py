"""The pages of a round in a real browser: readable by everybody, at every width, and a round made from start to end."""

import datetime as dt

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from oppdrift.rounds.models import Criterion, Round
from oppdrift.toolbox.clock import local, now
from tests.factories import give_role, make_application, make_person

DAY = dt.timedelta(days=1)


def sign_in(page, server: str, person) -> None:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "oppdrift.people.sessions.Backend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": server}])


@pytest.fixture
def lead(server):
    return make_person("Ingrid Solhaug", runs_programme=True)


@pytest.fixture
def spring(lead) -> Round:
    """An open round with a bit of everything, changes in preparation among it."""
    spring = Round.begin(name="Oppdrift 2031", year=2031, by=lead, budget=2_000_000, deadline=now() + 60 * DAY)
    spring.milestones.create(kind="pitch_day", name="Pitchedag", at=local(2031, 4, 16, 9), whole_day=False)
    spring.publish(by=lead)
    give_role(spring, make_person("Berit Lund"), "assessor", hours=20)
    make_application(round=spring, submitted=True)
    spring.edition_to_edit(by=lead).put(Criterion, "need", by=lead, weight=30)
    return spring


def test_errors_of_a_form_lead_to_their_fields(page, server, axe, lead, spring):
    sign_in(page, server, lead)
    page.goto(f"/rounds/{spring.pk}/criteria/need/")

    page.get_by_label("Vekt").fill("")
    page.get_by_role("button", name="Lagre").click()
    page.locator(".ds-error-summary a").first.click()

    assert page.evaluate("document.activeElement.id") == "id_weight"
    assert axe(page) == []


def test_a_round_is_made_from_start_to_end_by_keyboard_and_mouse(page, server, lead):
    sign_in(page, server, lead)
    page.goto("/rounds/")

    page.get_by_role("link", name="Lag en runde").click()
    page.get_by_label("Navn").fill("Oppdrift 2040")
    page.get_by_label("År").fill("2040")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Datoer").click()
    page.get_by_label("Søknadsfrist").fill("2040-02-10T12:00")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_role("link", name="Oppdrift 2040").click()
    page.get_by_role("button", name="Publiser").click()

    assert "Runden er publisert" in page.locator("#messages").inner_text()
    page.get_by_role("link", name="Se utlysningen slik andre ser den").click()
    assert "Søk innen fredag 10. februar 2040" in page.get_by_role("heading", level=1).inner_text().replace(
        "\u00a0", " "
    )
    assert Round.objects.get(year=2040).is_open


def test_a_question_keeps_its_place_in_sight_when_it_is_moved(page, server, lead, spring):
    sign_in(page, server, lead)
    page.goto(f"/rounds/{spring.pk}/questions/")

    page.get_by_role("button", name="Flytt ned: Hva er problemet").click()

    assert page.url.endswith("#challenge")
    assert list(spring.proposal.questions.values_list("key", flat=True))[:2] == ["people", "challenge"]


def test_the_line_of_the_first_page_covers_no_button(page, spring):
    Round.objects.filter(pk=spring.pk).update(opens_at=now() - 30 * DAY, deadline=now() - 10 * DAY)
    spring.milestones.create(kind="decision", name="Beslutning", at=now() + 20 * DAY)
    page.set_viewport_size({"width": 1280, "height": 900})

    page.goto("/")

    assert page.locator(".front-line").is_visible()
    for link in page.locator(".front-words .actions a").all():
        link.click(trial=True, timeout=2_000)
