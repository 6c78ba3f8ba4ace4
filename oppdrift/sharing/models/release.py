"""The programme as the world has it: a copy made when the lead says so, so that nobody reads half a change."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.reading import is_as_read, mark_of

from .conference import Conference
from .slot import Slot

Row = dict[str, Any]


class Release(models.Model):
    """One released programme. Rows hold keys, times, titles and abstracts, never who speaks: names are read when the
    page is, so that they are gone at once when somebody takes back their yes."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    rows = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = MomentField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["conference", "number"], name="releases_are_numbered")]

    def __str__(self) -> str:
        return f"{self.conference}, {self.number}"

    @property
    def record(self) -> Any:
        return self.conference.round

    @classmethod
    def can_be_made(cls, conference: Conference, read: str | None = None) -> Answer:
        """`read`: the mark of the rows that were looked over."""
        if not (answer := conference.can_change()):
            return answer
        if not (answer := is_as_read(mark_of(rows_of(conference)), read)):
            return answer
        if not conference.slots.exclude(starts_at=None).exists():
            return No(_("Nothing in the programme has a time yet."))
        before = newest(conference)
        if before and before.rows == rows_of(conference):
            return No(_("Nothing is changed since the programme was published."))
        return True

    @classmethod
    @transaction.atomic
    def make(cls, conference: Conference, *, by: Person, read: str | None = None) -> "Release":
        """Let the world read the programme as it is now."""
        conference.lock()
        ensure(cls.can_be_made(conference, read))
        before = newest(conference)
        number = before.number + 1 if before else 1
        made = cls.objects.create(conference=conference, number=number, rows=rows_of(conference), made_by=by)
        if not conference.published_at:
            changed(conference, published_at=now())
        Event.record(
            "conference.published" if number == 1 else "conference.republished", conference, by=by, number=number
        )
        return made


def newest(conference: Conference) -> Release | None:
    return conference.releases.order_by("number").last()


def rows_of(conference: Conference) -> list[Row]:
    """What has a time, in the programme's order."""
    slots = Slot.objects.filter(conference=conference).exclude(starts_at=None).select_related("hall").in_order()
    return [
        {
            "slot": slot.pk,
            "idea": slot.idea_id,
            "title": slot.title,
            "abstract": slot.abstract,
            "hall": slot.hall.name if slot.hall else "",
            "starts_at": iso(slot.starts_at),
            "minutes": slot.minutes,
        }
        for slot in slots
    ]


def iso(moment: dt.datetime | None) -> str:
    """In UTC, so that the same moment is always the same text."""
    return moment.astimezone(dt.UTC).isoformat() if moment else ""
