"""Handing in: what was written becomes a version, which is what is read and judged."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history import letters
from oppdrift.history.models import Event
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Round
from oppdrift.toolbox import dates
from oppdrift.toolbox.answers import Answer, No, NotNow, ensure
from oppdrift.toolbox.clock import is_past, now
from oppdrift.toolbox.models import changed

from .writing import Writing

if TYPE_CHECKING:
    from .version import Version


FROZEN = ("amount", "newest", "next_title", "next_unit")  # what a new version changes


class TooLate(NotNow):
    """It came after the deadline. The attempt is remembered."""


def answer_day(round: Round):
    """When the teams of this round are told: a date, or words where none is set."""
    promised = round.milestones.filter(kind__in=[Milestone.Kind.SHORTLIST, Milestone.Kind.DECISION]).first()
    return dates.date_of(promised.at) if promised else _("the day that the programme lead announces")


class HandingIn(Writing):
    """The verbs around a version. A thing handed in stays handed in while it is corrected or improved."""

    class Meta(Writing.Meta):
        abstract = True

    # The first time, and again before the deadline

    def can_submit(self, *, at: dt.datetime | None = None) -> Answer:
        if self.is_withdrawn:
            return No(_("The application is withdrawn."))
        if self.is_handed_in and not self.reopened_at:
            return No(_("The application is already handed in."))
        if is_past(self.deadline, at):
            return No(_("The deadline has passed."))
        texts = self.texts()
        if self.problems(texts):
            return No(_("Something is missing before it can be handed in."))
        if self.is_handed_in and not self.differs(texts):
            return No(_("Nothing has changed since you handed in. What you handed in counts."))
        return True

    def submit(self, *, by: Person, at: dt.datetime | None = None) -> "Version":
        """Hand in: freeze what is written as the next version. `at` is when the request arrived, now unless said.

        Raises NotNow if `can_submit` says no; if it came too late, TooLate, and the attempt is remembered.
        """
        arrived = at or now()
        try:
            return self._submit(by=by, at=arrived)
        except TooLate:
            self._remember_lateness(by=by, at=arrived, deadline=self.deadline or arrived)
            raise

    @transaction.atomic
    def _submit(self, *, by: Person, at: dt.datetime) -> "Version":
        self.lock()
        answer = self.can_submit(at=at)
        if not answer and not self.submitted_at and is_past(self.deadline, at):
            raise TooLate(answer)
        ensure(answer)
        if self.submitted_at is None:
            self.edition = self.current_edition
            self.number = self._next_number()
            self.submitted_at = at
        self.state, self.reopened_at = self.State.SUBMITTED, None
        version = self._freeze(by=by, at=at)
        self.save(update_fields=["edition", "number", "submitted_at", "state", "reopened_at", *FROZEN])
        self.idea.apply(True)
        Event.record("application.submitted", self, by=by, number=version.number)
        self._send_receipts(version, by=by, deadline=self.deadline)
        return version

    def _next_number(self) -> int:
        # The round's row is held, so that two who hand in at once get a number each.
        Round.objects.select_for_update(no_key=True).only("pk").get(pk=self.round_id)
        highest = (
            type(self)._default_manager.filter(round=self.round_id).aggregate(highest=models.Max("number"))["highest"]
        )
        return (highest or 0) + 1

    def _freeze(self, *, by: Person, at: dt.datetime, changed: str = "") -> "Version":
        texts = self.texts()
        asked = {question.key for question in self.questions}
        self.idea.be_called(self.title, self.unit, by=by)
        self.next_title, self.next_unit = "", None
        self.amount = self.amount_written(texts)
        self.newest += 1
        return self.versions.create(
            number=self.newest,
            edition=self.edition,
            title=self.idea.title,
            unit=self.idea.unit,
            unit_name=self.idea.unit_name,
            answers={key: text for key, text in texts.items() if key in asked},
            amount=self.amount,
            changed=changed.strip(),
            handed_in_by=by,
            handed_in_at=at,
        )

    def _send_receipts(self, version: "Version", *, by: Person, deadline: dt.datetime | None) -> None:
        day = answer_day(self.round)
        for member in self.idea.team():
            letters.write(
                "receipt", to=member.person, key=f"receipt:{version.pk}:{member.person_id}", root=self.round,
                thing=self.idea, by=by, state="queued", deadline=deadline or day, until=day,
                link=self.get_absolute_url(),
            )  # fmt: skip

    @transaction.atomic
    def _remember_lateness(self, *, by: Person, at: dt.datetime, deadline: dt.datetime) -> None:
        seconds = int((at - deadline).total_seconds())
        Event.record("application.refused_late", self, by=by, seconds=seconds, minutes=max(1, -(-seconds // 60)))
        for member in self.idea.team():
            letters.write(
                "late_refused", to=member.person,
                key=f"late_refused:{self.pk}:{deadline.isoformat()}:{member.person_id}", root=self.round,
                thing=self.idea, by=by, state="queued", deadline=deadline, link=self.get_absolute_url(),
            )  # fmt: skip

    def can_reopen(self) -> Answer:
        if not self.is_handed_in:
            return No(_("Only an application that is handed in can be corrected."))
        if self.is_late:
            return No(_("The deadline has passed."))
        if self.reopened_at:
            return No(_("It is open for correction already."))
        return True

    @transaction.atomic
    def reopen(self, *, by: Person) -> None:
        """Open it for correction until the deadline. What was handed in counts until it is handed in again."""
        self.lock()
        ensure(self.can_reopen())
        changed(self, reopened_at=now())
        Event.record("application.reopened", self, by=by)

    # After the deadline, when asked to make it clearer

    def can_revise(self, *, at: dt.datetime | None = None) -> Answer:
        if not self.is_handed_in or self.improve_until is None:
            return No(_("You have not been asked for a new version."))
        if is_past(self.improve_until, at):
            return No(_("The deadline for a new version has passed. What you handed in counts."))
        texts = self.texts()
        if self.problems(texts):
            return No(_("Something is missing before it can be handed in."))
        if not self.differs(texts):
            return No(_("Nothing has changed since you handed in. What you handed in counts."))
        return True

    @transaction.atomic
    def revise(self, *, by: Person, changed: str = "", at: dt.datetime | None = None) -> "Version":
        """Hand in a revised version; `changed` says what is new and why. Raises NotNow if `can_revise` says no."""
        arrived = at or now()
        self.lock()
        ensure(self.can_revise(at=arrived))
        version = self._freeze(by=by, at=arrived, changed=changed)
        self.save(update_fields=FROZEN)
        Event.record("application.revised", self, by=by, number=version.number)
        self._send_receipts(version, by=by, deadline=self.improve_until)
        return version
