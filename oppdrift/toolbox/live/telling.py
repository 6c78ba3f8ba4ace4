"""From a write to those who listen: at once within this process, by NOTIFY to the others on PostgreSQL."""

from functools import partial

from django.db import connection, transaction

from .hub import wake
from .postgresql import CHANNEL


def tell(*topics: str) -> None:
    """There is something new about these, from the moment that this transaction is through."""
    for topic in topics:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])  # held back until the commit
        transaction.on_commit(partial(wake, topic))
