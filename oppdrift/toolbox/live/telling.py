"""From a write to those who listen: at once within this process, by NOTIFY to the others on PostgreSQL."""

from django.db import connection, transaction

from .hub import wake
from .postgresql import CHANNEL


def tell(topic: str) -> None:
    """There is something new about the topic, from the moment that this transaction is through."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])  # held back until the commit
    transaction.on_commit(lambda: wake(topic))
