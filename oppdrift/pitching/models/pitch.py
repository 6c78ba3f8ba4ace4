"""One team's three minutes and the questions after, each with a clock of its own."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.pitching.clock import Clock
from oppdrift.toolbox.clock import now

from .day import PitchDay


class PitchQuerySet(models.QuerySet["Pitch"]):
    def on_stage(self) -> "PitchQuerySet":
        """In the running order: not taken off."""
        return self.filter(dropped_at=None)


class Timed(models.Model):
    """Has a `Clock` in its row."""

    started_at = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    paused_ms = models.PositiveIntegerField(default=0, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def clock(self) -> Clock:
        return Clock(self.started_at, self.paused_at, self.paused_ms, self.ended_at)

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self.started_at, self.paused_at = clock.started_at, clock.paused_at
        self.paused_ms, self.ended_at = clock.paused_ms, clock.ended_at

    @property
    def used_ms(self) -> int:
        """What the clock shows, or showed when it was stopped."""
        return self.clock.elapsed_ms(now())


class Pitch(Timed):
    """A place in the running order. The team is called, the clock runs, questions follow, it is done.

    `started_at` and what stands beside it is the pitch's clock; `asked_at` and what stands beside it that of questions.
    """

    class Phase(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CALLED = "called", _("On stage")
        PITCHING = "pitching", _("Pitching")
        QUESTIONS = "questions", _("Questions")
        DONE = "done", _("Done")

    day = models.ForeignKey(PitchDay, models.CASCADE, related_name="pitches")
    idea = models.ForeignKey("ideas.Idea", models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()  # from 1 without gaps; 0 when taken off
    dropped_at = models.DateTimeField(null=True, editable=False)
    called_at = models.DateTimeField(null=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    questions_paused_at = models.DateTimeField(null=True, editable=False)
    questions_paused_ms = models.PositiveIntegerField(default=0, editable=False)
    questions_ended_at = models.DateTimeField(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)

    objects = PitchQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["day", "idea"], name="an_idea_pitches_once_a_day")]

    def __str__(self) -> str:
        return str(self.idea)

    @property
    def record(self):
        return self.idea

    @property
    def questions(self) -> Clock:
        """The clock of the questions."""
        return Clock(self.asked_at, self.questions_paused_at, self.questions_paused_ms, self.questions_ended_at)

    @questions.setter
    def questions(self, clock: Clock) -> None:
        self.asked_at, self.questions_paused_at = clock.started_at, clock.paused_at
        self.questions_paused_ms, self.questions_ended_at = clock.paused_ms, clock.ended_at

    @property
    def phase(self) -> "Pitch.Phase":
        if self.done_at:
            return self.Phase.DONE
        if self.asked_at:
            return self.Phase.QUESTIONS
        if self.started_at:
            return self.Phase.PITCHING
        return self.Phase.CALLED if self.called_at else self.Phase.WAITING

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def shown(self) -> Clock:
        """The clock that the screens show: of the questions once they have begun."""
        return self.questions if self.asked_at else self.clock

    def limit(self) -> dt.timedelta:
        """What the clock that is shown counts down from."""
        return dt.timedelta(seconds=self.day.question_seconds if self.asked_at else self.day.pitch_seconds)
