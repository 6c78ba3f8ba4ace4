"""What was decided, as a document that is kept: numbered, and never overwritten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import File
from oppdrift.rounds.models import Round
from oppdrift.toolbox.clock import MomentField

from .sitting import Sitting, rounds_read_whole


class ProtocolQuerySet(models.QuerySet["Protocol"]):
    def seen_by(self, person) -> "ProtocolQuerySet":
        """By those who decided or confirmed, and are not barred from any of what stands in it."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(sitting__round__in=rounds_read_whole(person))


class Protocol(models.Model):
    """A correction is a new number beside the old. The document is a private file with its fingerprint."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="protocols")
    number = models.PositiveSmallIntegerField()
    correction = models.CharField(_("what is corrected"), max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = MomentField()

    objects = ProtocolQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["sitting", "number"], name="protocols_are_numbered")]

    def __str__(self) -> str:
        return f"{self.sitting}, {self.number}"

    @property
    def record(self) -> Round:
        return self.sitting.round

    @property
    def file(self) -> File | None:
        return File.objects.of(self).first()
