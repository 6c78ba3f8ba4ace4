"""A judgement is a row: what, about which idea, by whom, why, and instead of which."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from oppdrift.history.models import Event
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now

if TYPE_CHECKING:
    from .idea import Idea


class DecisionQuerySet(models.QuerySet["Decision"]):
    def in_force(self) -> "DecisionQuerySet":
        """Not replaced by a later one."""
        return self.filter(replaced_by=None)

    def released(self) -> "DecisionQuerySet":
        return self.exclude(released_at=None)

    def pending(self) -> "DecisionQuerySet":
        """Made, but not yet told to anybody."""
        return self.filter(released_at=None)

    def known(self) -> "DecisionQuerySet":
        """What has been told last: released, and no later one released. A correction in the making hides nothing."""
        # Between two that were told any number may have been made and changed again before the release.
        later = self.model._default_manager.filter(
            idea=models.OuterRef("idea"), stage=models.OuterRef("stage"), released_at__isnull=False,
            pk__gt=models.OuterRef("pk"),
        )  # fmt: skip
        return self.released().filter(~models.Exists(later))

    def going_on(self) -> "DecisionQuerySet":
        """By which an idea goes on as a project, as it has been told: admitted, or with guidance only.

        Guidance may be offered with the shortlist already; what is decided in the end comes before that.
        """
        outcomes = (Decision.Outcome.ADMITTED, Decision.Outcome.GUIDANCE)
        final = self.model._default_manager.filter(
            idea=models.OuterRef("idea"), stage=Decision.Stage.FINAL, released_at__isnull=False
        )
        in_the_end = models.Q(stage=Decision.Stage.FINAL, outcome__in=outcomes)
        before = models.Q(stage=Decision.Stage.SHORTLIST, outcome=Decision.Outcome.GUIDANCE)
        return self.known().filter(in_the_end | (before & ~models.Exists(final)))

    def at(self, stage: str) -> "DecisionQuerySet":
        return self.filter(stage=stage)

    def seen_by(self, person) -> "DecisionQuerySet":
        """Released ones by those who belong to the idea or judge it; pending ones by those who lead it."""
        if not person.is_authenticated:
            return self.none()
        ideas: Any = self.model._meta.get_field("idea").related_model
        own, judged, led = ideas.objects.of(person), ideas.objects.judged_by(person), ideas.objects.cleared_for(person)
        told = models.Q(idea__in=own) | models.Q(idea__in=judged)
        return self.filter(models.Q(idea__in=led) | (models.Q(released_at__isnull=False) & told))


class Decision(models.Model):
    """One judgement at one stage. Pending until `released_at`, which is one moment for a whole round."""

    class Stage(models.TextChoices):
        SHORTLIST = "shortlist", _("Shortlist")
        FINAL = "final", _("Decision")

    class Outcome(models.TextChoices):
        ADMITTED = "admitted", _("Admitted")
        GUIDANCE = "guidance_only", _("Guidance without funding")
        RESERVE = "reserve", _("Reserve")
        DECLINED = "declined", _("Not this time")
        WITHDRAWN = "withdrawn", _("Withdrawn")  # by the team, before it was decided upon

    idea = models.ForeignKey("ideas.Idea", models.PROTECT, related_name="decisions")
    stage = models.CharField(max_length=10, choices=Stage)
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome)
    amount = models.PositiveIntegerField(_("amount"), null=True, blank=True)  # kroner; none: not known or no money
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = MomentField()
    released_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "stage"],
                condition=models.Q(replaces=None),
                name="one_first_decision_per_idea_and_stage",
            ),
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(outcome__in=["admitted", "reserve"]),
                name="money_goes_to_the_admitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea}: {self.get_outcome_display()}"

    @property
    def record(self):
        return self.idea

    @property
    def status_name(self) -> str:
        """As what it is drawn, see `toolbox.look.statuses`."""
        return "waiting" if self.outcome == self.Outcome.RESERVE else self.outcome

    @property
    def told_as(self) -> str:
        """In a word to those it is about. Chosen for the shortlist is not yet admitted, and must not read so."""
        if (self.stage, self.outcome) == (self.Stage.SHORTLIST, self.Outcome.ADMITTED):
            return pgettext("to the shortlist", "Chosen")
        return self.get_outcome_display()

    @classmethod
    @transaction.atomic
    def make(
        cls, idea: "Idea", stage: str, outcome: str, *, reason: str, by: Person | None, amount: int | None = None
    ) -> "Decision":
        """Judge the idea at this stage, instead of what was decided before. Pending until released.

        That one decision is in force holds by constraint: there is one first, and each can be replaced once.
        """
        idea.lock()
        ensure(cls.can_be_made(outcome, reason, amount))
        last = cls.objects.in_force().filter(idea=idea, stage=stage).first()
        made = cls.objects.create(
            idea=idea, stage=stage, outcome=outcome, reason=reason.strip(), amount=amount, made_by=by, replaces=last
        )
        Event.record("decision.made", made, by=by, stage=stage, outcome=outcome, instead=last is not None)
        return made

    @classmethod
    def can_be_made(cls, outcome: str, reason: str, amount: int | None) -> Answer:
        if not reason.strip():
            return No(_("Write the reason. The team will read it."))
        if amount is not None and outcome not in (cls.Outcome.ADMITTED, cls.Outcome.RESERVE):
            return No(_("Money goes to those who are admitted or in reserve."))
        return True

    def can_release(self) -> Answer:
        if self.released_at:
            return No(_("It has been released already."))
        if type(self).objects.filter(replaces=self).exists():
            return No(_("Another decision has taken its place."))
        return True

    @classmethod
    @transaction.atomic
    def release(cls, decisions: "Iterable[Decision]", *, by: Person, at: dt.datetime | None = None) -> int:
        """Tell all of these at one moment, or none of them. Returns how many they are."""
        at = at or now()
        keys = [decision.pk for decision in decisions]
        held = list(cls.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
        for decision in held:
            ensure(decision.can_release())
        cls.objects.filter(pk__in=keys).update(released_at=at)
        for decision in held:
            Event.record("decision.released", decision, by=by, stage=decision.stage, outcome=decision.outcome)
        return len(held)
