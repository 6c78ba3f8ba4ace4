"""When each team goes in, as far as one can tell: from the plan before the day, from what has happened on it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from oppdrift.toolbox import dates
from oppdrift.toolbox.clock import now

from .models import Pitch, PitchDay

MINUTE = dt.timedelta(minutes=1)


@dataclass
class Place:
    """A row of the running order on a screen."""

    pitch: Pitch
    state: str  # done, on, next, coming
    at: dt.datetime | None  # about when it goes in; none: it has been in
    break_before: bool = False

    @property
    def when(self) -> str:
        return about_when(self.at) if self.at else ""

    @property
    def minutes(self) -> int:
        """Until it goes in, never less than one."""
        return max(1, round(((self.at or now()) - now()) / MINUTE))


def places(day: PitchDay, pitches: Sequence[Pitch]) -> list[Place]:
    """`pitches`: those on stage, in order, each with its idea."""
    made, coming = [], [pitch for pitch in pitches if not pitch.called_at]
    at = _first_entrance(day, pitches)
    for pitch in pitches:
        state = "done" if pitch.is_done else "on" if pitch.called_at else "coming"
        if pitch in coming[:1]:
            state = "next"
        has_break = bool(day.break_after and pitch.order == day.break_after + 1)
        if pitch not in coming:
            made.append(Place(pitch, state, None, has_break))
            continue
        if has_break and not (state == "next" and day.break_at):
            at += day.break_minutes * MINUTE
        made.append(Place(pitch, state, at, has_break))
        at += day.slot
    return made


def _first_entrance(day: PitchDay, pitches: Sequence[Pitch]) -> dt.datetime:
    """Of the next team: when the one inside is through, the break is over, or the day begins."""
    if day.break_at:
        return max(now(), day.break_at + day.break_minutes * MINUTE)
    inside = next((pitch for pitch in pitches if pitch.called_at and not pitch.is_done), None)
    if inside and inside.called_at:
        return max(now() + MINUTE, (inside.started_at or now()) + day.slot)
    if any(pitch.is_done for pitch in pitches):
        return now()
    return max(now(), day.appointment.starts_at)


def about_when(moment: dt.datetime) -> str:
    """ca. 10.30, in the Norwegian way; to the next whole minute."""
    local = dates.local_time(moment + dt.timedelta(seconds=59))
    return _("about %(time)s") % {"time": f"{local:%H:%M}" if dates.language() == "en" else f"{local:%H.%M}"}


def minutes_in_words(n: int) -> str:
    """five minutes; 17 minutes"""
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": number_in_words(n)}


def number_in_words(n: int) -> str:
    """Up to twelve as a word, as one says of minutes."""
    words = [
        "", pgettext("minutes", "one"), pgettext("minutes", "two"), pgettext("minutes", "three"),
        pgettext("minutes", "four"), pgettext("minutes", "five"), pgettext("minutes", "six"),
        pgettext("minutes", "seven"), pgettext("minutes", "eight"), pgettext("minutes", "nine"),
        pgettext("minutes", "ten"), pgettext("minutes", "eleven"), pgettext("minutes", "twelve"),
    ]  # fmt: skip
    return words[n] if 0 < n < len(words) else str(n)


def length_in_words(seconds: int) -> str:
    """three minutes, as said of the clock; 90 seconds"""
    if seconds and seconds % 60 == 0:
        return minutes_in_words(seconds // 60)
    return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}


def shown(milliseconds: int, limit: int) -> str:
    """What a clock shows: 1:12 left, or +0:12 over. `milliseconds` have passed of `limit`."""
    left = limit - milliseconds
    seconds = -(-left // 1000) if left > 0 else -left // 1000
    sign = "" if left > -1000 else "+"
    return f"{sign}{seconds // 60}:{seconds % 60:02}"


def used(milliseconds: int) -> str:
    """2:48, of time that was used."""
    return f"{milliseconds // 60_000}:{milliseconds // 1000 % 60:02}"
