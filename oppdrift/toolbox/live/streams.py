"""A topic as an answer that does not end: server-sent events.

The stream carries what anybody in the room may know. It says that something is new; each page then asks for its own
view, which obeys the policies.
"""

import asyncio
from collections.abc import AsyncIterator

from django.http import StreamingHttpResponse

from oppdrift.toolbox.clock import now

from .hub import Read, here, hubs

PING = 15.0  # seconds; proxies close a line that is silent, and clocks drift
RETRY = 2000  # milliseconds after which a browser comes back


def stream(topic: str, read: Read) -> StreamingHttpResponse:
    """`read` gives the topic's state, a dictionary with a `version`. It is called in a thread, for all who listen.

    The stream holds neither a thread nor a connection to the database: the view that answers with it is through.
    """
    response = StreamingHttpResponse(events(topic, read), content_type="text/event-stream")
    response["Cache-Control"] = "no-store, no-transform"
    response["Content-Encoding"] = "identity"  # else the gzip middleware would gather what is to be sent at once
    response["X-Accel-Buffering"] = "no"
    return response


async def events(topic: str, read: Read) -> AsyncIterator[bytes]:
    """First the present state, also to somebody who comes back: it is all that a `Last-Event-ID` could ask for."""
    hub = here()
    listener = hub.join(topic, read)
    try:
        yield f"retry: {RETRY}\n\n".encode()
        while not hub.is_closing:
            state = await listener.next(PING)
            if hub.is_closing:
                return
            yield b"".join((listener.topic.words, stamp(), b"}\n\n")) if state else ping()
    finally:
        hub.leave(listener)


def ping() -> bytes:
    return b"".join((b'event: ping\ndata: {"now":', stamp(), b"}\n\n"))


def stamp() -> bytes:
    return str(milliseconds()).encode()


def milliseconds() -> int:
    """The server's clock, by which every screen counts."""
    return int(now().timestamp() * 1000)


def hang_up() -> None:
    """End all streams of this loop; before the server stops."""
    loop = asyncio.get_running_loop()
    if hub := hubs.get(loop):
        hub.hang_up()
