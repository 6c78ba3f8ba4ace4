"""Parts of a grant on their way to the project's budget, and what came back."""

import datetime as dt

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, today
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.money import kroner

NOT_YET = _("This day has not been yet. What is still to be moved is planned.")


class TransferQuerySet(models.QuerySet["Transfer"]):
    def planned(self) -> "TransferQuerySet":
        return self.filter(state=Transfer.State.PLANNED)

    def made(self) -> "TransferQuerySet":
        return self.filter(state=Transfer.State.MADE)

    def of_round(self, round) -> "TransferQuerySet":
        return self.filter(grant__project__idea__round=round)

    def led_by(self, person) -> "TransferQuerySet":
        return self.filter(grant__project__idea__in=Idea.objects.cleared_for(person))


def sums_of(transfers: models.QuerySet) -> dict[str, int]:
    """Kroner `planned`, and `made` less what came back. One statement."""

    def total(**which: str) -> Coalesce:
        return Coalesce(models.Sum("amount", filter=models.Q(**which)), 0)

    kind, state = Transfer.Kind, Transfer.State
    sums = transfers.order_by().aggregate(
        planned=total(kind=kind.TRANSFER, state=state.PLANNED),
        out=total(kind=kind.TRANSFER, state=state.MADE),
        back=total(kind=kind.REFUND, state=state.MADE),
    )
    return {"planned": sums["planned"], "made": sums["out"] - sums["back"]}


class Transfer(models.Model):
    """A part of a grant, moved between budgets; or what came back. `amount` is never negative: `kind` says the way."""

    class Kind(models.TextChoices):
        TRANSFER = "transfer", _("Transfer")
        REFUND = "refund", _("Refund")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a transfer", "Planned")
        MADE = "made", pgettext_lazy("a transfer", "Transferred")
        DROPPED = "dropped", pgettext_lazy("a transfer", "Dropped")

    BEGINS = (State.PLANNED,)
    MOVES = {  # verb: states before, states after
        "make": ((State.PLANNED,), (State.MADE,)),
        "drop": ((State.PLANNED,), (State.DROPPED,)),
    }

    grant = models.ForeignKey("projects.Grant", models.PROTECT, related_name="transfers")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TRANSFER)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    amount = models.PositiveIntegerField(_("amount"))
    due = models.DateField(_("to be transferred on"), null=True, blank=True)
    what_for = models.CharField(_("what lets it go"), max_length=200, blank=True)
    account = models.CharField(_("account string"), max_length=100, blank=True)
    made_on = models.DateField(_("transferred on"), null=True, blank=True)  # in the accounts
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    planned_at = MomentField()

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = [models.F("made_on").asc(nulls_last=True), models.F("due").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_transfer_moves_something"),
            models.CheckConstraint(
                condition=models.Q(state="made", made_on__isnull=False)
                | (~models.Q(state="made") & models.Q(made_on=None)),
                name="a_transfer_that_is_made_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="transfer") | models.Q(state="made"), name="a_refund_has_come"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant.project}: {kroner(self.amount)}"

    @property
    def record(self) -> Idea:
        return self.grant.record

    @property
    def status_name(self) -> str:
        if self.is_refund:
            return "received"
        return {"planned": "waiting", "made": "done", "dropped": "cancelled"}[self.state]

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_refund(self) -> bool:
        return self.kind == self.Kind.REFUND

    @property
    def is_due(self) -> bool:
        return self.is_planned and self.due is not None and self.due <= today()

    def can_make(self, made_on: dt.date | None = None) -> Answer:
        if made_on and made_on > today():
            return No(NOT_YET)
        return self._can("make")

    def can_drop(self) -> Answer:
        return self._can("drop")

    def _can(self, verb: str) -> Answer:
        if self.state not in self.MOVES[verb][0]:
            return No(_("It is transferred already.") if self.state == self.State.MADE else _("It is dropped."))
        return True

    @transaction.atomic
    def make(self, *, by: Person, made_on: dt.date | None = None, account: str = "") -> None:
        """The money is moved, on this day in the accounts."""
        self._hold()
        ensure(self.can_make(made_on))
        account = account.strip() or self.account
        changed(self, state=self.State.MADE.value, made_on=made_on or today(), made_by=by, account=account)
        self.grant.recount()
        Event.record("transfer.made", self, by=by, amount=self.amount)

    @transaction.atomic
    def drop(self, *, by: Person) -> None:
        """It will not be made after all; the sum can be planned anew."""
        self._hold()
        ensure(self.can_drop())
        changed(self, state=self.State.DROPPED.value)
        self.grant.recount()
        Event.record("transfer.dropped", self, by=by, amount=self.amount)

    def _hold(self) -> None:
        self.grant.lock()
        self.refresh_from_db(fields=["state", "amount"])
