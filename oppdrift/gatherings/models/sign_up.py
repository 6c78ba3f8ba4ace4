"""Who comes, who waits, who was asked."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField
from oppdrift.toolbox.models import changed

if TYPE_CHECKING:
    from .gathering import Gathering


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def coming(self) -> "SignUpQuerySet":
        return self.filter(state=SignUp.State.COMING)

    def waiting(self) -> "SignUpQuerySet":
        """The queue, first come first."""
        return self.filter(state=SignUp.State.WAITING).order_by("turn")

    def present(self) -> "SignUpQuerySet":
        """Those who were there, as far as anybody has noted it."""
        return self.filter(came=True)

    def active(self) -> "SignUpQuerySet":
        return self.exclude(state=SignUp.State.OFF)

    def shown_to(self, person) -> "SignUpQuerySet":
        """To those who run the round: without who comes because of an idea that is hidden from the person."""
        hidden = Invitation.objects.filter(
            gathering=models.OuterRef("gathering"), person=models.OuterRef("person")
        ).hidden_from(person)
        return self.exclude(models.Exists(hidden))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def hidden_from(self, person) -> "InvitationQuerySet":
        """Because of ideas the person is disqualified from: that a team is asked to improve tells what was judged."""
        return self.filter(idea__in=Idea.objects.hidden_from(person))


class SignUp(models.Model):
    """A person's place, or their place in the queue. One row a person and gathering; signing off keeps the row."""

    class State(models.TextChoices):
        COMING = "coming", pgettext_lazy("signed up", "Has a place")
        WAITING = "waiting", pgettext_lazy("signed up", "On the waiting list")
        OFF = "off", pgettext_lazy("signed up", "Signed off")

    gathering = models.ForeignKey("gatherings.Gathering", models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_ups")
    state = models.CharField(max_length=10, choices=State)
    since = MomentField()
    came = models.BooleanField(pgettext_lazy("to a gathering", "came"), null=True, editable=False)  # none: not noted
    turn = models.PositiveIntegerField(default=0)  # order of arrival within the gathering; rises with every new try

    objects = SignUpQuerySet.as_manager()

    class Meta:
        ordering = ["turn"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="one_sign_up_per_person"),
            models.UniqueConstraint(
                fields=["gathering", "turn"], condition=models.Q(turn__gt=0), name="one_turn_per_sign_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.gathering}: {self.get_state_display()}"

    @property
    def record(self):
        return self.gathering.round

    @property
    def number_in_queue(self) -> int:
        """1 for whoever gets the next free place."""
        return self.gathering.sign_ups.waiting().filter(turn__lte=self.turn).count()

    # Being there

    @classmethod
    def can_note_presence(cls, gathering: "Gathering") -> Answer:
        if gathering.is_cancelled:
            return No(_("It is cancelled."))
        if not gathering.appointment.has_begun:
            return No(_("It has not begun yet."))
        return True

    @classmethod
    @transaction.atomic
    def note_presence(cls, gathering: "Gathering", person: Person, came: bool, *, by: Person) -> None:
        """Was this person there? Somebody who came without having signed up gets a row of their own."""
        gathering.lock()
        ensure(cls.can_note_presence(gathering))
        row = cls.objects.filter(gathering=gathering, person=person).first()
        if row is None and came:
            row = cls.objects.create(gathering=gathering, person=person, state=cls.State.COMING)
        if row and row.came != came:
            changed(row, came=came)
            Event.record("gathering.presence_noted", row, by=by, came=came)


class Invitation(models.Model):
    """Somebody asked to come, perhaps because of an idea of theirs."""

    gathering = models.ForeignKey("gatherings.Gathering", models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations")
    idea = models.ForeignKey("ideas.Idea", models.CASCADE, null=True, related_name="invitations")
    invited_at = MomentField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="invited_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.gathering}"

    @property
    def record(self):
        return self.gathering.round
