"""What everybody in the room may know of the day at this moment: the stream carries this, and nothing else."""

from typing import Any

from oppdrift.toolbox.clock import now

from .clock import Clock, ms
from .models import Pitch, PitchDay, Rehearsal


def phase_of(day: PitchDay, on: Pitch | None) -> str:
    """before, called, pitching, questions, break, over."""
    if day.ended_at:
        return "over"
    if day.break_at:
        return "break"
    return str(on.phase.value) if on else "before"


def clock_of(clock: Clock, limit: int) -> dict[str, Any]:
    """The clock as a screen needs it: what it shows, or the moment it would have been started at without a pause.

    All in milliseconds, the moment since 1970; `limit` in seconds.
    """
    if clock.is_running and clock.started_at:
        return {"runs": True, "since": ms(clock.started_at) + clock.paused_ms, "limit": limit * 1000}
    return {"runs": False, "shown": clock.elapsed_ms(now()), "limit": limit * 1000}


def of_day(key: int) -> dict[str, Any] | None:
    """One statement."""
    day = PitchDay.objects.select_related("on").filter(pk=key).first()
    return public(day) if day else None


def for_host(key: int) -> dict[str, Any] | None:
    """The same, and how many taps have come; nothing of what they say."""
    day = PitchDay.objects.select_related("on").filter(pk=key).first()
    return {**public(day), "votes": day.votes} if day else None


def public(day: PitchDay) -> dict[str, Any]:
    on = day.on
    return {
        "version": day.version,
        "phase": phase_of(day, on),
        "number": on.order if on else 0,
        "locked": day.locked_at is not None,
        "clock": clock_of(on.shown if on else Clock(), limit_of(day, on)),
    }


def limit_of(day: PitchDay, on: Pitch | None) -> int:
    """Seconds that the clock that is shown counts down from."""
    return day.question_seconds if on and on.asked_at else day.pitch_seconds


def of_rehearsal(rehearsal: Rehearsal, seconds: int) -> dict[str, Any]:
    attempt = rehearsal.attempt
    return clock_of(attempt.clock if attempt else Clock(), seconds)
