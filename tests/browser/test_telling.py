"""A project tells the world, and a conference is put together, in a real browser."""

import datetime as dt

import pytest
from django.urls import reverse

from oppdrift.sharing.models import Release, Slot
from tests.browser.test_look import SMALL_TEXT
from tests.browser.test_pages import cookie_of
from tests.factories import make_person, make_round, make_unit
from tests.sharing.making import make_conference, make_project, make_showcase, picture


def url(name, *args):
    return reverse(f"sharing:{name}", args=args)


@pytest.fixture
def town(transactional_db):
    """A round with a published page, one in the making, and a conference that has changed since it was published."""
    lead, team = make_person("Ingrid Solhaug"), make_person("Hanne Brekke")
    round = make_round(lead=lead, name="Kull 2024")
    shown = make_project(round=round, team=[team], title="Ett besøk holder", unit=make_unit("Hjelpemiddellageret"))
    page = make_showcase(shown, setback="Bilder fra eldre telefoner ble for mørke.", adapting="Spørsmålene.", hours=420)
    page.put_picture(picture(), alt="En tekniker ved en bil", people="nobody", by=team)
    page.name_contact(team, by=team)
    page.agree(as_lead=False, by=team)
    page.agree(as_lead=True, by=lead)
    making = make_showcase(make_project(round=round, team=[team], title="Nattro på Solbakken"))
    conference = make_conference(round)
    conference.plan(due_at=conference.due_at, halls=["Storsalen", "Biblioteket"], by=lead)
    Slot.add_projects(conference, minutes=15, by=lead)
    Slot.add(conference, title="Lunsj", starts_at=conference.appointment.starts_at, minutes=45, by=lead)
    talk = Slot.objects.get(idea=making.idea)
    talk.name_speaker(person=team, by=team)
    Release.make(conference, by=lead)
    talk.change(by=lead, starts_at=talk.starts_at + dt.timedelta(hours=1))
    Release.make(conference, by=lead)
    talk.change(by=lead, abstract="Hva vi så.")
    return {"lead": lead, "team": team, "shown": shown, "making": making.idea, "conference": conference, "talk": talk}


def test_a_first_visit_is_light(page, town):
    """Compressed, without the picture of the project, which a team may make up to 1 MB and which loads last."""
    sizes = {}
    page.on("response", lambda answer: sizes.update({answer.url: int(answer.headers.get("content-length") or 0)}))

    page.goto(url("project", town["shown"].pk), wait_until="networkidle")

    weight = sum(size for address, size in sizes.items() if "/picture/" not in address)
    assert 0 < weight <= 150_000, sizes


def test_the_address_behind_the_button_stands_on_paper_only(page, server, town):
    page.goto(url("project", town["shown"].pk))
    address = page.get_by_text(f"{server}{reverse('benefits:copy', args=[town['shown'].pk])}")
    assert not address.is_visible()

    page.emulate_media(media="print", color_scheme="light")

    assert address.is_visible()


def test_the_order_is_changed_without_script_and_the_page_stays_at_the_talk(browser, server, town):
    context = browser.new_context(base_url=server, locale="nb-NO", java_script_enabled=False)
    context.add_cookies([{**cookie_of(town["lead"]), "url": server}])
    page = context.new_page()
    page.goto(url("put_together", town["conference"].pk))

    page.get_by_role("button", name="Senere: Ett besøk holder").click()

    assert page.url.endswith(f"#slot-{Slot.objects.get(idea=town['shown']).pk}")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_text_of_the_public_pages_is_too_small(page, town, width):
    page.set_viewport_size({"width": width, "height": 900})
    small = {}
    for address in (url("projects"), url("project", town["shown"].pk), url("programme", town["conference"].pk)):
        page.goto(address)
        small[address] = page.evaluate(SMALL_TEXT)

    assert {address: found for address, found in small.items() if found} == {}
