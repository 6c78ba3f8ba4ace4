"""The hub: one reading for all who listen, the last state for everybody, nothing kept when nobody listens."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import Any

import pytest

from oppdrift.toolbox.live import hub, streams


class Topic:
    """Something that changes, and counts how often it is read."""

    def __init__(self) -> None:
        self.version, self.readings = 1, 0

    def read(self) -> dict[str, Any]:
        self.readings += 1
        return {"version": self.version}

    def change(self) -> None:
        self.version += 1
        hub.wake("topic")


@pytest.fixture
def topic(monkeypatch) -> Topic:
    monkeypatch.setattr(hub, "REST", 0.02)
    monkeypatch.setattr(hub, "POLL", 3600.0)  # only what is told is heard
    monkeypatch.setattr(hub.connections, "close_all", lambda: None)  # the tests' own stays
    return Topic()


def run(deed: Coroutine) -> Any:
    """In a thread of its own: a browser that an earlier test opened keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asyncio.wait_for(deed, 20)).result()


async def until(events: AsyncIterator[bytes], words: bytes) -> bytes:
    async for event in events:
        if words in event:
            return event
    raise AssertionError("the stream ended")


def test_whoever_comes_late_gets_the_present_state_at_once(topic):
    async def scene() -> None:
        topic.version = 7
        async with aclosing(streams.events("topic", topic.read)) as one:
            await until(one, b'"version":7')
            async with aclosing(streams.events("topic", topic.read)) as late:
                assert b"id: 7" in await until(late, b'"version":7')

    run(scene())


def test_however_many_listen_a_change_is_read_once_for_all(topic):
    async def scene() -> int:
        listeners = [streams.events("topic", topic.read) for _ in range(50)]
        await asyncio.gather(*(until(each, b'"version":1') for each in listeners))
        before = topic.readings
        topic.change()
        await asyncio.gather(*(until(each, b'"version":2') for each in listeners))
        for each in listeners:
            await each.aclose()
        return topic.readings - before

    assert run(scene()) == 1


def test_of_many_changes_everybody_gets_the_last(topic):
    async def scene() -> int:
        async with aclosing(streams.events("topic", topic.read)) as events:
            await until(events, b'"version":1')
            before = topic.readings
            for _ in range(200):
                topic.change()
            await until(events, b'"version":201')
            return topic.readings - before

    assert run(scene()) < 20


def test_a_topic_that_cannot_be_read_is_tried_again(topic):
    troubles: list[str] = []

    def read() -> dict[str, Any]:
        if troubles:
            raise OSError(troubles.pop())
        return topic.read()

    async def scene() -> None:
        async with aclosing(streams.events("topic", read)) as events:
            await until(events, b'"version":1')
            troubles.append("the database is gone")
            topic.change()
            while troubles:
                await asyncio.sleep(0.01)
            hub.wake("topic")
            await until(events, b'"version":2')

    run(scene())


def test_when_the_last_one_leaves_nothing_is_left(topic):
    async def scene() -> int:
        async with aclosing(streams.events("topic", topic.read)) as events:
            await until(events, b'"version":1')
        return len(hub.here().topics)

    assert run(scene()) == 0


def test_streams_end_when_the_server_stops(topic):
    async def scene() -> None:
        events = streams.events("topic", topic.read)
        await until(events, b'"version":1')
        streams.hang_up()
        assert [event async for event in events] == []

    run(scene())


def test_a_line_that_is_silent_is_pinged_with_the_servers_time(topic, monkeypatch):
    monkeypatch.setattr(streams, "PING", 0.01)

    async def scene() -> None:
        async with aclosing(streams.events("topic", topic.read)) as events:
            assert b'"now":' in await until(events, b"event: ping")

    run(scene())
