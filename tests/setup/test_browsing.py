"""The server and the browser of the tests are what they say: real, in Norwegian, and shut off from strangers."""

import socket

import pytest
from django.templatetags.static import static

from tests.browsing import find_browser, watch


def test_tests_cannot_reach_other_machines():
    with socket.socket() as line, pytest.raises(RuntimeError, match="stay on this machine"):
        line.connect(("203.0.113.7", 80))


@pytest.mark.browser
def test_the_page_of_the_tests_is_a_norwegian_window(page):
    page.goto(static("oppdrift/theme.css"))

    assert page.evaluate("navigator.language") == "nb-NO"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Europe/Oslo"


@pytest.mark.browser
def test_what_a_page_must_not_do_is_noticed(browser, server):
    complaints: list[str] = []
    context = browser.new_context()
    watch(context, server, complaints)
    page = context.new_page()
    page.goto(server + static("oppdrift/theme.css"))

    page.evaluate("console.error('broken')")
    page.evaluate("fetch('https://elsewhere.example/').catch(() => null)")
    page.evaluate("setTimeout(() => { throw new Error('thrown') }, 0)")
    page.wait_for_timeout(200)

    context.close()
    assert "console: broken" in complaints
    assert "request to a stranger: https://elsewhere.example/" in complaints
    assert [True for complaint in complaints if complaint.startswith("script:") and "thrown" in complaint]


def test_without_a_browser_the_tests_say_so(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    assert find_browser() is None
