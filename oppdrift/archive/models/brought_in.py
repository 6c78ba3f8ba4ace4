"""Which row of which file became, or was the same as, which idea."""

from django.db import models


class BroughtIn(models.Model):
    """A name under which an idea stands in a file. Key: unit and title, folded, so that a repeat doubles nothing.

    The first one of an idea is the row it was made from; further ones are other spellings that somebody said are it.
    """

    batch = models.ForeignKey("archive.Batch", models.PROTECT, related_name="brought_in")
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="+")
    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="+")
    key = models.CharField(max_length=400)
    row = models.PositiveIntegerField()  # line in the file, from 1
    raw = models.JSONField(default=dict)  # column letter: what stood there

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="a_row_is_brought_in_once")]

    def __str__(self) -> str:
        return self.key
