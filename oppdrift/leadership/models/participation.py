"""Who takes part in the leadership programme: the leader and enthusiasts of a unit, in one round."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Event
from oppdrift.leadership import telling
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Round, Stage
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def in_force(self) -> "ParticipationQuerySet":
        return self.filter(models.Q(until=None) | models.Q(until__gt=now()), person__is_active=True)

    def of(self, person) -> "ParticipationQuerySet":
        return self.filter(person=person)

    def in_round(self, round: Round) -> "ParticipationQuerySet":
        return self.filter(round=round)

    def alive(self) -> "ParticipationQuerySet":
        """In rounds that go on and use the programme."""
        return self.filter(round__in=Round.objects.alive(), round__stages__icontains=f'"{Stage.LEADERSHIP}"')

    def seen_by(self, person) -> "ParticipationQuerySet":
        """One's own and those of one's unit in the same round; all of the rounds one runs."""
        if not person.is_authenticated:
            return self.none()
        own = (
            Participation.objects.in_force()
            .of(person)
            .filter(round=models.OuterRef("round"), unit=models.OuterRef("unit"))
        )
        return self.filter(models.Exists(own) | models.Q(round__in=Round.objects.run_by(person)))


class Participation(models.Model):
    """One person's part, from being invited until, perhaps, they step out. Never erased: ended."""

    class Kind(models.TextChoices):
        LEADER = "leader", pgettext_lazy("in the leadership programme", "Leader")
        ENTHUSIAST = "enthusiast", pgettext_lazy("in the leadership programme", "Enthusiast")

    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(_("takes part as"), max_length=10, choices=Kind)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = MomentField()
    until = models.DateTimeField(null=True, editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["unit__name_key", "-kind", "person__name_key"]  # the leader first
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"], condition=models.Q(until=None), name="one_takes_part_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.unit}"

    @property
    def record(self) -> Round:
        return self.round

    @property
    def is_in_force(self) -> bool:
        return self.until is None or self.until > now()

    @classmethod
    def can_invite(cls, round: Round, person: Person | None = None) -> Answer:
        if not round.uses(Stage.LEADERSHIP):
            return No(_("This round has no leadership programme."))
        if round.closed_at:
            return No(_("The round is closed."))
        if person and not person.is_active:
            return No(_("%(name)s has left, and cannot be invited.") % {"name": person.name})
        if person and cls.objects.in_force().filter(round=round, person=person).exists():
            return No(_("%(name)s takes part already.") % {"name": person.name})
        return True

    @classmethod
    @transaction.atomic
    def invite(cls, round: Round, unit: Unit, person: Person, kind: str, *, by: Person) -> "Participation":
        """Let somebody take part, with or without a project, and ask them to the modules ahead. The letter waits in the
        outbox."""
        round.take_lock()
        ensure(cls.can_invite(round, person))
        made = cls.objects.create(round=round, unit=unit, person=person, kind=cls.Kind(kind).value, invited_by=by)
        if not person.has_taken_part:
            changed(person, has_taken_part=True)
        Event.record("participation.begun", made, by=by, kind=made.kind)
        for module in modules_of(round).on().coming_up():
            module.invite(person, by=by)
        telling.of_invitation(made, by=by)
        return made

    def can_end(self) -> Answer:
        return True if self.is_in_force else No(_("They take part no longer."))

    @transaction.atomic
    def end(self, *, by: Person) -> None:
        """They take part no longer; what they have been through stays."""
        ensure(self.can_end())
        changed(self, until=now())
        Event.record("participation.ended", self, by=by)


def modules_of(round: Round):
    """The round's modules, by their time."""
    return Gathering.objects.filter(round=round, kind=Gathering.Kind.LUP_MODULE).select_related("appointment")


@transaction.atomic
def invite_to(module: Gathering, *, by: Person) -> int:
    """Ask everybody who takes part and is not asked yet; their letters wait in the outbox. How many they are."""
    asked = module.invitations.values("person")
    missing = Participation.objects.in_force().in_round(module.round).exclude(person__in=asked).select_related("person")
    people = [row.person for row in missing]
    for person in people:
        module.invite(person, by=by, letter=True)
    return len(people)
