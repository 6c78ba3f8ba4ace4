"""The decision on a big screen: chosen, confirmed by another one on a phone, released; a team answers."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from oppdrift.assessing.models import OfferAnswer
from oppdrift.deciding import final
from oppdrift.deciding.models import Sitting
from oppdrift.ideas.models import Decision
from oppdrift.rounds.models import Round
from tests.deciding.making import make_pitched_round

SCREEN, PHONE = {"width": 1920, "height": 1080}, {"width": 320, "height": 720}


def open_as(page, server, person, address, size):
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server}])
    page.set_viewport_size(size)
    page.goto(address)


def url(name, key):
    return reverse(f"deciding:{name}", args=[key])


@pytest.fixture
def spring(transactional_db):
    round, lead, day, applications = make_pitched_round(places_from=1, places_to=2, budget=400_000, guidance_hours=60)
    Sitting.plan(round, hours_each=30, by=lead)
    round.lead, round.day, round.shown = lead, day, applications
    return round


def choose(page, title: str, outcome: str) -> None:
    line = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title))
    line.locator("summary").click()
    line.get_by_role("radio", name=re.compile(f"^{outcome}")).check()
    page.keyboard.press("Escape")


def test_the_sums_follow_what_is_chosen_and_nothing_is_told_before_a_second_person_has_confirmed(
    page, server, axe, spring
):
    open_as(page, server, spring.lead, url("room", spring.pk), SCREEN)
    assert axe(page) == []
    for title in ("Prosjekt 1", "Prosjekt 2", "Prosjekt 3"):
        choose(page, title, "Går videre")

    # 600 000 kr of 400 000 and 90 hours of 60, before anything is saved
    finding = page.locator(".reach-finding")
    finding.get_by_text("Med tre prosjekter mangler det").wait_for()
    assert "Ikke lagret ennå." in finding.inner_text()
    assert page.locator(".reach.is-chosen").get_by_text("30 for mange").is_visible()
    assert not Decision.objects.at("final").exists()
    assert axe(page) == []

    page.get_by_label("Begrunnelse", exact=True).fill("Panelet klarte ikke å velge.")
    page.get_by_role("button", name="Lagre beslutningen").click()
    page.get_by_text("Lagret: 3 utfall.").wait_for()
    assert Decision.objects.at("final").pending().count() == 3

    member = spring.day.seats.first().person
    open_as(page, server, member, url("confirm", spring.pk), PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Bekreft beslutningen").click()
    page.get_by_text("Du har bekreftet beslutningen.").wait_for()

    open_as(page, server, spring.lead, url("release", spring.pk), SCREEN)
    page.get_by_role("button", name="Frigi nå").click()
    page.get_by_role("heading", name="Beslutningen er kunngjort").wait_for()

    first = spring.shown[0].idea
    open_as(page, server, first.team()[0].person, url("outcome", first.pk), PHONE)
    page.get_by_role("button", name="Nei takk").click()
    page.get_by_role("heading", name="Dere har sagt nei takk").wait_for()
    assert OfferAnswer.objects.at("final").get(decision__idea=first).answer == "no"


def test_without_script_the_outcomes_are_chosen_and_saved_all_the_same(browser, server, spring):
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    open_as(page, server, spring.lead, url("room", spring.pk), {"width": 1280, "height": 900})

    choose(page, "Prosjekt 1", "Går videre")
    page.get_by_label("Begrunnelse", exact=True).fill("Mest for brukerne.")
    page.get_by_role("button", name="Lagre beslutningen").click()

    page.get_by_text("Lagret: 1 utfall.").wait_for()
    assert Decision.objects.at("final").get().outcome == "admitted"
    assert final.pending(Round.objects.get(pk=spring.pk)).count() == 1
    context.close()
