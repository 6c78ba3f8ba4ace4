"""Money: what a project was granted, and how much of it has been moved to its budget.

`planned` and `made` on a grant are sums of its transfers, counted anew in the transaction of every change and never
adjusted by plus or minus, so they cannot drift; a constraint keeps a grant from being overdrawn whoever writes.
"""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, today
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.money import kroner
from oppdrift.toolbox.reading import is_as_read, mark_of

from .transfer import NOT_YET, Transfer, sums_of

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from .project import Project


class Grant(models.Model):
    """One a project. Kroner throughout."""

    project = models.OneToOneField("projects.Project", models.PROTECT, related_name="grant")
    decision = models.OneToOneField("ideas.Decision", models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField(_("granted"))
    planned = models.PositiveIntegerField(default=0, editable=False)  # transfers that are still to be made
    made = models.PositiveIntegerField(default=0, editable=False)  # transferred, less what came back
    conditions = models.TextField(_("conditions"), blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = MomentField()

    if TYPE_CHECKING:
        changes: RelatedManager["GrantChange"]
        transfers: RelatedManager[Transfer]

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=models.F("planned") + models.F("made")), name="a_grant_is_not_overdrawn"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project}: {kroner(self.amount)}"

    @property
    def record(self) -> Idea:
        return self.project.idea

    @property
    def mark(self) -> str:
        """How its money stands: whoever moves some says what they have read, so that no press counts twice."""
        return mark_of([self.amount, self.planned, self.made])

    @property
    def left(self) -> int:
        """Granted and not transferred."""
        return self.amount - self.made

    @property
    def unplanned(self) -> int:
        """Granted, and no transfer of it is planned or made."""
        return self.amount - self.made - self.planned

    @classmethod
    @transaction.atomic
    def give(cls, project: "Project", decision: Decision, *, by: Person) -> "Grant":
        """What the decision says, to the project that started from it."""
        assert decision.amount is not None
        grant = cls.objects.create(project=project, decision=decision, amount=decision.amount, given_by=by)
        Event.record("grant.given", grant, by=by, amount=grant.amount)
        return grant

    def can_change(self, amount: int, reason: str = "-") -> Answer:
        """Not below what is transferred or planned: that would make money that is gone disappear from sight."""
        if amount < self.made + self.planned:
            words = _("%(sum)s is transferred or planned already. Drop a planned transfer or note a refund first.")
            return No(words % {"sum": kroner(self.made + self.planned)})
        if not reason.strip():
            return No(_("Write the reason. It is kept beside the change."))
        return True

    @transaction.atomic
    def change(self, amount: int, *, reason: str, by: Person) -> None:
        """More or less than was granted at first; what it was stays to be read."""
        self.lock()
        ensure(self.can_change(amount, reason))
        if amount == self.amount:
            return
        GrantChange.objects.create(grant=self, before=self.amount, after=amount, reason=reason.strip(), by=by)
        before = self.amount
        changed(self, amount=amount)
        Event.record("grant.changed", self, by=by, before=before, after=amount)

    @transaction.atomic
    def set_conditions(self, conditions: str, *, by: Person) -> None:
        if self.conditions != conditions.strip():
            changed(self, conditions=conditions.strip())
            Event.record("grant.conditions_changed", self, by=by)

    @transaction.atomic
    def rule(self, *, amount: int, reason: str, conditions: str, by: Person) -> None:
        """Amount and conditions at once; a reason is needed only for another amount."""
        if amount != self.amount:
            self.change(amount, reason=reason, by=by)
        self.set_conditions(conditions, by=by)

    def can_plan(self, amount: int, read: str | None = None) -> Answer:
        if not self.project.is_alive:
            return No(_("The project has ended. Nothing more is transferred to it."))
        if amount > self.unplanned:
            return No(_("Only %(sum)s of the grant is left to plan.") % {"sum": kroner(self.unplanned)})
        return is_as_read(self.mark, read)

    @transaction.atomic
    def plan(
        self, amount: int, *, by: Person, due: dt.date | None = None, what_for: str = "", account: str = "",
        read: str | None = None,
    ) -> "Transfer":  # fmt: skip
        """A part to be moved to the project's budget: when, and what lets it go."""
        self.lock()
        ensure(self.can_plan(amount, read))
        transfer = Transfer.objects.create(
            grant=self, amount=amount, due=due, what_for=what_for.strip(), account=account.strip(), planned_by=by
        )
        self.recount()
        Event.record("transfer.planned", transfer, by=by, amount=amount)
        return transfer

    def can_refund(self, amount: int, made_on: dt.date | None = None, read: str | None = None) -> Answer:
        if amount > self.made:
            return No(_("Only %(sum)s has been transferred.") % {"sum": kroner(self.made)})
        if made_on and made_on > today():
            return No(NOT_YET)
        return is_as_read(self.mark, read)

    @transaction.atomic
    def refund(
        self, amount: int, *, by: Person, made_on: dt.date | None = None, what_for: str = "", account: str = "",
        read: str | None = None,
    ) -> "Transfer":  # fmt: skip
        """Money that came back, or a correction of what was transferred: a row of its own, nothing is rubbed out."""
        self.lock()
        ensure(self.can_refund(amount, made_on, read))
        made_on = made_on or today()
        row = Transfer.objects.create(
            grant=self, kind=Transfer.Kind.REFUND, state=Transfer.State.MADE, amount=amount, made_on=made_on,
            made_by=by, planned_by=by, what_for=what_for.strip(), account=account.strip(),
        )  # fmt: skip
        self.recount()
        Event.record("transfer.refunded", row, by=by, amount=amount)
        return row

    def recount(self) -> None:
        """The sums of its transfers, from the rows themselves. The grant is held."""
        sums = sums_of(self.transfers.all())
        changed(self, planned=sums["planned"], made=sums["made"])

    def lock(self) -> None:
        """One change of the money at a time. Within a transaction."""
        fresh = type(self).objects.select_for_update().get(pk=self.pk)
        self.amount, self.planned, self.made = fresh.amount, fresh.planned, fresh.made


class GrantChange(models.Model):
    """What a grant was before, and why it became another."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="changes")
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = MomentField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{kroner(self.before)} → {kroner(self.after)}"

    @property
    def record(self) -> Idea:
        return self.grant.record
