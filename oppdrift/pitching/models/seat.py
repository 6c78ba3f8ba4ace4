"""A panel member's place at the day: a link of their own, and with which teams they have ties."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from oppdrift.assessing.models import Declaration
from oppdrift.history.models import Event
from oppdrift.ideas.models import Disqualification, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

from .day import PitchDay, new_token

if TYPE_CHECKING:
    from .pitch import Pitch


class SeatQuerySet(models.QuerySet["Seat"]):
    def open(self) -> "SeatQuerySet":
        """Whose link opens something: the member sits in the panel still, and the round goes on."""
        held = Role.objects.in_force().filter(
            kind=Role.Kind.PANEL, person=OuterRef("person"), round=OuterRef("day__round")
        )
        return self.filter(Exists(held), day__round__closed_at=None)


class Seat(models.Model):
    """One a member and day. Whoever has the link is the member, without signing in; the lead can renew it."""

    day = models.ForeignKey(PitchDay, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    renewals = models.PositiveSmallIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = MomentField()
    heard_at = models.DateTimeField(null=True, editable=False)  # when their phone last said that it is open

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["person__name_key", "id"]
        constraints = [models.UniqueConstraint(fields=["day", "person"], name="one_seat_per_member_and_day")]

    def __str__(self) -> str:
        return f"{self.person}, {self.day}"

    @property
    def record(self):
        return self.day.round

    def get_absolute_url(self) -> str:
        """The member's page, open to whoever holds the link."""
        return reverse("pitching:phone", args=[self.token])

    @classmethod
    @transaction.atomic
    def make_all(cls, day: PitchDay, *, by: Person) -> "list[Seat]":
        """A seat for everybody in the panel of the round who has none. The teams they hear become theirs to read."""
        day.hold()
        ensure(day.can_change())
        members = Role.objects.in_force().filter(round=day.round_id, kind=Role.Kind.PANEL)
        seated = cls.objects.filter(day=day).values("person")
        made: list[Seat] = []
        for role in members.exclude(person__in=seated).select_related("person"):
            seat = cls.objects.create(day=day, person=role.person, made_by=by)
            Event.record("seat.made", seat, by=by)
            made.append(seat)
        for seat in cls.objects.filter(day=day).select_related("person"):
            seat.give_parts(by=by)
        if made:
            day.show()
        return made

    def give_parts(self, *, by: Person | None) -> None:
        """Part PANEL in each idea on stage, where nothing bars the member."""
        held = Part.objects.in_force().filter(person=self.person, kind=Part.Kind.PANEL).values("idea")
        for idea in Idea.objects.filter(pk__in=self.open_ideas()).exclude(pk__in=held):
            Part.give(idea, self.person, Part.Kind.PANEL, by=by)

    def open_ideas(self):
        """Keys of the ideas on stage from which neither ties nor doubt bar the member."""
        return self.pitches().filter(is_barred=False, is_in_doubt=False).values("idea")

    def pitches(self) -> "models.QuerySet[Any]":
        """The running order, each pitch with how the member stands to it: `is_barred`, `is_in_doubt`, `is_declared`."""
        return self.day.pitches.on_stage().annotate(**standing("idea", self.person_id))

    @transaction.atomic
    def renew(self, *, by: Person) -> None:
        """Another link; the old one is of no use from now on."""
        fresh = type(self).objects.select_for_update().get(pk=self.pk)
        changed(self, token=new_token(), renewals=fresh.renewals + 1)
        Event.record("seat.renewed", self, by=by)

    def hear(self) -> None:
        """The member's phone is open."""
        changed(self, heard_at=now())

    # Impartiality, said before the day or when the team comes up

    def can_declare(self, pitch: "Pitch", answer: str, ground: str = "") -> Answer:
        if pitch.day_id != self.day_id or pitch.dropped_at:
            return No("")
        return Declaration.can_declare(pitch.idea, self.person, answer, ground)

    @transaction.atomic
    def declare(self, pitch: "Pitch", answer: str, *, ground: str = "", relation: str = "") -> None:
        """The member's word on their ties. One who is barred, or in doubt, no longer reads about the idea as panel."""
        ensure(self.can_declare(pitch, answer, ground))
        Declaration.declare(pitch.idea, answer, ground=ground, relation=relation, by=self.person)
        held = pitch.idea.parts.in_force().filter(person=self.person, kind=Part.Kind.PANEL)
        if answer == Declaration.Answer.NONE:
            Part.give(pitch.idea, self.person, Part.Kind.PANEL, by=self.person)
        for part in held if answer != Declaration.Answer.NONE else []:
            part.end(by=self.person)


def standing(idea: str | int, person: int | OuterRef) -> dict[str, Any]:
    """Annotations: how a person stands to an idea as a panel member. Each is a key, or `idea` a column's name."""
    about = {"idea": OuterRef(idea) if isinstance(idea, str) else idea, "person": person}
    barred = Disqualification.objects.in_force().filter(**about)
    belongs = Part.objects.in_force().filter(**about, kind__in=Part.BELONGS)
    said = Declaration.objects.filter(**about)
    return {
        "is_barred": ExpressionWrapper(Q(Exists(barred)) | Q(Exists(belongs)), BooleanField()),
        "is_in_doubt": Exists(said.unsettled()),
        "is_declared": Exists(said.filter(Q(answer=Declaration.Answer.NONE) | ~Q(settled_as=""))),
    }
