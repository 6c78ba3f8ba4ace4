"""The clock of a pitch: a few moments in the database, and what they amount to. It never ticks, so none is lost."""

import datetime as dt
from dataclasses import dataclass, replace

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MILLISECOND = dt.timedelta(milliseconds=1)


def ms(moment: dt.datetime) -> int:
    """Whole milliseconds since 1970. Every difference is one of these, so that pauses are exact and nothing jumps."""
    return (moment - EPOCH) // MILLISECOND


@dataclass(frozen=True)
class Clock:
    """What has passed is `until - started_at - paused_ms`, where `until` is the end, the pause, or the moment asked of.

    Each command gives the clock as it is afterwards, and the same clock where there is nothing to do: two Starts are
    one. A moment before the last command (a server whose own clock was set back) counts as the moment of that.
    """

    started_at: dt.datetime | None = None
    paused_at: dt.datetime | None = None
    paused_ms: int = 0  # in all pauses that are over
    ended_at: dt.datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.started_at is not None and self.paused_at is None and self.ended_at is None

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None and self.ended_at is None

    def elapsed_ms(self, moment: dt.datetime) -> int:
        if self.started_at is None:
            return 0
        until = self.ended_at or self.paused_at or moment
        return max(0, ms(until) - ms(self.started_at) - self.paused_ms)

    def start(self, moment: dt.datetime) -> "Clock":
        return self if self.started_at else replace(self, started_at=moment)

    def pause(self, moment: dt.datetime) -> "Clock":
        return replace(self, paused_at=self._no_earlier(moment)) if self.is_running else self

    def resume(self, moment: dt.datetime) -> "Clock":
        if not self.is_paused or self.paused_at is None:
            return self
        rest = max(0, ms(moment) - ms(self.paused_at))
        return replace(self, paused_at=None, paused_ms=self.paused_ms + rest)

    def end(self, moment: dt.datetime) -> "Clock":
        """For good; one that is paused ends where it stands."""
        if self.started_at is None or self.ended_at:
            return self
        return replace(self, ended_at=self.paused_at or self._no_earlier(moment), paused_at=None)

    def go_on(self, moment: dt.datetime) -> "Clock":
        """Undo the end: it stands paused where it ended."""
        return replace(self, ended_at=None, paused_at=self.ended_at) if self.ended_at else self

    def _no_earlier(self, moment: dt.datetime) -> dt.datetime:
        """Not before what has passed began: else a pause would give back time."""
        assert self.started_at is not None
        return max(moment, self.started_at + dt.timedelta(milliseconds=self.paused_ms))
