"""An idea that applies for money: a draft the team writes together, handed in before the deadline."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history import letters
from oppdrift.history.models import Event
from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Round, Stage
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import is_past, now
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.once import is_remembered

from .handing_in import HandingIn
from .writing import carried_over


class ApplicationQuerySet(models.QuerySet["Application"]):
    def seen_by(self, person) -> "ApplicationQuerySet":
        """Those of ideas close to the person: own, led or judged. Answers of a draft: see `policies.may_read`."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(models.Exists(Idea.objects.close_to(person).filter(pk=models.OuterRef("idea"))))

    def of(self, person) -> "ApplicationQuerySet":
        """The person's own: they belong to the idea."""
        return self.filter(idea__in=Idea.objects.of(person))

    def written_by(self, person) -> "ApplicationQuerySet":
        """Those the person writes, being in the team."""
        if is_remembered():
            return self.filter(idea__in=sight.ties(person).team)
        teams = Part.objects.in_force().filter(person=person, kind=Part.Kind.TEAM)
        return self.filter(idea__in=teams.values("idea"))

    def led_by(self, person) -> "ApplicationQuerySet":
        return self.filter(idea__in=Idea.objects.led_by(person))

    def in_round(self, round) -> "ApplicationQuerySet":
        return self.filter(round=round)

    def handed_in(self) -> "ApplicationQuerySet":
        return self.filter(state=Application.State.SUBMITTED)

    def drafts(self) -> "ApplicationQuerySet":
        return self.filter(state=Application.State.DRAFT)

    def alphabetically(self) -> "ApplicationQuerySet":
        return self.order_by("idea__title_key", "pk")


class Application(HandingIn):
    """What is asked of whom and when stands on the round and its edition; what was answered in `Answer`s while a draft,
    and in numbered `Version`s once handed in: what was read is what was sent.

    Texts are written with `write` (see `writing`), handed in with `submit` and `revise` (see `handing_in`).
    """

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["number", "begun_at"]
        indexes = [models.Index(fields=["round", "state", "idea", "amount"], name="applications_in_numbers")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"], condition=models.Q(number__isnull=False), name="one_application_per_number"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(submitted_at__isnull=False, number__isnull=False),
                name="a_submitted_application_has_time_and_number",
            ),
            models.CheckConstraint(
                condition=models.Q(extended_to=None) | ~models.Q(extension_reason=""),
                name="an_extension_has_a_reason",
            ),
        ]

    # Beginning and ending

    @classmethod
    def can_begin(cls, round: Round, idea: Idea | None = None) -> Answer:
        if not round.uses(Stage.CALL):
            return No(_("This round takes no applications."))
        if not round.is_open:
            return No(_("The call is not open now."))
        if idea is None:
            return True
        if idea.withdrawn_at:
            return No(_("The idea is withdrawn. Take it up again first."))
        if cls.objects.filter(idea=idea).exists():
            return No(_("This idea has an application already."))
        return True

    @classmethod
    @transaction.atomic
    def begin(
        cls,
        round: Round,
        *,
        by: Person,
        idea: Idea | None = None,
        title: str = "",
        unit: Unit | None = None,
        shared: bool = False,
    ) -> "Application":
        """A new draft: of this idea, whose texts come along, or of a new one, made silently."""
        if idea:
            idea.lock()
        ensure(cls.can_begin(round, idea))
        if idea is None:
            fields: dict[str, Any] = {"unit": unit} if unit else {}
            idea = Idea.begin(title=title, by=by, round=round, shared=shared, source=Idea.Source.APPLICATION, **fields)
        else:
            idea.join(round, by=by)
        edition = round.edition
        begun = cls.objects.create(idea=idea, round=round, edition=edition, begun_by=by)
        Event.record("application.begun", begun, by=by)
        for key, text in carried_over(idea, edition).items():
            begun.write(key, text, by=by)
        return begun

    def can_withdraw(self) -> Answer:
        if self.is_withdrawn:
            return No(_("The application is withdrawn already."))
        if self.idea.decisions.released().exists():
            return No(_("A decision has been made about it. Talk to the programme lead."))
        return True

    @transaction.atomic
    def withdraw(self, *, by: Person) -> None:
        """Take it out of the round. Nothing is erased; until the deadline it can be brought back."""
        self.lock()
        ensure(self.can_withdraw())
        changed(self, state=self.State.WITHDRAWN, withdrawn_at=now())
        self.idea.apply(False)
        Event.record("application.withdrawn", self, by=by)

    def can_bring_back(self) -> Answer:
        if not self.is_withdrawn:
            return No(_("The application is not withdrawn."))
        if self.is_late:
            return No(_("The deadline has passed."))
        return True

    @transaction.atomic
    def bring_back(self, *, by: Person) -> None:
        """Undo the withdrawal: handed in again if it was, else a draft."""
        self.lock()
        ensure(self.can_bring_back())
        state = self.State.SUBMITTED if self.submitted_at else self.State.DRAFT
        changed(self, state=state, withdrawn_at=None)
        if last := self.latest():
            if self.idea.title != last.title:  # renamed meanwhile
                changed(self, next_title=self.idea.title)
            self.idea.be_called(last.title, last.unit or self.idea.unit, by=by)
        self.idea.apply(state == self.State.SUBMITTED)
        Event.record("application.brought_back", self, by=by)

    # What the lead may open

    def can_extend(self, until: dt.datetime | None = None, reason: str | None = None) -> Answer:
        if self.is_withdrawn:
            return No(_("The application is withdrawn."))
        if self.round.closed_at:
            return No(_("The round is closed."))
        if until is not None and (is_past(until) or (self.round.deadline and until <= self.round.deadline)):
            return No(_("Choose a moment ahead, later than the round's own deadline."))
        if reason is not None and not reason.strip():
            return No(_("Write the reason. The team will read it."))
        return True

    @transaction.atomic
    def extend(self, until: dt.datetime, *, reason: str, by: Person) -> None:
        """A later deadline for this application alone. The letter to the team waits in the outbox."""
        self.lock()
        ensure(self.can_extend(until, reason))
        changed(self, extended_to=until, extension_reason=" ".join(reason.split()))
        Event.record("application.extended", self, by=by, until=until.isoformat())
        for member in self.idea.team():
            letters.write(
                "extension", to=member.person, key=f"extension:{self.pk}:{until.isoformat()}:{member.person_id}",
                root=self.round, thing=self.idea, by=by,
                until=until, reason=self.extension_reason, link=self.get_absolute_url(),
            )  # fmt: skip

    def can_open_for_improvement(self, until: dt.datetime | None = None) -> Answer:
        if not self.is_handed_in:
            return No(_("Only an application that is handed in can be improved."))
        if until is not None and is_past(until):
            return No(_("Choose a moment ahead."))
        return True

    @transaction.atomic
    def open_for_improvement(self, until: dt.datetime, *, by: Person) -> None:
        """Let the team hand in a revised version until then. What they have handed in stands meanwhile."""
        self.lock()
        ensure(self.can_open_for_improvement(until))
        changed(self, improve_from=now(), improve_until=until)
        Event.record("application.opened_for_improvement", self, by=by, until=until.isoformat())
