"""The dates of a round that people plan by."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models, transaction
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.toolbox import dates
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import now

if TYPE_CHECKING:
    from oppdrift.people.models import Person

    from .round import Round


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def coming(self) -> "MilestoneQuerySet":
        """Not over yet."""
        return self.filter(models.Q(at__gte=now()) | models.Q(until__gte=now()))

    def next_of(self, rounds: "Iterable[Round]") -> "dict[int, Milestone]":
        """By the key of the round: the first date of a stage in use that is not over."""
        midnight = dates.local_time(now()).replace(hour=0, minute=0, second=0, microsecond=0)
        coming = models.Q(at__gte=midnight) | models.Q(until__gte=now())
        found = self.filter(coming, round__in=[each.pk for each in rounds])
        first: dict[int, Milestone] = {}
        for each in found.select_related("round"):
            if each.is_used and not each.is_over:
                first.setdefault(each.round_id, each)
        return first


class Milestone(models.Model):
    """A date of the round. The deadline itself stands on the round, since the clock is asked there."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Application workshop")
        INFORMATION = "information", _("Information meeting")
        IMPROVEMENT = "improvement", _("Improvement workshop")
        SHORTLIST = "shortlist", _("Shortlist")
        TRAINING = "training", _("Pitch training")
        PITCH_DAY = "pitch_day", _("Pitch day")
        DECISION = "decision", _("Decision")
        GATHERING = "gathering", _("Joint gathering")
        CONFERENCE = "conference", _("Conference")
        REPORT = "report", _("Final reports")
        MEASUREMENT = "measurement", _("Measurement")
        OTHER = "other", pgettext_lazy("kind of milestone", "Other")

    # Held just after Easter, or together with what is: they move with Easter from year to year.
    FOLLOW_EASTER = (Kind.TRAINING, Kind.PITCH_DAY, Kind.DECISION)
    # A kind that only makes sense in a round that uses this stage.
    STAGE_OF = {
        Kind.WORKSHOP: "call",
        Kind.INFORMATION: "call",
        Kind.IMPROVEMENT: "improving",
        Kind.SHORTLIST: "shortlist",
        Kind.TRAINING: "pitching",
        Kind.PITCH_DAY: "pitching",
        Kind.DECISION: "deciding",
        Kind.GATHERING: "projects",
        Kind.CONFERENCE: "conference",
        Kind.REPORT: "projects",
        Kind.MEASUREMENT: "projects",
    }

    round = models.ForeignKey("rounds.Round", models.CASCADE, related_name="milestones")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    name = models.CharField(_("name"), max_length=100)
    at = models.DateTimeField(pgettext_lazy("a time", "from"))
    until = models.DateTimeField(pgettext_lazy("a time", "until"), null=True, blank=True)
    whole_day = models.BooleanField(_("the clock time is not set"), default=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("at")),
                name="a_milestone_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def record(self) -> "Round":
        return self.round

    @property
    def is_used(self) -> bool:
        """Does it belong to a stage that the round uses?"""
        stage = self.STAGE_OF.get(self.kind)  # type: ignore[call-overload]
        return stage is None or self.round.uses(stage)

    @property
    def is_over(self) -> bool:
        if self.until or not self.whole_day:
            return (self.until or self.at) < now()
        return dates.date_of(self.at) < dates.date_of(now())

    @property
    def when(self) -> str:
        """Its dates as people write them."""
        if self.until and dates.date_of(self.until) != dates.date_of(self.at):
            return dates.span(self.at, self.until)
        if self.whole_day:
            return dates.day(self.at)
        if self.until:
            return f"{dates.day(self.at)} {dates.hours(self.at, self.until)}"
        return dates.moment(self.at)

    def can_change(self) -> Answer:
        if self.round.closed_at:
            return No(gettext("The round is closed."))
        return True

    @transaction.atomic
    def change(self, *, by: "Person", **fields: Any) -> None:
        """Set these fields; a new milestone is saved for the first time."""
        ensure(self.can_change())
        is_new = not self.pk
        for name, value in fields.items():
            setattr(self, name, value)
        self.save()
        Event.record("milestone.added" if is_new else "milestone.changed", self, by=by, at=iso(self.at))

    @transaction.atomic
    def remove(self, *, by: "Person") -> None:
        ensure(self.can_change())
        Event.record("milestone.removed", self.round, by=by, kind=self.kind, at=iso(self.at))
        self.delete()


class DateOfRound(NamedTuple):
    """One line in the list of a round's dates."""

    at: dt.datetime
    name: str
    when: str  # in words
    is_deadline: bool = False


def dates_of(round: "Round") -> list[DateOfRound]:
    milestones = round.milestones.select_related("round")
    found = [DateOfRound(each.at, each.name, each.when) for each in milestones if each.is_used]
    if round.opens_at and round.uses("call"):
        found.append(DateOfRound(round.opens_at, gettext("The call opens"), dates.moment(round.opens_at)))
    if round.deadline and round.uses("call"):
        when = dates.moment(round.deadline)
        found.append(DateOfRound(round.deadline, gettext("Application deadline"), when, is_deadline=True))
    return sorted(found)


def iso(moment: dt.datetime | None) -> str | None:
    """A moment as history keeps it."""
    return moment.isoformat() if moment else None
