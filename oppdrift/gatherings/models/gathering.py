"""A Gathering is an appointment that people sign up to, with as many places as there are chairs."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.gatherings import telling
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round, Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.models import changed

from .appointment import Appointment
from .sign_up import Invitation, SignUp


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def seen_by(self, person) -> "GatheringQuerySet":
        """Open ones are for everybody; one by invitation for the invited and those who run the round."""
        if not person.is_authenticated:
            return self.none()
        invited = Invitation.objects.filter(person=person).values("gathering")
        signed_up = SignUp.objects.active().filter(person=person).values("gathering")
        return self.filter(
            models.Q(by_invitation=False, round__in=Round.objects.seen_by(person))
            | models.Q(round__in=Round.objects.run_by(person))
            | models.Q(pk__in=invited)
            | models.Q(pk__in=signed_up)
        )

    def coming_up(self) -> "GatheringQuerySet":
        """Not over, soonest first; a cancelled one stays until its time, so that nobody waits for it in vain."""
        return self.filter(appointment__ends_at__gt=now()).order_by("appointment__starts_at", "pk")

    def past(self) -> "GatheringQuerySet":
        return self.filter(appointment__ends_at__lte=now()).order_by("-appointment__starts_at", "-pk")

    def on(self) -> "GatheringQuerySet":
        """Not cancelled."""
        return self.filter(appointment__cancelled_at=None)

    def counted(self) -> "GatheringQuerySet":
        """With how many come and wait."""
        return self.annotate(
            coming_count=models.Count("sign_ups", models.Q(sign_ups__state=SignUp.State.COMING)),
            waiting_count=models.Count("sign_ups", models.Q(sign_ups__state=SignUp.State.WAITING)),
        )

    def with_state_of(self, person) -> "GatheringQuerySet":
        """With this person's state: coming, waiting, off, or nothing."""
        own = SignUp.objects.filter(gathering=models.OuterRef("pk"), person=person)
        return self.annotate(own_state=models.Subquery(own.values("state")[:1]))


class Gathering(models.Model):
    """Any kind of meeting of the programme."""

    class Kind(models.TextChoices):
        APPLICATION_WORKSHOP = "application_workshop", _("Application workshop")
        INFORMATION = "information", _("Information meeting")
        IMPROVEMENT_WORKSHOP = "improvement_workshop", _("Improvement workshop")
        PITCH_TRAINING = "pitch_training", _("Pitch training")
        JOINT = "joint_gathering", _("Joint gathering")
        TAILORED = "tailored", _("Tailored session")
        LUP_MODULE = "lup_module", _("Module of the leadership programme")
        CONFERENCE = "conference", _("Conference")

    # A kind that only makes sense in a round that uses this stage.
    STAGE_OF = {
        Kind.APPLICATION_WORKSHOP: Stage.CALL,
        Kind.IMPROVEMENT_WORKSHOP: Stage.IMPROVING,
        Kind.PITCH_TRAINING: Stage.PITCHING,
        Kind.JOINT: Stage.PROJECTS,
        Kind.TAILORED: Stage.PROJECTS,
        Kind.LUP_MODULE: Stage.LEADERSHIP,
        Kind.CONFERENCE: Stage.CONFERENCE,
    }

    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="gatherings")
    kind = models.CharField(_("kind"), max_length=22, choices=Kind, default=Kind.APPLICATION_WORKSHOP)
    title = models.CharField(_("title"), max_length=150)
    description = models.TextField(_("what happens there"), blank=True)  # Markdown
    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="gathering")
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)  # none: no limit
    by_invitation = models.BooleanField(_("only for those invited"), default=False)

    objects = GatheringQuerySet.as_manager()

    # What `counted()` and `with_state_of()` add to a row.
    coming_count: int
    waiting_count: int
    own_state: str | None

    class Meta:
        ordering = ["appointment__starts_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def record(self):
        return self.round

    def get_absolute_url(self) -> str:
        return reverse("gatherings:gathering", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        return self.appointment.cancelled_at is not None

    @classmethod
    def kinds_in(cls, round: Round) -> list["Gathering.Kind"]:
        """The kinds that a round with these stages may hold."""
        return [kind for kind in cls.Kind if kind not in cls.STAGE_OF or round.uses(cls.STAGE_OF[kind])]

    def coming(self) -> models.QuerySet:
        """Those with a place."""
        return self.sign_ups.coming().select_related("person")

    def waiting(self) -> models.QuerySet:
        """The waiting list, in its order."""
        return self.sign_ups.waiting().select_related("person")

    def free_places(self) -> int | None:
        """Chairs that nobody has; none: no limit."""
        if self.capacity is None:
            return None
        return max(0, self.capacity - self.sign_ups.coming().count())

    @property
    def free_count(self) -> int | None:
        """The same of a row from `counted()`, without asking again."""
        return None if self.capacity is None else max(0, self.capacity - self.coming_count)

    def sign_up_of(self, person: Person) -> SignUp | None:
        return self.sign_ups.active().filter(person=person).first()

    def lock(self) -> None:
        """One person at a time changes who comes. Within a transaction."""
        type(self).objects.select_for_update().only("pk").get(pk=self.pk)
        self.refresh_from_db()

    # Arranging

    @classmethod
    @transaction.atomic
    def arrange(
        cls, round: Round, *, title: str, starts_at: dt.datetime, ends_at: dt.datetime, by: Person, place: str = "",
        **fields: Any,
    ) -> "Gathering":  # fmt: skip
        """Call people together."""
        appointment = Appointment.objects.create(starts_at=starts_at, ends_at=ends_at, place=place)
        gathering = cls.objects.create(round=round, title=title, appointment=appointment, **fields)
        Event.record("gathering.arranged", gathering, by=by)
        return gathering

    def can_change(self) -> Answer:
        return No(_("It is cancelled.")) if self.is_cancelled else True

    def can_hold(self, capacity: int | None) -> Answer:
        """Nobody who has a place loses it."""
        coming = self.sign_ups.coming().count()
        if capacity is not None and capacity < coming:
            return No(_("%(n)s people have a place already. There cannot be fewer places than that.") % {"n": coming})
        return True

    def can_move(self, reason: str) -> Answer:
        if self.appointment.is_over:
            return No(_("It is over, and cannot be moved."))
        if not reason.strip() and self.sign_ups.coming().exists():
            return No(_("Say why it moves. Those who have a place will read it."))
        return True

    @transaction.atomic
    def change(self, *, by: Person, reason: str = "", **fields: Any) -> None:
        """New words, time, place or number of places. Those who have a place are told of another time or place."""
        self.lock()
        ensure(self.can_change())
        moved = {name: fields.pop(name) for name in ("starts_at", "ends_at", "place") if name in fields}
        different = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if "capacity" in different:
            ensure(self.can_hold(different["capacity"]))
        if different:
            changed(self, **different)
            Event.record("gathering.changed", self, by=by)
        if any(getattr(self.appointment, name) != value for name, value in moved.items()):
            ensure(self.can_move(reason))
            self.appointment.move(**moved)
            Event.record("gathering.moved", self, by=by)
            telling.of_move(self, reason=reason, by=by)
        self.fill_places(by=by)

    def can_cancel(self) -> Answer:
        if self.is_cancelled:
            return No(_("It is cancelled already."))
        if self.appointment.is_over:
            return No(_("It is over, and cannot be cancelled."))
        return True

    @transaction.atomic
    def cancel(self, *, by: Person, reason: str) -> None:
        """Call it off, and tell everybody who has a place or waits for one."""
        self.lock()
        ensure(self.can_cancel())
        self.appointment.cancel()
        Event.record("gathering.cancelled", self, by=by)
        telling.of_cancelling(self, reason=reason, by=by)

    @transaction.atomic
    def invite(self, person: Person, *, by: Person, idea: Idea | None = None, letter: bool = False) -> Invitation:
        """Ask somebody to come; an idea of theirs may be why. Asked twice, the first stands.

        With `letter`, one lies in the outbox for the lead to read; rooms that write a better one ask for none.
        """
        ensure(self.can_change())
        invitation, is_new = Invitation.objects.get_or_create(gathering=self, person=person, defaults={"idea": idea})
        if is_new:
            Event.record("gathering.invited", invitation, by=by)
            if letter:
                telling.of_invitation(invitation, by=by)
        return invitation

    # Signing up

    def can_sign_up(self, person: Person) -> Answer:
        if self.is_cancelled:
            return No(_("It is cancelled."))
        if self.appointment.has_begun:
            return No(_("It has begun, and one can no longer sign up."))
        if self.sign_up_of(person):
            return No(_("Already signed up."))
        if self.by_invitation and not self.invitations.filter(person=person).exists():
            return No(_("It is only for those invited."))
        return True

    @transaction.atomic
    def sign_up(self, person: Person, *, by: Person) -> SignUp:
        """A place if there is one that nobody waits for, else the end of the waiting list."""
        self.lock()
        ensure(self.can_sign_up(person))
        has_room = self.free_places() != 0 and not self.sign_ups.waiting().exists()
        last = self.sign_ups.aggregate(last=models.Max("turn"))["last"] or 0
        row, _is_new = SignUp.objects.update_or_create(
            gathering=self,
            person=person,
            defaults={
                "state": SignUp.State.COMING if has_room else SignUp.State.WAITING,
                "turn": last + 1,
                "since": now(),
            },
        )
        Event.record("gathering.signed_up" if has_room else "gathering.queued", row, by=by)
        telling.of_sign_up(row, by=by)
        return row

    @transaction.atomic
    def add(self, person: Person, *, by: Person) -> SignUp:
        """Sign somebody else up, who is invited by that."""
        if self.by_invitation:
            self.invite(person, by=by)
        return self.sign_up(person, by=by)

    def can_sign_off(self, person: Person) -> Answer:
        if not self.sign_up_of(person):
            return No(_("Not signed up."))
        if self.appointment.has_begun:
            return No(_("It has begun, and one can no longer sign off."))
        return True

    @transaction.atomic
    def sign_off(self, person: Person, *, by: Person) -> None:
        """Give the place to whoever waits first."""
        self.lock()
        ensure(self.can_sign_off(person))
        row = self.sign_ups.active().get(person=person)
        changed(row, state=SignUp.State.OFF, since=now())
        Event.record("gathering.signed_off", row, by=by)
        self.fill_places(by=by)

    @transaction.atomic
    def fill_places(self, *, by: Person | None) -> list[SignUp]:
        """Give free places to those who wait, in their order, and tell them."""
        if self.is_cancelled or self.appointment.has_begun:
            return []
        promoted = list(self.waiting()[: self.free_places()])
        for row in promoted:
            changed(row, state=SignUp.State.COMING, since=now())
            Event.record("gathering.promoted", row, by=by)
            telling.of_promotion(row, by=by)
        return promoted
