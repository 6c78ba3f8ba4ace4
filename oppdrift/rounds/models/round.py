"""A round: one cycle from call to conference, the stages it uses, its dates and its money."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext

from oppdrift.history.models import Event
from oppdrift.rounds import defaults
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import is_past, now
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.prepared import prepared

from .asking import RoundQuerySet
from .edition import Criterion, Edition, Question
from .milestone import DateOfRound, dates_of, iso
from .role import Role
from .row import Row
from .stage import Stage

if TYPE_CHECKING:
    from oppdrift.people.models import Person


class Round(Row):
    """One cycle. A draft until published; what it asks and weighs stands in its `Edition`s."""

    # Read along by `RoundQuerySet.with_lead`.
    lead_name: str | None
    lead_email: str | None

    objects = RoundQuerySet.as_manager()

    # What it has

    def lead_in_charge(self):
        """The programme lead, who signs letters and gets the answers; None while nobody is."""
        role = _leads.first(self)
        return role and role.person

    @property
    def edition(self) -> Edition:
        """The newest edition in force."""
        if not (newest := _newest_edition.first(self)):
            raise Edition.DoesNotExist
        return newest

    @property
    def proposal(self) -> Edition | None:
        """Changes of questions and criteria that somebody is preparing."""
        return Edition.and_proposals.filter(round=self, number=None).first()

    def dates(self) -> list[DateOfRound]:
        """What people plan by, as it follows each other: opening, deadline and the milestones of stages in use."""
        return dates_of(self)

    def take_lock(self) -> None:
        """Read it anew, and let nobody else change it until the transaction ends."""
        self.refresh_from_db(from_queryset=Round.objects.select_for_update())

    # From draft to closed

    @classmethod
    @transaction.atomic
    def begin(cls, *, name: str, year: int, by: "Person", **fields: Any) -> "Round":
        """A draft with the usual stages, questions and criteria, led by whoever makes it."""
        made = cls.objects.create(name=name, year=year, **{**defaults.plan(), **fields})
        defaults.fill(Edition.objects.create(round=made, number=1, made_by=by))
        Event.record("round.begun", made, by=by)
        made.give_role(by, Role.Kind.LEAD, by=by)
        return made

    def missing_to_publish(self) -> list[str]:
        """What must be there before people can read it, a sentence each."""
        missing = []
        if not self.lead_in_charge():
            missing.append(gettext("Nobody leads the round. Name a programme lead."))
        if self.uses(Stage.CALL):
            if not self.call_text.strip():
                missing.append(gettext("The call has no text."))
            if not self.deadline:
                missing.append(gettext("The application deadline is not set."))
            elif self.deadline_is_past:
                missing.append(gettext("The application deadline has passed."))
            if not self.edition.items(Question).exists():
                missing.append(gettext("The form asks nothing. Add a question."))
        if self.uses(Stage.ASSESSING) and not self.edition.items(Criterion).filter(kind="quality").exists():
            missing.append(gettext("There is no quality criterion to assess by."))
        return missing

    def can_publish(self) -> Answer:
        if self.published_at:
            return No(gettext("The round is published already."))
        if self.closed_at:
            return No(gettext("The round is closed."))
        missing = self.missing_to_publish()
        return No(" ".join(missing)) if missing else True

    @transaction.atomic
    def publish(self, *, by: "Person") -> None:
        """From now on everybody can read it; applications can be begun when the call opens."""
        self.take_lock()
        ensure(self.can_publish())
        changed(self, published_at=now())
        Event.record("round.published", self, by=by)

    def can_close(self) -> Answer:
        if self.closed_at:
            return No(gettext("The round is closed already."))
        if self.is_open:
            return No(gettext("The call is still open. Close the round when the deadline has passed."))
        return True

    @transaction.atomic
    def close(self, *, by: "Person") -> None:
        """The round is history: it can be read, and nothing in it is changed."""
        self.take_lock()
        ensure(self.can_close())
        changed(self, closed_at=now())
        Event.record("round.closed", self, by=by)

    @transaction.atomic
    def reopen(self, *, by: "Person") -> None:
        """Undo `close`."""
        self.take_lock()
        ensure(bool(self.closed_at) or No(gettext("The round is not closed.")))
        changed(self, closed_at=None)
        Event.record("round.reopened", self, by=by)

    # Changes

    def can_change(self, **fields: Any) -> Answer:
        if self.closed_at:
            return No(gettext("The round is closed."))
        if self.has_opened:
            if "deadline" in fields and fields["deadline"] != self.deadline:
                return No(
                    gettext("The call is open. Move the deadline for everybody instead; it can only become later.")
                )
            if "opens_at" in fields and fields["opens_at"] != self.opens_at:
                return No(gettext("The call has opened already."))
            if "stages" in fields and self.uses(Stage.CALL) and Stage.CALL not in fields["stages"]:
                return No(gettext("The call has opened, so the round keeps the application stage."))
        return True

    @transaction.atomic
    def change(self, *, by: "Person", **fields: Any) -> None:
        """Set these fields: texts, plan, stages, dates."""
        self.take_lock()
        ensure(self.can_change(**fields))
        different = [name for name, value in fields.items() if getattr(self, name) != value]
        if different:
            changed(self, **{name: fields[name] for name in different})
            Event.record("round.changed", self, by=by, fields=" ".join(different))

    def can_move_deadline(self, to: dt.datetime) -> Answer:
        if not self.uses(Stage.CALL) or not self.deadline:
            return No(gettext("The round has no deadline to move."))
        if self.closed_at:
            return No(gettext("The round is closed."))
        if is_past(to):
            return No(gettext("The new deadline must be ahead of us."))
        if to <= self.deadline and self.has_opened:
            return No(gettext("The call is open, so the deadline can only become later."))
        return True

    @transaction.atomic
    def move_deadline(self, to: dt.datetime, *, by: "Person") -> None:
        """A later deadline for all. Extensions that are later still stay."""
        self.take_lock()
        ensure(self.can_move_deadline(to))
        before = self.deadline
        changed(self, deadline=to)
        Event.record("round.deadline_moved", self, by=by, before=iso(before), after=iso(to))

    @transaction.atomic
    def edition_to_edit(self, *, by: "Person") -> Edition:
        """Where changes of questions and criteria go: the edition itself until the call opens, then a proposal."""
        self.take_lock()
        newest = self.edition
        if not self.has_opened:
            return newest
        ensure(self.can_change())
        proposal, is_new = Edition.and_proposals.get_or_create(round=self, number=None, defaults={"made_by": by})
        if is_new:
            newest.copy_to(proposal)
        return proposal

    @transaction.atomic
    def revise(self, changes: dict[str, dict[str, dict[str, Any]]], *, by: "Person", why: str = "") -> Edition:
        """Change questions and criteria at once; returns the edition in force, which is a new one if it had to be.

            spring.revise({"criteria": {"need": {"weight": 30}}, "questions": {"": {"label": "…"}}}, by=lead, why="…")

        The key "" adds; None instead of fields removes.
        """
        edition = self.edition_to_edit(by=by)
        for kind, rows in ((Criterion, changes.get("criteria", {})), (Question, changes.get("questions", {}))):
            for key, fields in rows.items():
                if fields is None:
                    edition.remove(kind, key, by=by)
                else:
                    edition.put(kind, key, by=by, **fields)
        return edition.put_in_force(by=by, why=why) if edition.is_proposal else edition

    # Roles

    def can_give_role(self, person: "Person", kind: str) -> Answer:
        if self.closed_at:
            return No(gettext("The round is closed."))
        if not person.is_active:
            return No(gettext("%(name)s has left and can have no role.") % {"name": person.name})
        has = set(self.roles.in_force().filter(person=person).values_list("kind", flat=True))
        if kind in has:
            return No(gettext("%(name)s has this role already.") % {"name": person.name})
        if {kind, *has} >= {Role.Kind.LEAD.value, Role.Kind.SUBSTITUTE.value}:
            return No(gettext("The substitute lead must be somebody else than the lead."))
        return True

    @transaction.atomic
    def give_role(self, person: "Person", kind: str, *, by: "Person | None", hours: int | None = None) -> Role:
        self.take_lock()
        ensure(self.can_give_role(person, kind))
        role = Role.objects.create(round=self, person=person, kind=kind, hours=hours, given_by=by)
        Event.record(f"role.{role.kind}_given", role, by=by)
        return role

    def has_substitute(self) -> bool:
        return self.roles.in_force().filter(kind=Role.Kind.SUBSTITUTE).exists()


@prepared
def _leads(round: Round) -> models.QuerySet[Role]:
    """The first of them first."""
    roles = Role.objects.in_force().filter(round=round, kind=Role.Kind.LEAD)
    return roles.select_related("person").order_by("since")


@prepared
def _newest_edition(round: Round) -> models.QuerySet[Edition]:
    return Edition.objects.filter(round=round).order_by("-number")[:1]
