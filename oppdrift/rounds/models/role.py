"""Who does what in a round, and how many hours they have for it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.once import is_remembered, once
from oppdrift.toolbox.prepared import prepared

if TYPE_CHECKING:
    from oppdrift.people.models import Person


class RoleQuerySet(models.QuerySet["Role"]):
    def in_force(self) -> "RoleQuerySet":
        """Given, not ended, and held by somebody who has not left."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=now()), person__is_active=True)


@once
def roles_held_by(person: "Person") -> list["Role"]:
    """The person's roles in force, with their rounds."""
    return _roles_of(person)


@prepared
def _roles_of(person: "Person") -> "models.QuerySet[Role]":
    return Role.objects.in_force().filter(person=person).select_related("round")


def rounds_held_by(person: "Person", kinds: list[str]) -> "list[int] | models.QuerySet":
    """Keys of the rounds in which the person has such a role, for use within a statement."""
    if is_remembered():
        return list({role.round_id for role in roles_held_by(person) if role.kind in kinds})
    return Role.objects.in_force().filter(person=person, kind__in=kinds).values("round")


class Role(models.Model):
    """A person's task in a round, from `since` until, perhaps, `until`. Never erased: ended."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("Programme lead")
        SUBSTITUTE = "substitute", _("Substitute lead")
        ASSESSOR = "assessor", _("Assessor")
        PANEL = "panel", _("Panel member")
        COACH = "coach", _("Coach")

    RUNS = (Kind.LEAD, Kind.SUBSTITUTE)
    # A role that only makes sense in a round that uses this stage.
    STAGE_OF = {Kind.ASSESSOR: "assessing", Kind.PANEL: "pitching", Kind.COACH: "projects"}

    round = models.ForeignKey("rounds.Round", models.CASCADE, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="roles")
    kind = models.CharField(_("role"), max_length=12, choices=Kind)
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = MomentField()
    until = models.DateTimeField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "person__name_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person", "kind"], condition=models.Q(until=None), name="a_role_is_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"

    @property
    def record(self):
        return self.round

    def can_end(self) -> Answer:
        if self.until and self.until <= now():
            return No(gettext("The role has ended already."))
        others = self.round.roles.in_force().filter(kind=Role.Kind.LEAD).exclude(pk=self.pk)
        if self.kind == Role.Kind.LEAD and not others.exists():
            return No(gettext("Somebody must lead the round. Name another programme lead first."))
        return True

    @transaction.atomic
    def end(self, *, by: "Person") -> None:
        """From now on they do not have it; what they did in it stays."""
        self.round.take_lock()
        self.refresh_from_db()
        ensure(self.can_end())
        changed(self, until=now())
        Event.record(f"role.{self.kind}_ended", self, by=by)

    @transaction.atomic
    def give_hours(self, hours: int | None, *, by: "Person") -> None:
        """How many hours they have for it in the round; none: not agreed."""
        changed(self, hours=hours)
        Event.record("role.hours_changed", self, by=by, hours=hours)
