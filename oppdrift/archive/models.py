"""Earlier rounds as they were brought in from a spreadsheet."""

from django.conf import settings
from django.db import models

from oppdrift.toolbox.clock import MomentField


class Batch(models.Model):
    """One file read into one round: previewed, then confirmed."""

    name = models.CharField(max_length=200)  # of the round
    year = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)  # as read: what will be done when confirmed
    columns = models.JSONField(default=dict)
    stated_total = models.PositiveIntegerField(null=True)  # kroner, given by hand
    round = models.ForeignKey("rounds.Round", models.SET_NULL, null=True, related_name="+")
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    read_at = MomentField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-read_at"]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.name}"


class BroughtIn(models.Model):
    """A row of a batch and the idea it became. Key: unit and title, folded, so that a repeated import doubles nothing."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="brought_in")
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="+")
    idea = models.OneToOneField("ideas.Idea", models.CASCADE, related_name="+")
    key = models.CharField(max_length=400)
    row = models.PositiveIntegerField()  # line in the file, from 1
    raw = models.JSONField(default=dict)

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="a_row_is_brought_in_once")]

    def __str__(self) -> str:
        return self.key
