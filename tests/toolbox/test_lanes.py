"""Requests share a few lasting threads, each with its own database connection."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path
from django.utils.translation import activate, get_language

from oppdrift.toolbox.lanes import Handler

seen: list[str] = []
meeting = threading.Barrier(2, timeout=5)


def who(request):
    seen.append(threading.current_thread().name)
    return HttpResponse("here")


def together(request):
    """Answers only when another request is being answered at the same time."""
    meeting.wait()
    return who(request)


async def drops():
    for each in ("one ", "two"):
        yield each


def stream(request):
    return StreamingHttpResponse(drops())


def table(request):
    """Made while it is sent, in the language of whoever reads."""
    activate("nn")
    return StreamingHttpResponse(seen.append(threading.current_thread().name) or get_language() for _ in range(3))


async def listen(request):
    async def changes():
        while True:
            yield "change "
            await asyncio.sleep(0)

    response = StreamingHttpResponse(changes())
    response._resource_closers.append(lambda: seen.append("closed"))
    return response


def broken(request):
    return StreamingHttpResponse(1 / 0 for _ in range(1))


urlpatterns = [
    path("", who), path("together/", together), path("stream/", stream), path("table/", table), path("listen/", listen),
    path("broken/", broken),
]  # fmt: skip


def run(asked: Coroutine) -> Any:
    """In a thread of its own: after a test in a browser this one keeps the browser's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()


async def ask(handler, address: str, leaves_after: int = 1000, method: str = "GET") -> tuple[int, bytes]:
    scope = {
        "type": "http", "method": method, "path": address, "query_string": b"", "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80),
    }  # fmt: skip
    sent, asked = [], False

    async def receive():
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b""}
        while len(sent) < leaves_after:
            await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    await handler(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


@pytest.fixture(autouse=True)
def bare():
    seen.clear()
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        yield


def test_one_request_after_another_stays_on_the_same_thread():
    handler = Handler(threads=3)

    async def three():
        return [await ask(handler, "/") for _ in range(3)]

    answers = run(three())

    assert answers == [(200, b"here")] * 3
    assert seen == ["lane-1_0"] * 3


def test_two_requests_at_once_are_answered_side_by_side():
    handler = Handler(threads=2)

    async def both():
        return await asyncio.gather(ask(handler, "/together/"), ask(handler, "/together/"))

    answers = run(both())

    assert answers == [(200, b"here")] * 2
    assert sorted(seen) == ["lane-1_0", "lane-2_0"]
    assert [lane.requests for lane in handler.lanes] == [0, 0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases have many writers")
def test_those_who_write_queue_in_a_lane_of_their_own():
    handler = Handler(threads=2)

    async def several():
        return await asyncio.gather(*[ask(handler, "/", method="POST") for _ in range(3)], ask(handler, "/"))

    answers = run(several())

    assert answers == [(200, b"here")] * 4
    assert sorted(seen) == ["lane-1_0", *["lane-3_0"] * 3]


def test_a_stream_arrives_whole():
    assert run(ask(Handler(threads=1), "/stream/")) == (200, b"one two")


def test_a_table_is_made_part_by_part_in_the_lane_and_in_the_readers_language():
    assert run(ask(Handler(threads=1), "/table/")) == (200, b"nnnnnn")
    assert seen == ["lane-1_0"] * 3


def test_a_stream_without_end_ends_when_the_reader_leaves():
    status, body = run(ask(Handler(threads=1), "/listen/", leaves_after=20))

    assert (status, body[:7]) == (200, b"change ")
    assert seen == ["closed"]


def test_a_stream_that_breaks_is_not_taken_for_a_whole_one():
    with pytest.raises(ZeroDivisionError):
        run(ask(Handler(threads=1), "/broken/"))
