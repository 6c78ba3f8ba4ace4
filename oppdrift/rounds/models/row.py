"""The row of a round: its fields, and where it stands between draft and closed."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.rounds import defaults
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import MomentField, is_past, now

from .stage import Stage


class Row(models.Model):
    """What is kept of a round, and what can be read off it. `Round` adds what is done with it."""

    name = models.CharField(_("name"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"))
    stages = models.JSONField(_("stages"), default=list)  # values of Stage; one not here is nowhere in the product
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    call_text = models.TextField(_("the call"), blank=True)  # Markdown
    budget = models.PositiveIntegerField(_("budget"), null=True, blank=True)  # kroner; none: not known
    places_from = models.PositiveSmallIntegerField(_("planned places, from"), null=True, blank=True)
    places_to = models.PositiveSmallIntegerField(_("planned places, to"), null=True, blank=True)
    shortlist_places = models.PositiveSmallIntegerField(_("planned places in the pitch"), null=True, blank=True)
    guidance_hours = models.PositiveSmallIntegerField(_("coaches' hours"), null=True, blank=True)
    silent_after = models.DurationField(  # without a word; whole weeks
        _("time without contact until a project is silent"), default=defaults.silent_after
    )
    quorum = models.PositiveSmallIntegerField(  # per cent of those not disqualified
        _("quorum"), default=50, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    opens_at = models.DateTimeField(_("the call opens"), null=True, blank=True)
    deadline = models.DateTimeField(_("application deadline"), null=True, blank=True)
    assess_by = models.DateTimeField(_("assessments due"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = MomentField()

    class Meta:
        abstract = True
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["name", "year"], name="one_round_of_a_name_a_year"),
            models.CheckConstraint(
                condition=models.Q(places_from=None)
                | models.Q(places_to=None)
                | models.Q(places_to__gte=models.F("places_from")),
                name="places_to_is_not_below_places_from",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(deadline=None)
                | models.Q(deadline__gt=models.F("opens_at")),
                name="the_deadline_comes_after_the_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rounds:round", args=[self.pk])

    def uses(self, stage: str) -> bool:
        return stage in self.stages

    @property
    def silent_weeks(self) -> int:
        return self.silent_after.days // 7

    @property
    def has_opened(self) -> bool:
        """Has anybody been able to begin an application? From then on what is asked is changed by new editions."""
        return bool(self.published_at and (self.opens_at or self.published_at) <= now())

    @property
    def deadline_is_past(self) -> bool:
        return is_past(self.deadline)

    @property
    def is_alive(self) -> bool:
        """Published and not closed, as `alive()` asks of many."""
        return bool(self.published_at and self.published_at <= now() and not self.closed_at)

    @property
    def is_open(self) -> bool:
        """Does the call take new applications now?"""
        in_time = self.deadline is not None and not self.deadline_is_past
        return self.uses(Stage.CALL) and self.has_opened and in_time and not self.closed_at

    @property
    def state(self) -> str:
        """One word for lists: draft, coming, open, running, closed."""
        if self.closed_at:
            return "closed"
        if not self.published_at:
            return "draft"
        if self.is_open:
            return "open"
        return "running" if self.has_opened else "coming"
