"""Which columns somebody chose by hand, so that a file with the same headers is read the same way next time."""

from django.conf import settings
from django.db import models

from oppdrift.archive.sheets.remembering import fingerprint
from oppdrift.people.models import Person
from oppdrift.toolbox.clock import MomentField, now


class ColumnChoice(models.Model):
    """Of one row of headers: where each field stands, counted from 0."""

    headers = models.CharField(max_length=64, unique=True)  # a fingerprint of their texts
    places = models.JSONField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    chosen_at = MomentField()

    class Meta:
        ordering = ["-chosen_at"]

    def __str__(self) -> str:
        return self.headers

    @classmethod
    def remember(cls, headers: list[str], places: dict[str, int], *, by: Person) -> None:
        """Chosen again for the same headers, the last choice stands."""
        if print_of := fingerprint(headers):
            values = {"places": places, "chosen_by": by, "chosen_at": now()}
            cls.objects.update_or_create(headers=print_of, defaults=values)

    @classmethod
    def known(cls) -> dict[str, dict[str, int]]:
        return dict(cls.objects.values_list("headers", "places"))
