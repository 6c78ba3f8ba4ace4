"""Requests are answered by a few lasting threads, each with a database connection that stays open.

Django's own ASGI handler starts a thread, and so a new database connection, for every request, and goes back and forth
between threads for every middleware. That cost more than most pages. Here a request is handed to a thread once, and
all of Django's synchronous chain runs there. Streams are still sent by the event loop, and hold no thread while they
wait.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler

THREADS = 4  # a request spends its time in Python, so more threads only take turns, some of them holding the write lock


@dataclass
class Lane:
    """One thread, its database connection, and how many requests are on it."""

    number: int
    requests: int = 0
    thread: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"lane-{self.number}")


class Handler(ASGIHandler):
    """Django for ASGI servers, one hop to a thread per request."""

    def __init__(self, threads: int = THREADS) -> None:
        super().__init__()
        self.lanes = [Lane(number) for number in range(1, threads + 1)]

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError(f"Only HTTP is answered here, not {scope['type']}.")
        lane = min(self.lanes, key=lambda lane: lane.requests)
        lane.requests += 1
        try:
            async with ThreadSensitiveContext(executor=lane.thread):
                await self.handle(scope, receive, send)
        finally:
            lane.requests -= 1

    async def get_response_async(self, request: Any) -> Any:
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


def get_application() -> Handler:
    """`django.core.asgi.get_asgi_application` with lanes."""
    import django

    django.setup(set_prefix=False)
    return Handler()
