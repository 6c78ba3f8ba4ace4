"""A published programme as it is shown: the released copy, with the names of those who have said yes to being named."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from oppdrift.ideas.models import Idea
from oppdrift.toolbox.calendars import Entry

from .changes import begins, ends, when
from .models import Conference, Release, Speaker
from .models.release import Row


@dataclass(frozen=True)
class Shown:
    """One slot as anybody reads it."""

    key: int
    title: str
    abstract: str
    hall: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    when: Any
    speakers: tuple[str, ...]
    is_talk: bool  # by a project
    page: int | None  # key of the idea, where its public page is published


def programme(rows: Iterable[Row]) -> list[Shown]:
    """Two statements: who may be named, and which projects have a page."""
    found = list(rows)
    speakers: dict[int, list[str]] = {}
    agreed = Speaker.objects.filter(slot__in=[row["slot"] for row in found]).exclude(agreed_at=None)
    for slot, name in agreed.order_by("pk").values_list("slot", "name"):
        speakers.setdefault(slot, []).append(name)
    ideas = [row["idea"] for row in found if row["idea"]]
    pages = set(Idea.objects.published().filter(pk__in=ideas, showcase__isnull=False).values_list("pk", flat=True))
    return [
        Shown(
            row["slot"], row["title"], row["abstract"], row["hall"], begins(row), ends(row), when(row),
            tuple(speakers.get(row["slot"], ())), bool(row["idea"]), row["idea"] if row["idea"] in pages else None,
        )
        for row in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """What begins at one time, side by side in the rooms."""

    starts_at: dt.datetime
    slots: tuple[Shown, ...]


def by_time(slots: Iterable[Shown]) -> list[Moment]:
    moments: dict[dt.datetime, list[Shown]] = {}
    for slot in slots:
        moments.setdefault(slot.starts_at, []).append(slot)
    return [Moment(start, tuple(found)) for start, found in sorted(moments.items())]


def entries(conference: Conference, release: Release, shown: Iterable[Shown]) -> list[Entry]:
    """The programme for a calendar. The number of the release rises, so that a moved talk moves there too."""
    url = settings.BASE_URL + conference.get_absolute_url()
    place = conference.appointment.place
    return [
        Entry(
            uid=f"slot-{slot.key}-{conference.appointment.uid}",
            sequence=release.number,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            title=slot.title,
            place=", ".join(part for part in (slot.hall, place) if part),
            text="\n\n".join(part for part in (", ".join(slot.speakers), slot.abstract) if part),
            url=url,
            cancelled=conference.gathering.is_cancelled,
        )
        for slot in shown
    ]
