"""A new round from an earlier one: what comes along, and when everything will be, looked at before it is made.

A date keeps its weekday and clock time and lies nearest the same date; pitch day, and what follows it, keep their
distance from Easter; what would land on a holiday waits for the same weekday after it. Roles are not copied.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.toolbox import dates
from oppdrift.toolbox.clock import OSLO

from . import holidays
from .models import Edition, Milestone, Role, Round

if TYPE_CHECKING:
    from oppdrift.people.models import Person

FIELDS = {"opens_at": _("The call opens"), "deadline": _("Application deadline"), "assess_by": _("Assessments due")}
COPIED = (
    "stages", "summary", "call_text", "budget", "places_from", "places_to", "shortlist_places", "guidance_hours",
    "silent_after", "quorum",
)  # fmt: skip
NEAR_EASTER = dt.timedelta(days=35)
_MONTH = "|".join(dates.MONTHS["nb"])  # the same in nynorsk
_IN_TEXT = re.compile(rf"\b\d{{1,2}}\.[ \u00a0](?:{_MONTH})\b(?:[ \u00a0]\d{{4}})?", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One date: when it was, when it will be, and what the planner should know about it."""

    key: str  # a field of the round, or "m" and the key of the milestone it is copied from
    name: str | Promise
    before: dt.datetime
    after: dt.datetime
    until: dt.datetime | None = None
    whole_day: bool = False
    notes: tuple[str | Promise, ...] = ()


@dataclass
class Plan:
    """A copy that has not been made. `chosen` holds moments that somebody set instead of the proposed ones."""

    source: Round
    year: int
    chosen: dict[str, dt.datetime] = field(default_factory=dict)

    @property
    def years(self) -> int:
        return self.year - self.source.year

    @property
    def name(self) -> str:
        """The old name with the year exchanged, or with it behind."""
        old, new = str(self.source.year), str(self.year)
        return self.source.name.replace(old, new) if old in self.source.name else f"{self.source.name} {new}"

    @cached_property
    def edition(self) -> Edition:
        return self.source.edition

    @cached_property
    def milestones(self) -> list[Milestone]:
        return list(self.source.milestones.all())

    @cached_property
    def rows(self) -> list[Row]:
        """All dates in the order they had, with a note where the order is broken."""
        found = [
            self._row(name, label, moment)
            for name, label in FIELDS.items()
            if (moment := getattr(self.source, name)) is not None
        ]
        found += [
            self._row(f"m{each.pk}", each.name, each.at, each.until, each.whole_day, self._follows_easter(each))
            for each in self.milestones
        ]
        return list(_with_order_checked(sorted(found, key=lambda row: row.before)))

    def _follows_easter(self, milestone: Milestone) -> bool:
        """Pitch day and its company, when pitch day was held near Easter."""
        pitch_days = [each.at for each in self.milestones if each.kind == Milestone.Kind.PITCH_DAY]
        if milestone.kind not in Milestone.FOLLOW_EASTER or not pitch_days:
            return False
        day = dates.date_of(pitch_days[0])
        return abs(day - holidays.easter_sunday(day.year)) <= NEAR_EASTER

    def _row(
        self, key: str, name: str | Promise, before: dt.datetime,
        until: dt.datetime | None = None, whole_day: bool = False, easter: bool = False,
    ) -> Row:  # fmt: skip
        old = dates.date_of(before)
        wanted = holidays.from_easter(old, self.years) if easter else holidays.same_weekday(old, self.years)
        day = holidays.off_holidays(wanted)
        notes: list[str | Promise] = []
        if easter:
            notes.append(_("Follows Easter."))
        if day != wanted:
            notes.append(_("Moved past a holiday."))
        after = holidays.moved(before, day)
        end = None
        if until is not None:
            end = holidays.moved(until, day + (dates.date_of(until) - old))
        if key in self.chosen:
            chosen = self.chosen[key]
            if end is not None:
                end = holidays.moved(end, dates.date_of(end) + (dates.date_of(chosen) - dates.date_of(after)))
            notes, after = [], chosen
        if holidays.is_holiday(dates.date_of(after)):
            notes.append(_("This day is a holiday."))
        elif dates.date_of(after).weekday() >= 5:
            notes.append(_("This day is in a weekend."))
        return Row(key, name, before, after, end, whole_day, tuple(notes))

    @property
    def days_in_texts(self) -> list[str]:
        """Days that the call names. They are not changed, so somebody must."""
        named = _IN_TEXT.findall(f"{self.source.summary}\n{self.source.call_text}")
        return list(dict.fromkeys(day.replace(" ", dates.NBSP) for day in named))

    @transaction.atomic
    def make(self, *, by: "Person", name: str = "") -> Round:
        """A draft led by whoever makes it."""
        when = {row.key: row for row in self.rows}
        made = Round.objects.create(
            name=name or self.name, year=self.year, copied_from=self.source,
            **{each: getattr(self.source, each) for each in COPIED},
            **{each: when[each].after for each in FIELDS if each in when},
        )  # fmt: skip
        self.edition.copy_to(Edition.objects.create(round=made, number=1, made_by=by))
        for old in self.milestones:
            row = when[f"m{old.pk}"]
            made.milestones.create(kind=old.kind, name=old.name, at=row.after, until=row.until, whole_day=old.whole_day)
        Event.record("round.copied", made, by=by, year=self.source.year)
        made.give_role(by, Role.Kind.LEAD, by=by)
        return made


def _with_order_checked(rows: Iterable[Row]) -> Iterable[Row]:
    latest: Row | None = None
    for row in rows:
        if latest and row.after < latest.after and row.before.astimezone(OSLO).date() > dates.date_of(latest.before):
            row = replace(row, notes=(*row.notes, _("Comes before what it came after. Choose another day.")))
        else:
            latest = row
        yield row


def proposed_roles(round: Round) -> list[Role]:
    """Roles of the round it was copied from that their people can have here, and do not have yet."""
    if not round.copied_from_id:
        return []
    here = set(round.roles.in_force().values_list("person", "kind"))
    there = Role.objects.in_force().filter(round=round.copied_from_id, person__is_active=True).select_related("person")
    return [role for role in there if _fits(round, role, here)]


def _fits(round: Round, role: Role, here: set[tuple[int, str]]) -> bool:
    runs = {kind for person, kind in here if person == role.person_id and kind in Role.RUNS}
    if (role.person_id, role.kind) in here or (role.kind in Role.RUNS and runs):
        return False
    return role.kind not in Role.STAGE_OF or round.uses(Role.STAGE_OF[role.kind])  # type: ignore[index]
