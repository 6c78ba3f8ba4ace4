"""Every page of the house in a real browser: readable by everybody, on a phone and a desk, light and dark.

Slow, so each page is opened once for each reader who gets a page of their own, and looked at from all sides there;
and all of it waits for ./dev check.
"""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.browsing import AXE, PHONE, looked_over, watch
from tests.doors import DOORS, Door
from tests.factories import make_application, make_gathering, make_idea
from tests.house import House, build

pytestmark = pytest.mark.django_db(transaction=True)

# Whose pages a door shows: the first of these who may look. Some pages are another page to another reader.
READERS = ["lead", "team", "new_assessor", "assessor", "colleague", "stranger", "leader", "panel"]
OTHER_PAGES = {
    "front:home": ["team", "new_assessor", "colleague", "stranger", "leader", "panel"],
    "idea": ["team"],
    "ideas:ideas": ["colleague"],
    "rounds:rounds": ["colleague", "stranger"],
    "rounds:round": ["stranger"],
    "rounds:call": ["colleague", "stranger"],
    "gatherings:gathering": ["team"],
    "applications:application": ["team", "assessor"],
    "applications:mine": ["team"],
    "assessing:queue": ["new_assessor"],
    "assessing:impartiality": ["new_assessor"],
    "assessing:assessments": ["assessor"],
    "leadership:mine": ["colleague"],
    "leadership:method": ["colleague"],
    "sharing:ask": ["colleague"],
    "sharing:links": ["team"],
    "sharing:stories": ["stranger"],
}
NO_PAGE = {
    "projects:agreement_document",
    "front:health",
    "gatherings:calendar",
    "applications:export",
    "assessing:ranking_export",
    "file",
    "people:confirm",
    "sharing:picture",
    "sharing:programme_calendar",
    "sharing:catalogue",
    "sharing:feed",
    "sharing:story_picture",
    "pitching:host_stream",
    "pitching:screen_stream",
    "pitching:stream",
    "pitching:calendar",
    "projects:export",
    "projects:session_calendar",
}


def pages() -> Iterator[tuple[Door, str]]:
    for door in DOORS:
        may_look = door.may_look()
        readers = [reader for reader in READERS if reader in may_look]
        if readers and door.name not in NO_PAGE:
            yield from ((door, reader) for reader in dict.fromkeys([readers[0], *OTHER_PAGES.get(door.name, [])]))


def test_every_page_that_somebody_may_look_at_is_looked_at():
    """A page whose only readers nobody walks as would never be looked over."""
    looked_at = {door.name for door, _reader in pages()} | NO_PAGE

    assert {door.name for door in DOORS if door.may_look()} - looked_at == set()


def cookie_of(person) -> dict[str, Any]:
    client = Client()
    client.force_login(person)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


def as_reader(browser, address: str, house: House, reader: str, complaints: list[str]):
    width, height = PHONE
    context = browser.new_context(
        base_url=address, locale="nb-NO", timezone_id="Europe/Oslo", reduced_motion="reduce",
        viewport={"width": width, "height": height},
    )  # fmt: skip
    context.set_default_timeout(10_000)
    if person := house.who(reader):
        context.add_cookies([{**cookie_of(person), "url": address}])
    watch(context, address, complaints)
    return context.new_page()


def parts() -> Iterator[Any]:
    """Each reader's doors, no more at once than one worker walks in half a minute."""
    walks = list(pages())
    for reader in READERS:
        doors = [door for door, who in walks if who == reader]
        for first in range(0, len(doors), 50):
            name = f"{reader}-{first + 1}"
            yield pytest.param(reader, doors[first : first + 50], id=name)


@pytest.mark.thorough
@pytest.mark.parametrize(("reader", "doors"), list(parts()))
def test_every_page_is_readable_everywhere(browser, server, axe, reader: str, doors: list[Door]):
    house, complaints, found = build(), [], []
    page = as_reader(browser, server, house, reader, complaints)
    page.context.add_init_script(path=AXE)

    for door in doors:
        address = door.address(house, house.main)
        answer = page.goto(address)
        if answer.status != 200:
            found.append(f"{door.name}: {answer.status}")
        found += [f"{door.name}: {complaint}" for complaint in looked_over(page, axe)]

    page.context.close()
    assert complaints == []
    assert "\n".join(found) == ""


def test_a_list_of_fifty_is_small(server, client):
    house = build()
    for n in range(55):
        make_idea(title=f"En idé med et vanlig navn {n}", round=house.round, problem="Ord " * 60, unit=house.unit)
        make_application(round=house.round, title=f"En søknad med et vanlig navn {n}", unit=house.unit, submitted=True)
        make_gathering(round=house.round, title=f"Verksted {n}")
    client.force_login(house.people["lead"])

    sizes = {}
    for name in ["ideas:ideas", "applications:list", "gatherings:gatherings", "people:people", "front:outbox"]:
        door = next(door for door in DOORS if door.name == name)
        sizes[name] = len(client.get(door.address(house, house.main)).content)

    assert {name: size for name, size in sizes.items() if size > 30 * 1024} == {}


@pytest.mark.parametrize("reader", ["stranger", "lead"])
def test_a_first_visit_is_small(browser, server, collected_static: Path, reader: str):
    """What goes over the line, compressed: the page and all it asks for."""
    house, sizes = build(), {}
    page = as_reader(browser, server, house, reader, [])
    page.on("response", lambda response: sizes.update({response.url: response}))

    page.goto("/", wait_until="networkidle")

    weights = {url: weight(response) for url, response in sizes.items() if not url.startswith("data:")}
    page.context.close()
    assert sum(weights.values()) <= 150_000, weights


def weight(response) -> int:
    length = response.header_value("content-length")
    if length and response.header_value("content-encoding"):
        return int(length)
    body = response.body() if response.status == 200 else b""
    is_packed = bool(re.search(r"\.(woff2|png|jpe?g|webp)$", response.url.split("?")[0]))
    return len(body) if is_packed else len(gzip.compress(body))
