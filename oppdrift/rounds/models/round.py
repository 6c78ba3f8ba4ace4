"""A round: one cycle from call to conference, the stages it uses, its dates and its money."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.toolbox.clock import MomentField, now

from .role import Role


class Stage(models.TextChoices):
    """What a round may use, in the order of the programme."""

    IDEAS = "ideas", pgettext_lazy("stage", "Ideas")
    CALL = "call", pgettext_lazy("stage", "Application")
    ASSESSING = "assessing", pgettext_lazy("stage", "Assessment")
    IMPROVING = "improving", pgettext_lazy("stage", "Improvement")
    SHORTLIST = "shortlist", pgettext_lazy("stage", "Shortlist")
    PITCHING = "pitching", pgettext_lazy("stage", "Pitch")
    DECIDING = "deciding", pgettext_lazy("stage", "Decision")
    PROJECTS = "projects", pgettext_lazy("stage", "Autumn programme")
    LEADERSHIP = "leadership", pgettext_lazy("stage", "Leadership development")
    CONFERENCE = "conference", pgettext_lazy("stage", "Conference")


class RoundQuerySet(models.QuerySet["Round"]):
    def alive(self) -> "RoundQuerySet":
        """Begun and not closed: several at once each November."""
        return self.filter(published_at__lte=now(), closed_at=None)

    def led_by(self, person) -> "RoundQuerySet":
        """Rounds this person leads (not as a substitute)."""
        return self.filter(pk__in=Role.objects.in_force().filter(person=person, kind=Role.Kind.LEAD).values("round"))

    def run_by(self, person) -> "RoundQuerySet":
        """Rounds this person leads or substitutes the lead of."""
        kinds = [Role.Kind.LEAD, Role.Kind.SUBSTITUTE]
        return self.filter(pk__in=Role.objects.in_force().filter(person=person, kind__in=kinds).values("round"))

    def seen_by(self, person) -> "RoundQuerySet":
        """Published rounds are for everybody signed in; one being made is for those who run it."""
        if not person.is_authenticated:
            return self.filter(published_at__lte=now())
        return self.filter(models.Q(published_at__lte=now()) | models.Q(pk__in=self.model.objects.run_by(person)))


class Round(models.Model):
    """One cycle. A draft until published; what it asks and weighs stands in its `Edition`s."""

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
    opens_at = models.DateTimeField(_("the call opens"), null=True, blank=True)
    deadline = models.DateTimeField(_("application deadline"), null=True, blank=True)
    assess_by = models.DateTimeField(_("assessments due"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = MomentField()

    objects = RoundQuerySet.as_manager()

    class Meta:
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

    def lead_in_charge(self):
        """The programme lead, who signs letters and gets the answers; None while nobody is."""
        role = self.roles.in_force().filter(kind=Role.Kind.LEAD).select_related("person").order_by("since").first()
        return role and role.person

    def uses(self, stage: str) -> bool:
        return stage in self.stages

    @property
    def is_open(self) -> bool:
        """Does the call take new applications now?"""
        return bool(
            self.published_at
            and not self.closed_at
            and self.deadline
            and (self.opens_at or self.published_at) <= now() <= self.deadline
        )


class Milestone(models.Model):
    """A date of the round that people plan by. The deadline itself stands on the round, since the clock is asked there."""

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
        OTHER = "other", _("Other")

    round = models.ForeignKey(Round, models.CASCADE, related_name="milestones")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    name = models.CharField(_("name"), max_length=100)
    at = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    whole_day = models.BooleanField(_("the clock time is not set"), default=True)

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
    def record(self) -> Round:
        return self.round
