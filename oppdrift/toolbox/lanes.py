"""Requests are answered by a few lasting threads, each with a database connection that stays open.

Django's own ASGI handler starts a thread, and so a new database connection, for every request, and goes back and forth
between threads for every middleware. That cost more than most pages. Here a request is handed to a thread once, and
all of Django's synchronous chain runs there. Streams are still sent by the event loop, and hold no thread while they
wait.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any

from asgiref.sync import ThreadSensitiveContext
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.db import connection
from django.http import FileResponse
from django.urls import set_script_prefix

THREADS = 4  # a request spends its time in Python, so more threads only take turns, some of them holding the write lock


@dataclass
class Lane:
    """One thread, its database connection, and how many requests are on it."""

    number: int
    requests: int = 0
    thread: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"lane-{self.number}")

    def run(self, deed: Callable, *args: Any, context: Context | None = None) -> Awaitable[Any]:
        context = copy_context() if context is None else context
        return asyncio.get_running_loop().run_in_executor(self.thread, context.run, deed, *args)

    async def parts(self, made: Iterator[Any]) -> AsyncIterator[Any]:
        """One after the other, each made when the one before is sent: a long table never lies whole in memory."""
        while (part := await self.run(next, made, None)) is not None:
            yield part


class Handler(ASGIHandler):
    """Django for ASGI servers, one hop to a thread per request."""

    def __init__(self, threads: int = THREADS) -> None:
        super().__init__()
        self.lanes = [Lane(number) for number in range(1, threads + 1)]
        # SQLite has one writer at a time, and serves those who wait for its lock by chance: some for many seconds.
        # So what writes goes through a lane of its own, in the order it came, and holds up nobody who reads.
        self.writing = [Lane(threads + 1)] if connection.vendor == "sqlite" else self.lanes

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError(f"Only HTTP is answered here, not {scope['type']}.")
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        lanes = self.lanes if scope["method"] in ("GET", "HEAD") else self.writing
        lane = min(lanes, key=lambda lane: lane.requests)
        lane.requests += 1
        context = copy_context()
        try:
            response = await lane.run(self.answer, scope, body, context=context)
        finally:
            lane.requests -= 1
        if response.streaming:
            # A table is made while it is sent, in the language that the view chose.
            sending = asyncio.create_task(self.stream(response, lane, send), context=context)
            await self.until_gone(sending, receive)
            await lane.run(response.close)
        else:
            await self.send_response(response, send)

    def answer(self, scope: Any, body: Any) -> Any:
        """All of it in one thread; a stream is only begun."""
        with body:
            set_script_prefix(get_script_prefix(scope))
            request_started.send(sender=self.__class__, scope=scope)
            request, refusal = self.create_request(scope, body)
            response: Any = refusal or self.get_response(request)  # type: ignore[arg-type]
            if isinstance(response, FileResponse):
                response.block_size = self.chunk_size
            if not response.streaming:
                response.close()
        return response

    async def stream(self, response: Any, lane: Lane, send: Any) -> None:
        """Part by part; what it asks of the database is asked in the lane."""
        if not response.is_async:
            response.streaming_content = lane.parts(response.streaming_content)
        async with ThreadSensitiveContext(executor=lane.thread):
            await self.send_response(response, send)

    async def until_gone(self, sending: asyncio.Task, receive: Any) -> None:
        """Until all is sent, or the reader has left."""
        listening = asyncio.create_task(self.listen_for_disconnect(receive))
        await asyncio.wait([sending, listening], return_when=asyncio.FIRST_COMPLETED)
        for task in (sending, listening):
            task.cancel()
        outcomes = await asyncio.gather(sending, listening, return_exceptions=True)
        if isinstance(outcomes[0], Exception):
            raise outcomes[0]


def get_application() -> Handler:
    """`django.core.asgi.get_asgi_application` with lanes."""
    import django

    django.setup(set_prefix=False)
    return Handler()
