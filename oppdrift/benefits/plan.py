"""When benefits are usually measured: some time after the project has ended, when its work has become everyday."""

import datetime as dt
from collections.abc import Iterable

from oppdrift.ideas.models import Idea
from oppdrift.rounds.models import Milestone
from oppdrift.toolbox.dates import date_of

AFTER = (6, 12, 24)  # months after the end
ENDS = (Milestone.Kind.REPORT, Milestone.Kind.CONFERENCE)


def end_of(idea: Idea) -> dt.date | None:
    """When its round presents the projects, or else takes their final reports; None: not known."""
    if not idea.round_id:
        return None
    days = {
        milestone.kind: date_of(milestone.until or milestone.at)
        for milestone in Milestone.objects.filter(round=idea.round_id, kind__in=ENDS).order_by("at")
    }
    return days.get(Milestone.Kind.CONFERENCE) or days.get(Milestone.Kind.REPORT)


def usual(end: dt.date | None) -> list[tuple[dt.date, int]]:
    """(day, months after the end)"""
    return [(months_later(end, months), months) for months in AFTER] if end else []


def as_planned(days: Iterable[dt.date | None], end: dt.date | None) -> list[tuple[dt.date, int | None]]:
    """Dates that somebody chose, with the months after the end for those they left as they were."""
    known = dict(usual(end))
    return [(day, known.get(day)) for day in dict.fromkeys(days) if day]


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
