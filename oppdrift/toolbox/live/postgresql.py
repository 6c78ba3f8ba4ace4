"""Hearing what other processes tell, by PostgreSQL's LISTEN, in the event loop."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from django.db import connection

log = logging.getLogger(__name__)
CHANNEL = "oppdrift_live"
AGAIN = 1.0  # seconds before a lost line is tried anew; the slow poll serves meanwhile
NOT_PSYCOPGS = {"context", "cursor_factory", "prepare_threshold", "pool"}  # what Django adds for itself


def address() -> dict[str, Any]:
    """How this installation's database is reached."""
    given = connection.get_connection_params()
    return {name: value for name, value in given.items() if name not in NOT_PSYCOPGS}


async def hear(wake: Callable[[str], None], wake_all: Callable[[], None]) -> None:
    """Call `wake` with each topic that is told of, until cancelled."""
    import psycopg

    while True:
        try:
            line = await psycopg.AsyncConnection.connect(**address(), autocommit=True)
            async with line:
                await line.execute(f"LISTEN {CHANNEL}")
                wake_all()  # what was told while nobody heard
                async for notice in line.notifies():
                    wake(notice.payload)
        except (psycopg.Error, OSError) as error:
            log.warning("The line for news is lost, and tried again: %s", error)
        await asyncio.sleep(AGAIN)
