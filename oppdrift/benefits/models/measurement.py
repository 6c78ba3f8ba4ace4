"""Measurements: planned, made, left out with a reason. A number that was wrong is replaced, never changed."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event
from oppdrift.people.models import Person
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now, today
from oppdrift.toolbox.models import changed

from . import reminding
from .asking import MeasurementQuerySet
from .fitting import fits

if TYPE_CHECKING:
    from .benefit import Benefit


class Measurement(models.Model):
    """One look at the benefit's indicator. `due` is planned, `made_at` says that it was made: not measured is not 0."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", _("Baseline")
        FOLLOW_UP = "follow_up", _("Measurement")

    class Verdict(models.TextChoices):
        """What is said of what is not counted."""

        BETTER = "better", pgettext_lazy("since the baseline", "Better")
        SAME = "same", pgettext_lazy("since the baseline", "No different")
        WORSE = "worse", pgettext_lazy("since the baseline", "Worse")

    benefit = models.ForeignKey("benefits.Benefit", models.CASCADE, related_name="measurements")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FOLLOW_UP)
    due = models.DateField(_("to be measured"), null=True, blank=True)
    after_months = models.PositiveSmallIntegerField(null=True, blank=True)  # after the end of the project
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True, blank=True)
    low = models.DecimalField(_("could be as low as"), max_digits=16, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("could be as high as"), max_digits=16, decimal_places=4, null=True, blank=True)
    words = models.TextField(_("in words"), blank=True)
    verdict = models.CharField(max_length=6, choices=Verdict, blank=True)  # of what is not counted
    taken_on = models.DateField(_("measured on"), null=True, blank=True)
    period = models.CharField(_("for the period"), max_length=80, blank=True)  # "uke 20–26"
    observations = models.PositiveIntegerField(_("number of observations"), null=True, blank=True)
    source = models.CharField(_("where the numbers come from"), max_length=200, blank=True)  # blank: as the benefit's
    method = models.TextField(_("how it was measured"), blank=True)  # blank: as the benefit's
    deviation = models.TextField(_("why it turned out so"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(null=True, editable=False)
    skipped_at = models.DateTimeField(null=True, editable=False)
    skipped_why = models.TextField(blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    corrected_why = models.TextField(blank=True)
    planned_at = MomentField()

    objects = MeasurementQuerySet.as_manager()

    # What whoever measures says.
    SAID = ("value", "low", "high", "words", "verdict", "taken_on", "period", "observations", "source", "method",
            "deviation")  # fmt: skip

    class Meta:
        ordering = ["due", "taken_on", "id"]
        indexes = [models.Index(fields=["due"], condition=Q(made_at=None), name="measurements_to_come")]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit"], condition=Q(kind="baseline", replaces=None), name="one_first_baseline_per_benefit"
            ),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(value__isnull=False) | ~Q(words=""), name="a_measurement_says_something"
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=False) | (Q(value=None) & Q(words="")),
                name="what_is_not_measured_has_no_value",
            ),
            models.CheckConstraint(
                condition=(Q(low=None) | Q(low__lte=F("value"))) & (Q(high=None) | Q(high__gte=F("value"))),
                name="a_value_lies_within_its_uncertainty",
            ),
            models.CheckConstraint(
                condition=Q(skipped_at=None) | (Q(made_at=None) & ~Q(skipped_why="")), name="what_is_left_out_says_why"
            ),
            models.CheckConstraint(condition=Q(replaces=None) | ~Q(corrected_why=""), name="a_correction_says_why"),
            models.CheckConstraint(
                condition=Q(due__isnull=False) | Q(taken_on__isnull=False), name="a_measurement_has_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit}, {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("benefits:measure", args=[self.pk])

    @property
    def record(self):
        return self.benefit.idea

    @property
    def day(self) -> dt.date:
        """When it was made, or is planned to be."""
        day = self.taken_on or self.due
        assert day is not None, "by constraint"
        return day

    def order_of(self) -> tuple:
        """Baseline first, then by date."""
        return (not self.is_baseline, self.day, self.pk)

    @property
    def is_baseline(self) -> bool:
        return self.kind == self.Kind.BASELINE

    @property
    def is_made(self) -> bool:
        return self.made_at is not None

    @property
    def is_skipped(self) -> bool:
        return self.skipped_at is not None

    @property
    def is_waiting(self) -> bool:
        return not self.is_made and not self.is_skipped

    @property
    def is_overdue(self) -> bool:
        return self.is_waiting and self.due is not None and self.due < today()

    # The plan

    @classmethod
    def can_plan(cls, benefit: "Benefit", due: dt.date) -> Answer:
        if benefit.dropped_at:
            return No(_("The benefit is dropped. Take it up again first."))
        if cls.objects.waiting().filter(benefit=benefit, due=due, kind=cls.Kind.FOLLOW_UP).exists():
            return No(_("A measurement is planned for that day already."))
        return True

    @classmethod
    @transaction.atomic
    def plan(cls, benefit: "Benefit", due: dt.date, *, by: Person | None, months: int | None = None) -> "Measurement":
        """Somebody is to measure on this day; `months` after the end of the project, if it was reckoned so."""
        ensure(cls.can_plan(benefit, due))
        made = cls.objects.create(benefit=benefit, due=due, after_months=months)
        Event.record("measurement.planned", made, by=by)
        return made

    def can_move(self) -> Answer:
        return True if self.is_waiting else No(_("It has been measured already, or left out."))

    @transaction.atomic
    def move(self, due: dt.date, *, by: Person) -> None:
        """Another date."""
        self._lock()
        ensure(self.can_move())
        if due != self.due:
            reminding.is_not_needed(self, by=by)
            changed(self, due=due, after_months=None)
            Event.record("measurement.moved", self, by=by)

    @transaction.atomic
    def take_off(self, *, by: Person) -> None:
        """It is not to be made after all. One that is due is left out with a reason instead."""
        self._lock()
        ensure(self.can_move())
        reminding.is_not_needed(self, by=by)
        Event.record("measurement.taken_off", self, by=by)
        self.delete()

    def can_skip(self) -> Answer:
        return True if self.is_waiting else No(_("It has been measured already, or left out."))

    @transaction.atomic
    def skip(self, why: str, *, by: Person) -> None:
        """Say that it will not be measured, and why. Nobody is reminded any more; the picture shows the gap."""
        self._lock()
        ensure(self.can_skip())
        if not why.strip():
            ensure(No(_("Write why it was not measured.")))
        reminding.is_not_needed(self, by=by)
        changed(self, skipped_at=now(), skipped_why=why.strip())
        Event.record("measurement.skipped", self, by=by)

    # Measuring

    def can_make(self) -> Answer:
        if self.benefit.dropped_at:
            return No(_("The benefit is dropped. Take it up again first."))
        return No(_("It has been measured already. Correct it instead.")) if self.is_made else True

    @transaction.atomic
    def make(self, *, by: Person, **said: Any) -> None:
        """What was seen: a value with its uncertainty, or words. One that was left out may be made after all."""
        self._lock()
        ensure(self.can_make())
        self._say(by, said)
        self.skipped_at, self.skipped_why = None, ""
        self.save()
        reminding.is_not_needed(self, by=by)
        Event.record("baseline.measured" if self.is_baseline else "measurement.made", self, by=by)

    @classmethod
    @transaction.atomic
    def take(cls, benefit: "Benefit", *, by: Person, kind: str = Kind.FOLLOW_UP, **said: Any) -> "Measurement":
        """One that was not planned."""
        benefit.lock()
        made = cls(benefit=benefit, kind=kind)
        ensure(made.can_make())
        made._say(by, said)
        made.save()
        Event.record("baseline.measured" if made.is_baseline else "measurement.made", made, by=by)
        return made

    def can_correct(self) -> Answer:
        if self.benefit.dropped_at:
            return No(_("The benefit is dropped. Take it up again first."))
        if not self.is_made:
            return No(_("It has not been measured yet."))
        if Measurement.objects.filter(replaces=self).exists():
            return No(_("It has been corrected already."))
        return True

    @transaction.atomic
    def correct(self, why: str, *, by: Person, **said: Any) -> "Measurement":
        """A new row that counts instead of this one, which is kept."""
        self._lock()
        ensure(self.can_correct())
        if not why.strip():
            ensure(No(_("Write why it is corrected.")))
        made = Measurement(
            benefit=self.benefit, kind=self.kind, due=self.due, after_months=self.after_months, replaces=self,
            corrected_why=why.strip(), **{name: getattr(self, name) for name in self.SAID},
        )  # fmt: skip
        made._say(by, said)
        made.save()
        Event.record("measurement.corrected", made, by=by)
        return made

    def _lock(self) -> None:
        self.benefit.lock()
        self.refresh_from_db()

    def _say(self, by: Person, said: dict[str, Any]) -> None:
        for name, value in said.items():
            if name not in self.SAID:
                raise TypeError(f"{name} is not something a measurement says")
            setattr(self, name, value)
        self.taken_on = self.taken_on or today()
        ensure(fits(self))
        self.made_by, self.made_at = by, now()
