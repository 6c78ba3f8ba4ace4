"""The one clock. Every room asks here, so that a test or the demo can move the whole house in time."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

OSLO = ZoneInfo("Europe/Oslo")
_pretended: ContextVar[dt.datetime | None] = ContextVar("pretended_now", default=None)


def now() -> dt.datetime:
    """The present moment, aware, to the microsecond."""
    pretended = _pretended.get()
    return timezone.now() if pretended is None else pretended


def today() -> dt.date:
    """The date in Norway."""
    return now().astimezone(OSLO).date()


def is_past(deadline: dt.datetime | None, moment: dt.datetime | None = None) -> bool:
    """Is `moment` (now unless said) too late for `deadline`? All of the second 12:00:00 is in time, 12:00:01 is late.

    Nothing is too late where there is no deadline.
    """
    if deadline is None:
        return False
    # In UTC, since two moments of one zone are compared by their clocks, which in October show an hour twice.
    asked, limit = ((each or now()).astimezone(dt.UTC).replace(microsecond=0) for each in (moment, deadline))
    return asked > limit


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let the house believe it is `moment`; used to build a year of history."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    """A moment given as clocks in Norway show it."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=OSLO)


class MomentField(models.DateTimeField):
    """When the row was made, by the one clock."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", now)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
