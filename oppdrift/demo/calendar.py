"""The reference year moved, so that today falls in the wanted stage.

The year itself is that of programme.md: workshops in November 2018 and January 2019, deadline on 15 February, eight
picked on 20 March, pitch day on 24 April, conference on 20 January. It is moved by whole weeks, so that a Friday stays
a Friday, and days written in texts move along. Only the pitch day, if that is the stage, is today whatever today is.
"""

import datetime as dt
import re
from dataclasses import dataclass

from oppdrift.toolbox.clock import OSLO, now

# Seven days of the reference year for each stage: one of them is today.
STAGES = {
    "call": dt.date(2019, 2, 5),
    "assessing": dt.date(2019, 2, 25),
    "improving": dt.date(2019, 3, 5),
    "shortlist": dt.date(2019, 3, 13),
    "pitch-day": dt.date(2019, 4, 24),
    "decision": dt.date(2019, 4, 26),
    "autumn": dt.date(2019, 11, 5),
    "conference": dt.date(2020, 1, 13),
    "afterwards": dt.date(2022, 2, 1),
}
USUAL = "pitch-day"  # unless another is asked for: on that morning everybody has something to do
PITCH_DAY = dt.date(2019, 4, 24)
MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()
_DATE = re.compile(rf"\b(\d{{1,2}})\.( |\u00a0)({'|'.join(MONTHS)})\b(?:( |\u00a0)(\d{{4}}))?|\b(201[5-9]|202[0-2])\b")


class NoSuchStage(ValueError):
    """The year has no such stage."""


@dataclass(frozen=True)
class Calendar:
    """A number of whole weeks between the reference year and the demo's, and days more from the pitch day on."""

    days: int
    late: int = 0

    @classmethod
    def with_today_at(cls, stage: str, today: dt.date | None = None) -> "Calendar":
        """The calendar in which today is in `stage`. Raises NoSuchStage."""
        if stage not in STAGES:
            raise NoSuchStage(stage)
        today = today or now().astimezone(OSLO).date()
        days = (today - STAGES[stage]).days
        return cls(days - days % 7, days % 7 if stage == "pitch-day" else 0)

    def day(self, reference: dt.date | str) -> dt.date:
        """A day of the reference year, moved."""
        if isinstance(reference, str):
            reference = dt.date.fromisoformat(reference)
        return reference + dt.timedelta(days=self.days + (self.late if reference >= PITCH_DAY else 0))

    def moment(self, reference: str, clock: str = "") -> dt.datetime:
        """A local moment of the reference year ("2019-02-15T12:00", or a day and "12:00"), moved; same clock time."""
        there = dt.datetime.fromisoformat(f"{reference}T{clock}" if clock else reference)
        return dt.datetime.combine(self.day(there.date()), there.time(), tzinfo=OSLO)

    def reference(self, moment: dt.datetime) -> str:
        """The other way: the local moment of the reference year that now is `moment`."""
        there = moment.astimezone(OSLO).replace(tzinfo=None) - dt.timedelta(days=self.days)
        if there.date() >= PITCH_DAY + dt.timedelta(days=self.late):
            there -= dt.timedelta(days=self.late)
        return there.isoformat(timespec="minutes")

    def year(self, reference: int) -> int:
        """The year in which the deadline of `reference` now lies."""
        return self.day(dt.date(reference, 2, 15)).year

    def text(self, text: str, written: str) -> str:
        """`text` with its days and years moved; a day without a year is at most 100 days before it was written."""
        earliest = dt.date.fromisoformat(written[:10]) - dt.timedelta(days=100)

        def moved(match: re.Match) -> str:
            number, space, month, second_space, year, alone = match.groups()
            if alone:
                return str(self.year(2019) + int(alone) - 2019)  # the year before stays that
            month_number = MONTHS.index(month) + 1
            try:
                day = dt.date(int(year or earliest.year), month_number, int(number))
                if not year and day < earliest:
                    day = day.replace(year=day.year + 1)
            except ValueError:
                return match.group()
            new = self.day(day)
            words = f"{new.day}.{space}{MONTHS[new.month - 1]}"
            return f"{words}{second_space}{new.year}" if year else words

        return _DATE.sub(moved, text)
