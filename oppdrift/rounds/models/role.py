"""Who does what in a round, and how many hours they have for it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import MomentField, now


class RoleQuerySet(models.QuerySet["Role"]):
    def in_force(self) -> "RoleQuerySet":
        return self.filter(models.Q(until=None) | models.Q(until__gt=now()))


class Role(models.Model):
    """A person's task in a round, from `since` until, perhaps, `until`. Never erased: ended."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("Programme lead")
        SUBSTITUTE = "substitute", _("Substitute lead")
        ASSESSOR = "assessor", _("Assessor")
        PANEL = "panel", _("Panel member")
        COACH = "coach", _("Coach")

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
