"""A report is saved while it is written, as an application is; nothing typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from oppdrift.projects.models import SidePassage
from tests.browser.test_projects import open_as
from tests.browsing import watch
from tests.factories import give_part, make_person
from tests.projects.making import make_project, write_agreement


@pytest.fixture
def project(transactional_db):
    project = make_project(title="Nattro")
    write_agreement(project)
    return project


@pytest.fixture
def rough_page(browser: Any, server: str) -> Iterator[Any]:
    """A window in which requests may fail, since the test lets them; anything else still fails the test."""
    complaints: list[str] = []
    context = browser.new_context(base_url=server, locale="nb-NO", timezone_id="Europe/Oslo")
    watch(context, server, complaints)
    yield context.new_page()
    context.close()
    assert not [each for each in complaints if "Failed to load resource" not in each]


def open_report(page, server, person, project):
    open_as(page, server, person, reverse("projects:write_report", args=[project.pk, "final"]))
    return page.locator("#id_done")


def done_in(project) -> str:
    return project.reports.get(kind="final").texts.get("done", "")


def test_a_report_survives_a_lost_network_and_a_session_that_ran_out(rough_page, server, project):
    page = rough_page
    field = open_report(page, server, project.lead, project)
    page.route("**/save/", lambda route: route.abort())
    field.fill("Skrevet på toget")
    field.blur()
    page.get_by_text("Ikke lagret ennå. Teksten ligger trygt i nettleseren.").first.wait_for()
    page.unroute("**/save/")
    page.reload()
    page.wait_for_function("() => !localStorage.length")
    assert done_in(project) == "Skrevet på toget"

    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    field.fill("Skrevet mens økten gikk ut")
    field.blur()
    page.get_by_text("Du er logget ut. Teksten ligger trygt i nettleseren.").first.wait_for()
    field = open_report(page, server, project.lead, project)

    assert field.input_value() == "Skrevet mens økten gikk ut"
    page.wait_for_function("() => !localStorage.length")
    assert done_in(project) == "Skrevet mens økten gikk ut"


def test_two_windows_in_one_part_of_a_report_keep_both_texts(page, rough_page, server, project, axe):
    colleague = make_person("Yusuf Karimi")
    give_part(project.idea, colleague, "team")
    mine = open_report(page, server, project.lead, project)
    theirs = open_report(rough_page, server, colleague, project)

    theirs.fill("Yusufs ord")
    theirs.blur()
    rough_page.wait_for_function("() => !localStorage.length")
    mine.fill("Mine ord")
    mine.blur()
    page.get_by_text("Yusuf lagret dette feltet mens du skrev.").wait_for()

    assert SidePassage.objects.open().get().text == "Mine ord"
    assert axe(page) == []
    page.get_by_role("button", name="Behold min").click()
    page.wait_for_load_state()
    assert page.locator("#id_done").input_value() == "Mine ord"
    assert done_in(project) == "Mine ord"


def test_the_agreement_is_saved_while_it_is_written(page, server, project):
    open_as(page, server, project.owner, reverse("projects:write_agreement", args=[project.pk, 1]))
    field = page.locator("#id_spread")

    field.fill("Alle sykehjem")
    field.blur()
    page.wait_for_function("() => !localStorage.length")

    assert project.agreements.get().spread == "Alle sykehjem"
