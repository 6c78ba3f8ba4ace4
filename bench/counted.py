"""Our application as the bench serves it: with BENCH_SQL=1 each answer says how many SQL statements it took.

In X-Bench-SQL, X-Bench-SQL-Ms and X-Bench-App-Ms; BENCH_SQL_LOG names a file that gets the statements. The product
knows nothing of this.
"""

import os
import time
from contextvars import ContextVar
from typing import Any

from oppdrift.asgi import application as real

LOG = os.environ.get("BENCH_SQL_LOG")
# A list, so that threads which got a copy of the context still write to the same one.
statements: ContextVar[list[tuple[float, str]]] = ContextVar("statements")


def count_statements() -> None:
    from django.db.backends.utils import CursorWrapper

    for name in ("execute", "executemany"):
        setattr(CursorWrapper, name, noted(getattr(CursorWrapper, name)))


def noted(run: Any) -> Any:
    def call(self: Any, sql: Any, *args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return run(self, sql, *args, **kwargs)
        finally:
            if (known := statements.get(None)) is not None:
                known.append((time.perf_counter() - began, str(sql)))

    return call


async def counting(scope: dict, receive: Any, send: Any) -> None:
    """Hold the answer until all of it is made, since a streamed export asks while it is sent."""
    if scope["type"] != "http":
        return await real(scope, receive, send)
    known: list[tuple[float, str]] = []
    statements.set(known)
    held: list[dict] = []
    began = time.perf_counter()

    async def hold(message: dict) -> None:
        held.append(message)

    await real(scope, receive, hold)
    took = time.perf_counter() - began
    body = b"".join(message.get("body", b"") for message in held[1:])
    dropped = (b"content-length", b"transfer-encoding")
    headers = [header for header in held[0]["headers"] if header[0].lower() not in dropped]
    said = {
        "content-length": len(body),
        "x-bench-sql": len(known),
        "x-bench-sql-ms": f"{sum(seconds for seconds, _ in known) * 1000:.2f}",
        "x-bench-app-ms": f"{took * 1000:.2f}",
    }
    headers += [(name.encode(), str(value).encode()) for name, value in said.items()]
    if LOG:
        with open(LOG, "a", encoding="utf-8") as file:
            file.write(f"== {scope['method']} {scope['path']} {len(known)}\n")
            file.writelines(f"{seconds * 1000:.2f} {sql[:3000]!r}\n" for seconds, sql in known)
    await send({**held[0], "headers": headers})
    await send({"type": "http.response.body", "body": body})


if os.environ.get("BENCH_SQL") == "1":
    count_statements()
    application = counting
else:
    application = real
