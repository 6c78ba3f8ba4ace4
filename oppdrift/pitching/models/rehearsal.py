"""Pitch training: slots that teams book, with the clock and the form of the day."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oppdrift.gatherings.models import Appointment, Gathering, Invitation, SignUp
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person
from oppdrift.pitching import shortlisted, telling
from oppdrift.pitching.clock import Clock
from oppdrift.rounds.models import Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

from .pitch import Timed


class RehearsalQuerySet(models.QuerySet["Rehearsal"]):
    def booked(self) -> "RehearsalQuerySet":
        return self.exclude(idea=None)

    def free(self) -> "RehearsalQuerySet":
        return self.filter(idea=None)

    def on(self) -> "RehearsalQuerySet":
        """Of gatherings that are held."""
        return self.filter(gathering__appointment__cancelled_at=None)

    def seen_by(self, person) -> "RehearsalQuerySet":
        """By those who see the gathering, and by teams picked for the pitch of its round."""
        if not person.is_authenticated:
            return self.none()
        own = Part.objects.in_force().filter(person=person, kind__in=Part.BELONGS)
        picked = Idea.objects.filter(pk__in=own.values("idea")).filter(pk__in=shortlisted.decisions().values("idea"))
        return self.filter(
            Q(gathering__in=Gathering.objects.seen_by(person)) | Q(gathering__round__in=picked.values("round"))
        )

    def practised_by(self, person) -> "RehearsalQuerySet":
        """Booked by others at a gathering to which the person is asked or comes: a practice panel."""
        comes = SignUp.objects.active().filter(person=person).values("gathering")
        asked = Invitation.objects.filter(person=person).values("gathering")
        own = Part.objects.in_force().filter(person=person, kind__in=Part.BELONGS).values("idea")
        return self.booked().filter(Q(gathering__in=comes) | Q(gathering__in=asked)).exclude(idea__in=own)


class Rehearsal(models.Model):
    """A slot of a pitch training. Free until a team books it."""

    gathering = models.ForeignKey("gatherings.Gathering", models.CASCADE, related_name="+")
    appointment = models.OneToOneField("gatherings.Appointment", models.PROTECT, related_name="+")
    idea = models.ForeignKey("ideas.Idea", models.SET_NULL, null=True, related_name="+")
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    booked_at = models.DateTimeField(null=True, editable=False)

    objects = RehearsalQuerySet.as_manager()

    class Meta:
        ordering = ["appointment__starts_at", "id"]

    def __str__(self) -> str:
        return f"{self.gathering}, {self.appointment}"

    @property
    def record(self):
        return self.idea or self.gathering.round

    def get_absolute_url(self) -> str:
        return reverse("pitching:rehearsal", args=[self.pk])

    @property
    def topic(self) -> str:
        return f"rehearsal-{self.pk}"

    @property
    def attempt(self) -> "Attempt | None":
        """The last one."""
        return self.attempts.last()

    # The lead's

    @classmethod
    def can_make(cls, gathering: Gathering) -> Answer:
        if gathering.kind != Gathering.Kind.PITCH_TRAINING or not gathering.round.uses(Stage.PITCHING):
            return No(_("Slots belong to a pitch training."))
        if gathering.is_cancelled:
            return No(_("It is cancelled."))
        return No(_("It is over.")) if gathering.appointment.is_over else True

    @classmethod
    @transaction.atomic
    def make(
        cls, gathering: Gathering, *, starts_at: dt.datetime, minutes: int, number: int, by: Person
    ) -> "list[Rehearsal]":
        """So many slots after each other."""
        gathering.lock()
        ensure(cls.can_make(gathering))
        length, place = dt.timedelta(minutes=minutes), gathering.appointment.place
        made: list[Rehearsal] = []
        for n in range(number):
            from_, until = starts_at + n * length, starts_at + (n + 1) * length
            appointment = Appointment.objects.create(starts_at=from_, ends_at=until, place=place)
            made.append(cls.objects.create(gathering=gathering, appointment=appointment))
        Event.record("rehearsal.made", gathering, by=by, number=number)
        return made

    def can_remove(self) -> Answer:
        return No(_("A team has booked it.")) if self.idea_id else True

    @transaction.atomic
    def remove(self, *, by: Person) -> None:
        self.gathering.lock()
        self.refresh_from_db()
        ensure(self.can_remove())
        Event.record("rehearsal.removed", self.gathering, by=by)
        appointment = self.appointment
        self.delete()
        appointment.delete()

    # The team's

    def can_book(self, idea: Idea) -> Answer:
        if self.gathering.is_cancelled:
            return No(_("It is cancelled."))
        if self.appointment.has_begun:
            return No(_("It has begun already."))
        if self.idea_id == idea.pk:
            return No(_("You have this one already."))
        if self.idea_id:
            return No(_("Another team was quicker. Choose another time."))
        if idea.round_id != self.gathering.round_id or not shortlisted.decisions().filter(idea=idea).exists():
            return No(_("Only teams that are going to pitch rehearse."))
        return True

    @transaction.atomic
    def book(self, idea: Idea, *, by: Person) -> None:
        """Take this slot, and give back another one of the same training: that is how a time is changed."""
        self.gathering.lock()
        self.refresh_from_db()
        ensure(self.can_book(idea))
        for other in type(self).objects.filter(gathering=self.gathering_id, idea=idea).select_related("appointment"):
            ensure(other.can_give_back())
            telling.of_giving_back(other, by=by)  # the entry leaves their calendars
            other._free(by=by)
        changed(self, idea=idea, booked_by=by, booked_at=now())
        Event.record("rehearsal.booked", self, by=by)
        telling.of_booking(self, by=by)

    def can_give_back(self) -> Answer:
        if not self.idea_id:
            return No(_("Nobody has booked it."))
        return No(_("You have begun already.")) if self.attempts.exists() else True

    @transaction.atomic
    def give_back(self, *, by: Person) -> None:
        """Somebody else may have it."""
        self.gathering.lock()
        self.refresh_from_db()
        ensure(self.can_give_back())
        telling.of_giving_back(self, by=by)
        self._free(by=by)

    def _free(self, *, by: Person) -> None:
        Event.record("rehearsal.given_back", self, by=by)
        changed(self, idea=None, booked_by=None, booked_at=None)
        # Another team's entry in a calendar is not this one's: it gets an identity of its own.
        changed(self.appointment, uid=Appointment().uid, sequence=0)

    # The clock

    def can_run(self) -> Answer:
        return True if self.idea_id else No(_("Nobody has booked it."))

    @transaction.atomic
    def run(self, command: str, *, by: Person) -> None:
        """start, pause, resume or end; a start after an end is another attempt. Two Starts are one."""
        ensure(self.can_run())
        type(self).objects.select_for_update().only("pk").get(pk=self.pk)
        attempt = self.attempt
        if command == "start" and (attempt is None or attempt.ended_at):
            attempt = Attempt(rehearsal=self, number=attempt.number + 1 if attempt else 1)
        if attempt is None or command not in ("start", "pause", "resume", "end"):
            return
        clock: Clock = getattr(attempt.clock, command)(now())
        if clock != attempt.clock:
            attempt.clock = clock
            attempt.save()
            Event.record(f"rehearsal.{command}", self, by=by, number=attempt.number)

    # What the others say

    def can_advise(self, person: Person) -> Answer:
        if not self.idea_id:
            return No(_("Nobody has booked it."))
        if not type(self).objects.practised_by(person).filter(pk=self.pk).exists():
            return No(_("Those who come to the training are the practice panel, but not for their own team."))
        return True

    @transaction.atomic
    def advise(self, scores: Mapping[str, int], words: str, *, by: Person) -> "Advice":
        """Points by criterion and words, for the team alone. Said again, it replaces what was said."""
        ensure(self.can_advise(by))
        values = {"scores": dict(scores), "words": words.strip(), "at": now()}
        row, is_new = Advice.objects.update_or_create(rehearsal=self, by=by, defaults=values)
        if is_new:
            Event.record("rehearsal.advised", self, by=by)
        return row


class Attempt(Timed):
    """One run through the three minutes."""

    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["rehearsal", "number"], name="attempts_are_numbered")]

    def __str__(self) -> str:
        return f"{self.rehearsal}, {self.number}"


class Advice(models.Model):
    """What one of the practice panel thinks. Read by the team and whoever gave it."""

    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="advice")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scores = models.JSONField(default=dict)  # {criterion key: points}
    words = models.TextField(blank=True)
    at = MomentField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["rehearsal", "by"], name="one_advice_per_person_and_rehearsal")]

    def __str__(self) -> str:
        return f"{self.rehearsal}"

    @property
    def record(self):
        return self.rehearsal.record
