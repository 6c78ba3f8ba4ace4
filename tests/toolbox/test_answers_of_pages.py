"""Headers, refusals and what a page carries."""

import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.contrib.staticfiles import finders
from django.http import Http404
from django.test import AsyncClient, Client, RequestFactory

from oppdrift.toolbox.look.theme import theme

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.toolbox.gallery")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def pages() -> Client:
    return Client(raise_request_exception=False, headers={"Accept-Language": "nb"})


def test_a_page_may_load_only_what_is_ours(pages):
    policy = pages.get("/gallery/")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_has_no_inline_script_or_style(pages):
    page = pages.get("/gallery/").content.decode()

    assert not re.search(r"<script(?![^>]* src=)", page)
    assert "<style" not in page
    assert not re.search(r"\sstyle=", page)
    assert not re.search(r"\son[a-z]+=", page)


def test_not_now_is_a_page_with_its_sentence(pages):
    answer = pages.get("/not-now/")

    assert answer.status_code == 409
    assert "Fristen er passert." in answer.content.decode()
    assert "Ingenting ble endret" in answer.content.decode()


def test_not_now_lands_among_the_messages_of_a_page_that_swaps(pages):
    answer = pages.post("/not-now/", headers=HTMX)

    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#messages"
    assert "<html" not in answer.content.decode()
    assert "Fristen er passert." in answer.content.decode()


def test_a_refusal_says_why(pages):
    answer = pages.get("/not-allowed/")

    assert answer.status_code == 403
    assert "Bare teamet kan sende inn." in answer.content.decode()
    assert pages.get("/not-allowed/", headers=HTMX)["HX-Retarget"] == "#messages"


def test_a_page_that_is_not_there_and_one_that_broke(pages):
    missing, broken = pages.get("/nowhere/"), pages.get("/broken/")

    assert (missing.status_code, broken.status_code) == (404, 500)
    assert "Vi fant ikke siden" in missing.content.decode()
    assert "a fault of our own" not in broken.content.decode()


def test_a_form_from_elsewhere_is_refused_in_words():
    strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": "nb"})

    answer = strict.post("/people/sign-in/")

    assert answer.status_code == 403
    assert "Siden hadde stått åpen for lenge" in answer.content.decode()


def test_headers_and_refusals_stand_in_asynchronous_use_too():
    with ThreadPoolExecutor(1) as pool:  # after a test in a browser, this thread keeps the browser's event loop
        answer = pool.submit(async_to_sync(AsyncClient().get), "/not-now/").result()

    assert answer.status_code == 409
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_the_language_of_the_page_is_said(pages):
    assert '<html lang="nb"' in pages.get("/nowhere/").content.decode()
    assert '<html lang="nn"' in pages.get("/nowhere/", headers={"Accept-Language": "nn"}).content.decode()


def test_a_first_visit_fits_in_150_kb(pages):
    page = pages.get("/gallery/").content
    files = set(re.findall(rb'(?:href|src)="/?static/([^"]+)"', page))
    assert len(files) >= 9

    size = len(gzip.compress(page))
    for name in files:
        content = Path(finders.find(name.decode())).read_bytes()
        size += len(content) if name.endswith(b".woff2") else len(gzip.compress(content))

    assert size <= 150_000


def test_a_municipalitys_colours_are_served_from_its_own_file(settings, tmp_path):
    (tmp_path / "ours.css").write_text(":root { --ds-color-accent-base-default: #603 }")
    settings.DATA, settings.THEME_FILE = tmp_path, "ours.css"

    answer = theme(RequestFactory().get("/theme.css"))

    assert b"".join(answer.streaming_content).startswith(b":root")
    assert answer["Content-Type"].startswith("text/css")


def test_without_a_theme_file_there_is_none(settings):
    settings.THEME_FILE = ""

    with pytest.raises(Http404):
        theme(RequestFactory().get("/theme.css"))
