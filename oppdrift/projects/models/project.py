"""A project: what an idea becomes when a decision lets it go on, with money or with guidance alone."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.applications.models import Endorsement
from oppdrift.assessing.models import OfferAnswer
from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.people.models import Person
from oppdrift.projects import drafting, telling
from oppdrift.projects.beginning import can_own, startable
from oppdrift.rounds.models import Round
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

from .agreement import Agreement
from .asking import ProjectQuerySet, silent_before
from .grant import Grant
from .report import Report
from .transfer import Transfer


class Project(models.Model):
    """One an idea. Who carries it are the idea's Parts; `owner` is the leader answerable for it."""

    class Kind(models.TextChoices):
        FUNDED = "funded", _("With funds")
        GUIDANCE = "guidance", _("Guidance without funding")

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("a project", "Running")
        ON_HOLD = "on_hold", pgettext_lazy("a project", "On hold")
        FINISHED = "finished", pgettext_lazy("a project", "Finished")
        STOPPED = "stopped", pgettext_lazy("a project", "Stopped")

    BEGINS = (State.RUNNING,)
    MOVES = {  # verb: states before, states after
        "hold": ((State.RUNNING,), (State.ON_HOLD,)),
        "resume": ((State.ON_HOLD,), (State.RUNNING,)),
        "finish": ((State.RUNNING,), (State.FINISHED,)),
        "stop": ((State.RUNNING, State.ON_HOLD), (State.STOPPED,)),
        "reopen": ((State.FINISHED, State.STOPPED), (State.RUNNING,)),
    }

    idea = models.OneToOneField("ideas.Idea", models.PROTECT, related_name="project")
    decision = models.OneToOneField("ideas.Decision", models.PROTECT, related_name="+")  # what it started from
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = MomentField()
    moved_at = MomentField()  # since when it is in its state
    why = models.TextField(_("why"), blank=True)  # it is on hold or stopped
    learned = models.TextField(_("what was learned"), blank=True)  # when it was stopped

    objects = ProjectQuerySet.as_manager()

    # Read along by `with_contact`.
    contact_at: dt.datetime

    class Meta:
        ordering = ["idea__title_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["on_hold", "stopped"]) | ~models.Q(why=""), name="a_halt_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.idea.title

    @property
    def record(self) -> Idea:
        return self.idea

    @property
    def round(self) -> Round:
        round = self.idea.round
        assert round is not None  # an idea is decided upon in a round
        return round

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.pk])

    def lead_in_charge(self) -> Person | None:
        return self.idea.lead_in_charge()

    # What is the case

    @property
    def status_name(self) -> str:
        """As what it is drawn, see `toolbox.look.statuses`. To stop is no shame, so it is never red."""
        return {"running": "assessed", "on_hold": "waiting", "finished": "done", "stopped": "cancelled"}[self.state]

    @property
    def is_alive(self) -> bool:
        return self.state in (self.State.RUNNING, self.State.ON_HOLD)

    @property
    def last_contact(self) -> dt.datetime:
        """When it was last heard of; see `ProjectQuerySet.with_contact`."""
        if "contact_at" not in self.__dict__:
            self.contact_at = type(self).objects.with_contact().get(pk=self.pk).contact_at
        return self.contact_at

    @property
    def is_silent(self) -> bool:
        return self.state == self.State.RUNNING and self.last_contact < silent_before(self.round)

    @property
    def lead(self) -> Person | None:
        """The project lead, from the team."""
        part = self.idea.team().first()
        return part and part.person

    def asked_to_agree(self) -> dict[str, Person | None]:
        """Who is asked for which yes to the agreement, by the names of `Signature.As`."""
        return {"project_lead": self.lead, "owner": self.owner, "programme_lead": self.lead_in_charge()}

    def coaches(self) -> models.QuerySet:
        """Parts of those who guide it."""
        return self.idea.parts.in_force().filter(kind=Part.Kind.COACH).select_related("person")

    # Starting

    @classmethod
    def can_start(cls, decision: Decision) -> Answer:
        if cls.objects.filter(idea=decision.idea).exists():
            return No(_("It is a project already."))
        if decision.idea.round is None or decision.idea.round.closed_at:
            return No(_("The round is closed."))
        if not startable().filter(pk=decision.pk).exists():
            return No(_("A project starts from a decision that the team has been told and has said yes to."))
        return True

    @classmethod
    @transaction.atomic
    def start(cls, decision: Decision, *, by: Person, owner: Person | None = None) -> "Project":
        """Let the idea go on as a project, with its grant, the draft of an agreement, and the reports it owes.

        The owner is who is given, else the leader who stood behind the application.
        """
        idea = decision.idea
        idea.lock()
        ensure(cls.can_start(decision))
        if offer := OfferAnswer.objects.filter(decision=decision).first():
            offer.take_up()
        funded = decision.outcome == Decision.Outcome.ADMITTED
        kind = cls.Kind.FUNDED if funded else cls.Kind.GUIDANCE
        made = cls.objects.create(idea=idea, decision=decision, kind=kind, started_by=by)
        Event.record("project.started", made, by=by, kind=made.kind)
        if owner := owner or suggested_owner(idea):
            made.change_owner(owner, by=by)
        if funded and decision.amount:
            Grant.give(made, decision, by=by)
        for report in Report.Kind.values:
            Report.objects.create(project=made, kind=report)
        Agreement.begin(made, drafting.from_application(made), by=by)
        telling.of_start(made, by=by)
        return made

    @classmethod
    @transaction.atomic
    def start_all(
        cls, decisions: Iterable[Decision], owners: dict[int, Person | None], *, by: Person
    ) -> list["Project"]:
        """Start these, or none of them. Owners by the decision's key."""
        return [cls.start(decision, by=by, owner=owners.get(decision.pk)) for decision in decisions]

    # Moving

    def can_hold(self) -> Answer:
        return self._can("hold")

    def can_resume(self) -> Answer:
        return self._can("resume")

    def can_finish(self) -> Answer:
        return self._can("finish")

    def can_stop(self) -> Answer:
        return self._can("stop")

    def can_reopen(self) -> Answer:
        return self._can("reopen")

    def _can(self, verb: str) -> Answer:
        if self.round.closed_at:
            return No(_("The round is closed."))
        if self.state not in self.MOVES[verb][0]:
            return No(WHERE_IT_IS[self.State(self.state)])
        return True

    def hold(self, *, why: str, by: Person) -> None:
        """Let it rest for a while, and say why."""
        ensure(bool(why.strip()) or No(_("Write why. Those close to the project will read it.")))
        self._move("hold", by, why=why.strip())

    def resume(self, *, by: Person) -> None:
        self._move("resume", by, why="")

    def finish(self, *, by: Person) -> None:
        """It has done what it was to do. Its reports and benefits go on being followed."""
        self._move("finish", by, why="")

    @transaction.atomic
    def stop(self, *, why: str, learned: str = "", by: Person) -> None:
        """End it before its time, with the reason and what was learned. What was still to be transferred is dropped."""
        ensure(bool(why.strip()) or No(_("Write why. Those close to the project will read it.")))
        self._move("stop", by, why=why.strip(), learned=learned.strip())
        if grant := Grant.objects.filter(project=self).first():
            for transfer in Transfer.objects.planned().filter(grant=grant):
                transfer.drop(by=by)

    def reopen(self, *, by: Person) -> None:
        """It was ended by mistake, or goes on after all."""
        self._move("reopen", by, why="")

    @transaction.atomic
    def _move(self, verb: str, by: Person, **fields: str) -> None:
        self.lock()
        ensure(getattr(self, f"can_{verb}")())
        changed(self, state=self.MOVES[verb][1][0].value, moved_at=now(), **fields)
        Event.record(f"project.{REMEMBERED[verb]}", self, by=by)

    def lock(self) -> None:
        """One change at a time. Within a transaction."""
        self.state = type(self).objects.select_for_update().only("state").get(pk=self.pk).state

    # Its owner

    def can_change_owner(self, person: Person) -> Answer:
        if not self.is_alive:
            return No(WHERE_IT_IS[self.State(self.state)])
        if self.owner_id == person.pk:
            return No(_("%(name)s is the owner already.") % {"name": person.name})
        return can_own(self.idea, person)

    @transaction.atomic
    def change_owner(self, person: Person, *, by: Person) -> None:
        """Somebody else answers for it from now on. What the former owner agreed to and promised stands."""
        self.lock()
        ensure(self.can_change_owner(person))
        for part in self.idea.parts.in_force().filter(kind=Part.Kind.OWNER).exclude(person=person):
            part.end(by=by)
        Part.give(self.idea, person, Part.Kind.OWNER, by=by)
        changed(self, owner=person)


def suggested_owner(idea: Idea) -> Person | None:
    """The leader who stood behind the application; met by their mail address when they had no account."""
    stands_behind = [Endorsement.Answer.SUPPORTS, Endorsement.Answer.IF]
    said = Endorsement.objects.in_force().filter(application__idea=idea, answer__in=stands_behind)
    endorsement = said.select_related("person").first()
    if endorsement is None:
        return None
    person = endorsement.person or Person.objects.with_address(endorsement.address, name=endorsement.name)
    return person if can_own(idea, person) else None


REMEMBERED = {
    "hold": "held", "resume": "resumed", "finish": "finished", "stop": "stopped", "reopen": "reopened"
}  # fmt: skip
WHERE_IT_IS = {
    Project.State.RUNNING: _("The project is running."),
    Project.State.ON_HOLD: _("The project is on hold."),
    Project.State.FINISHED: _("The project is finished."),
    Project.State.STOPPED: _("The project is stopped."),
}
