"""Who listens to what in this process. A hub belongs to one event loop, and a process that serves has one.

However many listen to a topic, its state is read once for all of them: at once when it has been quiet, else after a
short rest, so that fifty writes a second become a few readings. A slow listener misses what lies between, never the
last. Nobody reads "rows since the last one", since rows are committed out of order; the state is read whole.
"""

import asyncio
import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.db import connection, connections

from . import postgresql

log = logging.getLogger(__name__)
State = dict[str, Any]
Read = Callable[[], State | None]  # None: the topic is gone

REST = 0.15  # seconds between two readings of a topic
POLL = 2.0  # seconds after which a topic is looked at though nobody said anything
hubs: dict[asyncio.AbstractEventLoop, "Hub"] = {}
_lock = threading.Lock()


def here() -> "Hub":
    """The hub of the running loop."""
    loop = asyncio.get_running_loop()
    with _lock:
        for gone in [other for other in hubs if other.is_closed()]:
            del hubs[gone]
        return hubs.setdefault(loop, Hub(loop))


def wake(topic: str) -> None:
    """Let those who listen to the topic look at it anew. From any thread."""
    with _lock:
        awake = list(hubs.values())
    for hub in awake:
        with suppress(RuntimeError):  # its loop has just ended
            hub.loop.call_soon_threadsafe(hub.wake, topic)


class Listener:
    """One open stream: is told that there is something it has not sent yet."""

    def __init__(self, topic: "Topic") -> None:
        self.topic = topic
        self.fresh = asyncio.Event()
        if topic.state is not None:
            self.fresh.set()

    async def next(self, seconds: float) -> State | None:
        """The newest state, or None when there is nothing new within so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.fresh.wait()
        if not self.fresh.is_set():
            return None
        self.fresh.clear()
        return self.topic.state


class Topic:
    """What is known of one topic, and who wants to know."""

    def __init__(self, hub: "Hub", name: str, read: Read) -> None:
        self.hub, self.name, self.read = hub, name, read
        self.state: State | None = None
        self.words = b""  # the state as it is sent, but for the moment of sending; made once for all
        self.listeners: set[Listener] = set()
        self.news = asyncio.Event()
        self.task = hub.loop.create_task(self.follow())

    async def follow(self) -> None:
        """Read, tell, rest, wait; as long as somebody listens."""
        while True:
            self.news.clear()
            try:
                state = await self.hub.in_thread(self.read)
            except Exception as error:  # a database that is gone for a while: the next look will tell
                log.warning("The topic %s could not be read: %s", self.name, error)
                state = self.state
            if state is not None and state != self.state:
                self.state, self.words = state, event(state)
                for listener in self.listeners:
                    listener.fresh.set()
            await asyncio.sleep(REST)
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL):
                    await self.news.wait()


class Hub:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.topics: dict[str, Topic] = {}
        self.is_closing = False
        self.reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")
        self.ear: asyncio.Task | None = None  # what hears of other processes' writes

    def join(self, name: str, read: Read) -> Listener:
        if name not in self.topics:
            self.topics[name] = Topic(self, name, read)
        if self.ear is None and connection.vendor == "postgresql":
            self.ear = self.loop.create_task(postgresql.hear(self.wake, self.wake_all))
        topic = self.topics[name]
        listener = Listener(topic)
        topic.listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        topic = listener.topic
        topic.listeners.discard(listener)
        if topic.listeners:
            return
        topic.task.cancel()
        if self.topics.get(topic.name) is topic:
            del self.topics[topic.name]
        if not self.topics:
            if self.ear:
                self.ear.cancel()
                self.ear = None
            self.reader.submit(connections.close_all)

    async def in_thread(self, read: Read) -> State | None:
        """Asked of the database in a thread of our own, so that the loop goes on."""
        return await self.loop.run_in_executor(self.reader, asked, read)

    def wake(self, name: str) -> None:
        if topic := self.topics.get(name):
            topic.news.set()

    def wake_all(self) -> None:
        for topic in self.topics.values():
            topic.news.set()

    def hang_up(self) -> None:
        """The server is about to stop: streams end by themselves, and browsers come back."""
        self.is_closing = True
        for topic in self.topics.values():
            for listener in topic.listeners:
                listener.fresh.set()


def event(state: State) -> bytes:
    """Begins one; what is left out is the server's time, and the end."""
    data = json.dumps(state, separators=(",", ":"))
    return f'id: {state["version"]}\nevent: state\ndata: {data[:-1]},"now":'.encode()


def asked(read: Read) -> State | None:
    """One reading; a connection that broke is not used again."""
    try:
        return read()
    except Exception:
        connections.close_all()
        raise
