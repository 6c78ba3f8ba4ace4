"""Guidance: an hour with the coach, what it is about, what was said, and the next step that the next one opens with."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.gatherings.models import Appointment
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.projects import telling
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

if TYPE_CHECKING:
    from .project import Project


class SessionQuerySet(models.QuerySet["GuidanceSession"]):
    def booked(self) -> "SessionQuerySet":
        return self.filter(state=GuidanceSession.State.BOOKED)

    def held(self) -> "SessionQuerySet":
        return self.filter(state=GuidanceSession.State.HELD)

    def coming(self) -> "SessionQuerySet":
        """Booked and not over, soonest first."""
        return self.booked().filter(appointment__ends_at__gt=now()).order_by("appointment__starts_at", "pk")

    def to_be_noted(self) -> "SessionQuerySet":
        """The time has passed, and nobody has said whether it was held."""
        return self.booked().filter(appointment__ends_at__lte=now()).order_by("appointment__starts_at", "pk")

    def with_open_step(self) -> "SessionQuerySet":
        """Their next step is not done yet."""
        return self.held().exclude(next_step="").filter(next_step_done_at=None)

    def seen_by(self, person) -> "SessionQuerySet":
        """Like the project's own page: those who belong to it, and who leads it."""
        if not person.is_authenticated:
            return self.none()
        own, led = Idea.objects.of(person), Idea.objects.cleared_for(person)
        return self.filter(models.Q(project__idea__in=own) | models.Q(project__idea__in=led))

    def of_round(self, round) -> "SessionQuerySet":
        return self.filter(project__idea__round=round)

    def latest_first(self) -> "SessionQuerySet":
        return self.order_by("-appointment__starts_at", "-pk")


class GuidanceSession(models.Model):
    """One appointment of a project with its coach."""

    class State(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("a session", "Booked")
        HELD = "held", pgettext_lazy("a session", "Held")
        CANCELLED = "cancelled", pgettext_lazy("a session", "Cancelled")

    BEGINS = (State.BOOKED,)
    MOVES = {  # verb: states before, states after
        "move": ((State.BOOKED,), (State.BOOKED,)),
        "cancel": ((State.BOOKED,), (State.CANCELLED,)),
        "hold": ((State.BOOKED, State.HELD), (State.HELD,)),
    }

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="sessions")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    appointment = models.OneToOneField("gatherings.Appointment", models.PROTECT, related_name="session")
    state = models.CharField(max_length=10, choices=State, default=State.BOOKED)
    agenda = models.TextField(_("what it is about"), blank=True)
    notes = models.TextField(_("what was said"), blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_step_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who does it"),
    )
    next_step_due = models.DateField(_("by when"), null=True, blank=True)
    next_step_done_at = models.DateTimeField(null=True, editable=False)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    booked_at = MomentField()
    held_at = models.DateTimeField(null=True, editable=False)  # when it was noted that it was

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["appointment__starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="held") | models.Q(held_at__isnull=False), name="a_session_held_says_when"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.appointment}"

    @property
    def record(self) -> Idea:
        return self.project.idea

    def get_absolute_url(self) -> str:
        return reverse("projects:session", args=[self.pk])

    @property
    def status_name(self) -> str:
        return {"booked": "signed_up", "held": "done", "cancelled": "cancelled"}[self.state]

    @property
    def is_booked(self) -> bool:
        return self.state == self.State.BOOKED

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def has_open_step(self) -> bool:
        return self.is_held and bool(self.next_step) and self.next_step_done_at is None

    def before(self) -> "GuidanceSession | None":
        """The one held last before this one, whose next step this one opens with."""
        earlier = type(self).objects.held().filter(project=self.project_id)
        earlier = earlier.filter(appointment__starts_at__lt=self.appointment.starts_at).select_related(
            "next_step_owner"
        )
        return earlier.latest_first().first()

    # Booking

    @classmethod
    def can_book(cls, project: "Project", coach: Person | None = None, starts_at: dt.datetime | None = None) -> Answer:
        if not project.is_alive:
            return No(_("The project has ended."))
        coaches = [part.person_id for part in project.coaches()]
        if not coaches:
            return No(_("The project has no coach yet. The programme lead couples one."))
        if coach and coach.pk not in coaches:
            return No(_("%(name)s does not guide this project.") % {"name": coach.name})
        booked = project.sessions.booked().filter(coach=coach)
        if coach and starts_at and booked.filter(appointment__starts_at=starts_at).exists():
            return No(_("%(name)s is booked for that time already.") % {"name": coach.name})
        return True

    @classmethod
    @transaction.atomic
    def book(
        cls, project: "Project", coach: Person, *, starts_at: dt.datetime, ends_at: dt.datetime, by: Person,
        place: str = "", agenda: str = "",
    ) -> "GuidanceSession":  # fmt: skip
        """An hour with the coach. Team and coach get a letter with the calendar entry."""
        project.lock()
        ensure(cls.can_book(project, coach, starts_at))
        appointment = Appointment.objects.create(starts_at=starts_at, ends_at=ends_at, place=place)
        session = cls.objects.create(
            project=project, coach=coach, appointment=appointment, agenda=agenda.strip(), booked_by=by
        )
        Event.record("session.booked", session, by=by)
        telling.of_session("session_booked", session, by=by)
        return session

    def can_move(self) -> Answer:
        return self._can("move")

    def can_cancel(self) -> Answer:
        return self._can("cancel")

    def _can(self, verb: str) -> Answer:
        if self.state in self.MOVES[verb][0]:
            return True
        return No(_("It is cancelled.") if self.is_cancelled else _("It has been held."))

    @transaction.atomic
    def move(self, *, by: Person, agenda: str | None = None, **fields: Any) -> None:
        """Another time, place or agenda; of time and place everybody is told."""
        self._hold()
        ensure(self.can_move())
        if agenda is not None and agenda.strip() != self.agenda:
            changed(self, agenda=agenda.strip())
            Event.record("session.agenda_changed", self, by=by)
        if self.appointment.move(**fields):
            Event.record("session.moved", self, by=by)
            telling.of_session("session_moved", self, by=by)

    @transaction.atomic
    def cancel(self, *, by: Person, reason: str = "") -> None:
        self._hold()
        ensure(self.can_cancel())
        changed(self, state=self.State.CANCELLED.value)
        self.appointment.cancel()
        Event.record("session.cancelled", self, by=by)
        if not self.appointment.is_over:  # that one was not held is no news to those who were not there
            telling.of_session("session_cancelled", self, by=by, reason=reason)

    # Holding

    def can_hold(self) -> Answer:
        if self.is_cancelled:
            return No(_("It is cancelled."))
        if not self.appointment.has_begun:
            return No(_("It has not begun yet."))
        return True

    @transaction.atomic
    def hold(
        self, *, by: Person, notes: str = "", next_step: str = "", owner: Person | None = None,
        due: dt.date | None = None,
    ) -> None:  # fmt: skip
        """It was held: what was said, and the next step with who and by when. May be corrected afterwards."""
        self._hold()
        ensure(self.can_hold())
        first, next_step = not self.is_held, " ".join(next_step.split())
        done_at = self.next_step_done_at if next_step == self.next_step else None
        changed(
            self, state=self.State.HELD.value, held_at=self.held_at or now(), notes=notes.strip(), next_step=next_step,
            next_step_owner=owner, next_step_due=due, next_step_done_at=done_at,
        )  # fmt: skip
        Event.record("session.held" if first else "session.corrected", self, by=by)

    def can_finish_step(self) -> Answer:
        return True if self.has_open_step else No(_("There is no step to do here."))

    @transaction.atomic
    def finish_step(self, *, by: Person) -> None:
        """The next step is done."""
        self._hold()
        ensure(self.can_finish_step())
        changed(self, next_step_done_at=now())
        Event.record("session.step_done", self, by=by)

    def _hold(self) -> None:
        row = type(self).objects.select_for_update().get(pk=self.pk)
        for name in ("state", "held_at", "next_step", "next_step_done_at", "agenda"):
            setattr(self, name, getattr(row, name))
