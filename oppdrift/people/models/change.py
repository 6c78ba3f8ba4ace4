"""What was done to people and units. This room stands before the history of ideas and rounds, so it keeps its own."""

from django.conf import settings
from django.db import models

from oppdrift.people.events import sentence_of
from oppdrift.toolbox.clock import MomentField


class Change(models.Model):
    """One change of a person's or a unit's row: verb and small values, never a person's name or free text.

    The sentence is made when read, from `events.py`, in the reader's language.
    """

    verb = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="changes")
    unit = models.ForeignKey("people.Unit", models.CASCADE, null=True, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = MomentField()
    data = models.JSONField(default=dict)
    old_name = models.CharField(max_length=200, blank=True)  # of a unit that was renamed
    old_fold = models.CharField(max_length=250, blank=True, editable=False, db_index=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None, unit__isnull=False) | models.Q(person__isnull=False, unit=None),
                name="a_change_is_of_a_person_or_a_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    @property
    def words(self) -> str:
        """The sentence, in the reader's language."""
        return sentence_of(self)
