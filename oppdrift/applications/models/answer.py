"""What the team has written so far. Every save says what it was based on, so that nobody's text is lost."""

from django.conf import settings
from django.db import models

from oppdrift.toolbox.clock import MomentField


class Answer(models.Model):
    """The current text of one question. `revision` rises with every save."""

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="answers")
    question = models.SlugField(max_length=40)  # Question.key, which outlives editions
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = MomentField()
    window = models.CharField(max_length=24, blank=True, editable=False)  # the browser window that saved it

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["application", "question"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"{self.question}: {self.text[:40]}"


class SideTextQuerySet(models.QuerySet["SideText"]):
    def open(self) -> "SideTextQuerySet":
        """Not settled: somebody must look at both."""
        return self.filter(settled_at=None)


class SideText(models.Model):
    """The text of somebody who wrote in the same field at the same time: kept beside the answer until one is chosen."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="side_texts")
    text = models.TextField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = MomentField()
    settled_at = models.DateTimeField(null=True)

    objects = SideTextQuerySet.as_manager()

    class Meta:
        ordering = ["saved_at", "id"]

    def __str__(self) -> str:
        return self.text[:40]
