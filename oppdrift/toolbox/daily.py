"""What the worker does once a day, beside sending mails."""

import logging
import threading
from collections.abc import Callable

from django.db import connection

log = logging.getLogger(__name__)
DAY = 24 * 60 * 60  # seconds


def run(stop: threading.Event, *deeds: Callable[[], object]) -> None:
    """Do these now and every day until `stop` is set. One that fails is tried again tomorrow, and stops no other."""
    while not stop.is_set():
        for deed in deeds:
            try:
                if done := deed():
                    log.warning("%s: %s", deed.__name__, done)
            except Exception:
                log.exception("%s failed; tried again tomorrow", deed.__name__)
        connection.close()
        stop.wait(DAY)
