"""What the team has written so far, and what lies beside it."""

from django.db import models

from oppdrift.toolbox.writing import Beside, Written


class Answer(Written):
    """The current text of one question."""

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="answers")
    question = models.SlugField(max_length=40)  # Question.key, which outlives editions

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["application", "question"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"{self.question}: {self.text[:40]}"


class SideText(Beside):
    """What somebody wrote in the same answer at the same time."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="side_texts")
