"""What a host does on the day: one button at a time. Whoever holds the baton decides; anybody who may host can take it.

A command says which pitch it was meant for (`seen`). If another one is on stage by then, somebody else has given the
same command a moment before, and nothing happens: two presses on "Next team" are one.
"""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision
from oppdrift.people.models import Person
from oppdrift.pitching.clock import Clock
from oppdrift.toolbox import live
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.models import changed

if TYPE_CHECKING:
    from .pitch import Pitch

COMMANDS = ("next", "start", "pause", "resume", "over_to_questions", "back", "restart", "take_break", "end_break")


class Hosted(models.Model):
    """The part of a pitch day that moves while it goes on.

    `version` rises with everything a screen shows, `votes` with every tap that is received, each in the transaction of
    the write.
    """

    version = models.PositiveBigIntegerField(default=1, editable=False)
    votes = models.PositiveBigIntegerField(default=0, editable=False)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    on = models.ForeignKey("pitching.Pitch", models.SET_NULL, null=True, related_name="+")  # the team on stage
    break_at = models.DateTimeField(null=True, editable=False)  # there is a break since then
    ended_at = models.DateTimeField(null=True, editable=False)  # the last team is done
    locked_at = models.DateTimeField(null=True, editable=False)  # no more taps since then
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unlock_reason = models.TextField(_("why the voting was opened again"), blank=True)  # a line each time it was

    pitches: Any  # the running order, see Pitch.day
    round: Any

    class Meta:
        abstract = True

    @property
    def topic(self) -> str:
        """Where the screens and the phones listen."""
        return f"pitch-day-{self.pk}"

    @property
    def host_topic(self) -> str:
        """Where the host listens: also to how many taps have come. That is many a second, and nobody else's."""
        return f"pitch-day-host-{self.pk}"

    @property
    def has_begun(self) -> bool:
        return self.on_id is not None or self.ended_at is not None

    def hold(self) -> Self:
        """Let one change at a time happen to the day. Within a transaction.

        What was read before is read anew, the team on stage too: somebody else may have moved it while we waited.
        """
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())  # type: ignore[attr-defined]
        return self

    def show(self, **fields: Any) -> None:
        """Set these fields, and tell the screens that they have something new. Whoever calls holds the day."""
        changed(self, **fields, version=self.version + 1)
        live.tell(self.topic, self.host_topic)

    # The baton

    def can_host(self, person: Person) -> Answer:
        if self.host_id not in (None, person.pk):
            return No(_("%(name)s is host now. Take over first.") % {"name": self.host})
        return True

    @transaction.atomic
    def take_baton(self, *, by: Person) -> None:
        """Be the host from now on."""
        self.hold()
        if self.host_id != by.pk:
            self.show(host=by)
            Event.record("pitch_day.host_taken", self, by=by)

    @transaction.atomic
    def command(self, name: str, *, by: Person, seen: int | None) -> bool:
        """Do one of `COMMANDS`. False when there was nothing to do, such as the second of two Starts."""
        if name not in COMMANDS:
            raise ValueError(name)
        self.hold()
        ensure(self.can_host(by))
        if seen != self.on_id:
            return False
        on, before = self.on, self.version
        getattr(self, f"_{name}")(on)
        if self.version == before:
            return False
        if self.host_id is None:
            changed(self, host=by)
        Event.record(f"pitch_day.{name}", self.on or on or self, by=by)
        return True

    def _next(self, on: "Pitch | None") -> None:
        """The team on stage is done; the next one is called, or the day is over."""
        if self.ended_at or (on and not on.started_at):
            return
        _finish(on)
        coming = self.pitches.on_stage().filter(called_at=None).order_by("order").first()
        if coming is None:
            self.show(on=None, break_at=None, ended_at=now())
            return
        _keep(coming, called_at=now())
        self.show(on=coming, break_at=None)

    def _start(self, on: "Pitch | None") -> None:
        if on and not on.started_at:
            _keep(on, clock=on.clock.start(now()))
            self.show(break_at=None)

    def _pause(self, on: "Pitch | None") -> None:
        """The clock that is shown stands still."""
        self._set_shown(on, on.shown.pause(now()) if on else None)

    def _resume(self, on: "Pitch | None") -> None:
        self._set_shown(on, on.shown.resume(now()) if on else None)

    def _set_shown(self, on: "Pitch | None", clock: Clock | None) -> None:
        if on and clock and clock != on.shown:
            _keep(on, **{"questions" if on.asked_at else "clock": clock})
            self.show()

    def _over_to_questions(self, on: "Pitch | None") -> None:
        if on and on.phase == on.Phase.PITCHING:
            _keep(on, clock=on.clock.end(now()), questions=Clock().start(now()))
            self.show()

    def _back(self, on: "Pitch | None") -> None:
        """From the questions to the pitch, whose clock then stands; before the start, to the team that was before."""
        if on and on.phase == on.Phase.QUESTIONS:
            _keep(on, clock=on.clock.go_on(now()), questions=Clock())
            self.show()
        elif self.ended_at or (on and not on.started_at):
            before = self.pitches.on_stage().exclude(done_at=None).order_by("-order").first()
            if on:
                _keep(on, called_at=None)
            if before and before.asked_at:
                _keep(before, questions=before.questions.go_on(now()), done_at=None)
            elif before:
                _keep(before, clock=before.clock.go_on(now()), done_at=None)
            self.show(on=before, break_at=None, ended_at=None)

    def _restart(self, on: "Pitch | None") -> None:
        """The three minutes begin anew, from the button. What was used stays in the history. Not of a team that is
        done: its time is its own, also while there is a break."""
        if on and on.started_at and not on.done_at:
            Event.record("pitch.restarted", on, by=self.host, used_ms=on.used_ms)
            _keep(on, clock=Clock(), questions=Clock())
            self.show()

    def _take_break(self, on: "Pitch | None") -> None:
        """A break for all: after the questions to one team, or before the next one starts."""
        if self.break_at or self.ended_at or (on and on.phase == on.Phase.PITCHING):
            return
        if on and on.phase == on.Phase.QUESTIONS:
            _finish(on)
        self.show(break_at=now())

    def _end_break(self, on: "Pitch | None") -> None:
        if self.break_at and on and not on.done_at:
            self.show(break_at=None)
        elif self.break_at:
            self._next(on)

    # The end of the voting

    def can_lock(self) -> Answer:
        if self.locked_at:
            return No(_("The voting is closed already."))
        if not self.ended_at:
            return No(_("Not all teams have pitched yet."))
        return True

    @transaction.atomic
    def lock_voting(self, *, by: Person) -> None:
        """From now on no tap is received."""
        self.hold()
        ensure(self.can_host(by))
        ensure(self.can_lock())
        self.show(locked_at=now(), locked_by=by)
        Event.record("pitch_day.locked", self, by=by)

    def can_unlock(self, reason: str) -> Answer:
        if not self.locked_at:
            return No(_("The voting is open."))
        if self.round.closed_at:
            return No(_("The round is closed."))
        if Decision.objects.known().at("final").filter(idea__round=self.round).exists():
            return No(_("The decision is told, so the scores stand as they were."))
        return True if reason.strip() else No(_("Write why the voting is opened again."))

    @transaction.atomic
    def unlock_voting(self, *, reason: str, by: Person) -> None:
        """Open it again. The reason stands in the protocol, beside those of earlier times."""
        self.hold()
        ensure(self.can_unlock(reason))
        reasons = [*self.unlock_reason.splitlines(), " ".join(reason.split())]
        self.show(locked_at=None, locked_by=None, unlock_reason="\n".join(reasons))
        Event.record("pitch_day.unlocked", self, by=by)


def _finish(pitch: "Pitch | None") -> None:
    if pitch and not pitch.done_at:
        _keep(pitch, clock=pitch.clock.end(now()), questions=pitch.questions.end(now()), done_at=now())


def _keep(pitch: "Pitch", **values: Any) -> None:
    """A clock is several columns, so the whole row is saved; the day is held, so nobody else changes it."""
    for name, value in values.items():
        setattr(pitch, name, value)
    pitch.save()
