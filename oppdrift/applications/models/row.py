"""The row of an application: its fields, its deadline, its state in words."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.people.models import Person, Unit
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import MomentField, is_past

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from .answer import Answer
    from .endorsement import Endorsement
    from .version import Version


class Row(models.Model):
    """What is kept of an application, and what can be read off it. `Application` adds what is done with it."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("an application", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("an application", "Handed in")
        WITHDRAWN = "withdrawn", pgettext_lazy("an application", "Withdrawn")

    BEGINS = (State.DRAFT,)
    MOVES = {  # verb: states before, states after; the clock has a say too
        "submit": ((State.DRAFT, State.SUBMITTED), (State.SUBMITTED,)),
        "reopen": ((State.SUBMITTED,), (State.SUBMITTED,)),
        "revise": ((State.SUBMITTED,), (State.SUBMITTED,)),
        "withdraw": ((State.DRAFT, State.SUBMITTED), (State.WITHDRAWN,)),
        "bring_back": ((State.WITHDRAWN,), (State.DRAFT, State.SUBMITTED)),
    }

    idea = models.OneToOneField("ideas.Idea", models.PROTECT, related_name="application")
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="applications")
    edition = models.ForeignKey("rounds.Edition", models.PROTECT, related_name="+")  # a draft follows the newest
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    number = models.PositiveIntegerField(null=True, editable=False)  # in the round, by order of handing in
    newest = models.PositiveSmallIntegerField(default=0, editable=False)  # number of the newest version
    amount = models.PositiveIntegerField(_("amount applied for"), null=True, editable=False)  # kroner, newest version
    next_title = models.CharField(max_length=150, blank=True, editable=False)  # from the next version on
    next_unit = models.ForeignKey("people.Unit", models.SET_NULL, null=True, editable=False, related_name="+")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    begun_at = MomentField()
    submitted_at = models.DateTimeField(null=True, editable=False)  # first time
    reopened_at = models.DateTimeField(null=True, editable=False)  # being corrected; what was handed in still counts
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    extended_to = models.DateTimeField(_("extended deadline"), null=True, blank=True)
    extension_reason = models.CharField(_("reason for the extension"), max_length=300, blank=True)
    improve_from = models.DateTimeField(null=True, editable=False)  # when the team was last asked for a clearer version
    improve_until = models.DateTimeField(null=True, editable=False)  # a revised version may be handed in until then

    if TYPE_CHECKING:
        answers: RelatedManager[Answer]
        endorsements: RelatedManager[Endorsement]
        versions: RelatedManager[Version]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.idea.title

    @property
    def record(self):
        return self.idea

    @property
    def title(self) -> str:
        """As the team writes it now; lists show the idea's, which is the one it was handed in under."""
        return self.next_title or self.idea.title

    @property
    def unit(self) -> Unit | None:
        return self.next_unit or self.idea.unit

    @property
    def deadline(self) -> dt.datetime | None:
        """Its own extension, or the round's, whichever is later."""
        return max(filter(None, [self.extended_to, self.round.deadline]), default=None)

    @property
    def is_late(self) -> bool:
        """Has its deadline passed?"""
        return is_past(self.deadline)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_handed_in(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def is_correcting(self) -> bool:
        """Handed in, and opened again before the deadline."""
        return self.is_handed_in and self.reopened_at is not None and not self.is_late

    @property
    def is_improving(self) -> bool:
        """Handed in, and invited to hand in a clearer version."""
        return self.is_handed_in and self.improve_until is not None and not is_past(self.improve_until)

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.pk])

    def lead_in_charge(self) -> Person | None:
        return self.idea.lead_in_charge()

    def lock(self) -> None:
        """Read the row again and hold it until the transaction ends: one change at a time."""
        # Not by refresh_from_db: that would throw away the idea and the round already read.
        row = type(self)._default_manager.select_for_update().get(pk=self.pk)
        for field in self._meta.concrete_fields:
            if not field.is_relation:
                setattr(self, field.attname, getattr(row, field.attname))
        self.next_unit_id = row.next_unit_id
        for remembered in ("current_edition", "questions"):
            self.__dict__.pop(remembered, None)
