"""A real server and a real browser for the few tests that need them."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK, NARROWEST = (390, 844), (1280, 900), 320


@pytest.fixture(scope="session")
def collected_static() -> Path:
    """Static files as in use: named by their content and compressed."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import override_settings

    with override_settings(STORAGES=served_storages()):
        call_command("collectstatic", interactive=False, verbosity=0)
    return Path(settings.STATIC_ROOT)


def served_storages() -> dict[str, dict[str, str]]:
    from django.conf import settings

    backend = "oppdrift.toolbox.statics.Storage"
    return {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}


@pytest.fixture
def server(transactional_db: None, collected_static: Path) -> Iterator[str]:
    """The whole program on a free port of this machine, in a thread. Gives its address, without a last slash."""
    import uvicorn
    from django.test import override_settings

    from oppdrift.asgi import make_application

    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with override_settings(STORAGES=served_storages(), BASE_URL=address, CSRF_TRUSTED_ORIGINS=[address]):
        config = uvicorn.Config(make_application(), lifespan="off", log_level="warning", timeout_graceful_shutdown=1)
        running = uvicorn.Server(config)
        # Python's signal handlers belong to the main thread, which is the test's.
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not running.started:
            if not thread.is_alive():
                raise RuntimeError("The server did not start.")
            thread.join(0.01)
        yield address
        running.should_exit = True
        thread.join(5)
        listener.close()
        hang_up_others()


def hang_up_others() -> None:
    """End what a stopped server left of lines to PostgreSQL, which would keep the tables from being emptied."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def find_browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium. Missing, it is a reason to skip, and a failure where REQUIRE_BROWSER=1."""
    from playwright.sync_api import sync_playwright

    program = find_browser()
    if program is None:
        reason = f"No browser: none of {', '.join(BROWSERS)} is on the path."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    # Playwright keeps an event loop in the test's thread, and Django would refuse its own database calls beside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, server: str) -> Iterator[Any]:
    """A page in a fresh window, in Norwegian; console errors and requests to strangers fail the test."""
    complaints: list[str] = []
    context = browser.new_context(base_url=server, locale="nb-NO", timezone_id="Europe/Oslo", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    watch(context, server, complaints)
    yield context.new_page()
    context.close()
    assert not complaints, "\n".join(complaints)


def watch(context: Any, address: str, complaints: list[str]) -> None:
    """Write down what must not happen in any window of this context."""

    def on_console(message: Any) -> None:
        # Chromium asks for this by itself where a page names no icon, such as a bare style sheet.
        if message.type == "error" and not message.location.get("url", "").endswith("/favicon.ico"):
            complaints.append(f"console: {message.text}")

    def on_request(request: Any) -> None:
        if not request.url.startswith((address, "data:", "blob:", "about:")):
            complaints.append(f"request to a stranger: {request.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on("request", on_request)


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)` lists what axe-core finds wrong, one line each.

    A walk over many pages is quicker when its context has AXE as an init script.
    """
    if not AXE.exists():
        pytest.fail("axe-core is missing; ./dev test fetches it.")
    source = AXE.read_text(encoding="utf-8")

    def findings(page: Any) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(f"() => {{ {source} }}")
        options = {"runOnly": {"type": "tag", "values": AXE_RULES}, "resultTypes": ["violations"]}
        result = page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{violation['id']}: {violation['help']} ({node['target'][0]})"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return findings


def looked_over(page: Any, axe: Callable[[Any], list[str]]) -> list[str]:
    """One load: light on a phone, dark on a desk, and as narrow as pages may be read."""
    wrong = []
    for scheme, (width, height) in [("light", PHONE), ("dark", DESK)]:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        wrong += [f"{scheme}, {width} px: {finding}" for finding in axe(page)]
    page.set_viewport_size({"width": NARROWEST, "height": 600})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > NARROWEST:
        wrong.append(f"{wide} px wide where {NARROWEST} are")
    return wrong
