"""Whatever has a time owns an Appointment; a Gathering is one that people sign up to."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.toolbox.clock import MomentField


def new_uid() -> str:
    return f"{uuid.uuid4()}@oppdrift"


class Appointment(models.Model):
    """A time and a place. `uid` never changes and `sequence` rises, so that calendars update the same entry."""

    uid = models.CharField(max_length=100, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="an_appointment_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.place}"


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def seen_by(self, person) -> "GatheringQuerySet":
        """Open ones are for everybody; one by invitation for the invited and those who run the round."""
        if not person.is_authenticated:
            return self.none()
        from_rounds = self.model.round.field.related_model.objects.run_by(person)
        return self.filter(
            models.Q(by_invitation=False)
            | models.Q(round__in=from_rounds)
            | models.Q(pk__in=Invitation.objects.filter(person=person).values("gathering"))
        )


class Gathering(models.Model):
    """Any kind of meeting of the programme."""

    class Kind(models.TextChoices):
        APPLICATION_WORKSHOP = "application_workshop", _("Application workshop")
        INFORMATION = "information", _("Information meeting")
        IMPROVEMENT_WORKSHOP = "improvement_workshop", _("Improvement workshop")
        PITCH_TRAINING = "pitch_training", _("Pitch training")
        JOINT = "joint_gathering", _("Joint gathering")

    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="gatherings")
    kind = models.CharField(_("kind"), max_length=22, choices=Kind, default=Kind.APPLICATION_WORKSHOP)
    title = models.CharField(_("title"), max_length=150)
    description = models.TextField(_("what happens there"), blank=True)
    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="gathering")
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)  # none: no limit
    by_invitation = models.BooleanField(_("only for those invited"), default=False)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering = ["appointment__starts_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def record(self):
        return self.round

    def get_absolute_url(self) -> str:
        return reverse("gatherings:gathering", args=[self.pk])


class SignUp(models.Model):
    """A person's place, or their place in the queue. One row a person and gathering; signing off keeps the row."""

    class State(models.TextChoices):
        COMING = "coming", pgettext_lazy("signed up", "Has a place")
        WAITING = "waiting", pgettext_lazy("signed up", "On the waiting list")
        OFF = "off", pgettext_lazy("signed up", "Signed off")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_ups")
    state = models.CharField(max_length=10, choices=State)
    since = MomentField()  # orders the waiting list, with the key where two are equal
    turn = models.PositiveIntegerField(default=0)  # order of arrival within the gathering; rises with every new try

    class Meta:
        ordering = ["turn"]
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="one_sign_up_per_person")]

    def __str__(self) -> str:
        return f"{self.person}, {self.gathering}: {self.get_state_display()}"

    @property
    def record(self):
        return self.gathering.round


class Invitation(models.Model):
    """Somebody asked to come, perhaps because of an idea of theirs."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations")
    idea = models.ForeignKey("ideas.Idea", models.CASCADE, null=True, related_name="invitations")
    invited_at = MomentField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="invited_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.gathering}"


class Note(models.Model):
    """Advice that lands on the idea it is about, given at a gathering or beside it."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="notes")
    gathering = models.ForeignKey(Gathering, models.SET_NULL, null=True, blank=True, related_name="notes")
    text = models.TextField(_("note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = MomentField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def record(self):
        return self.idea
