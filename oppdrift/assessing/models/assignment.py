"""Who reads what: first they say whether they may, then they are asked to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.ideas.models import Disqualification
from oppdrift.toolbox.clock import MomentField


class Declaration(models.Model):
    """An assessor's word on their impartiality towards one idea, given before any text is read."""

    class Answer(models.TextChoices):
        NONE = "none", pgettext_lazy("impartiality", "No ties")
        DISQUALIFIED = "disqualified", pgettext_lazy("impartiality", "Disqualified")
        UNSURE = "unsure", pgettext_lazy("impartiality", "Unsure")

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="declarations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="declarations")
    answer = models.CharField(_("answer"), max_length=12, choices=Answer)
    ground = models.CharField(_("ground"), max_length=10, choices=Disqualification.Ground, blank=True)
    relation = models.CharField(_("what it is about"), max_length=300, blank=True)  # read by oneself and the settler
    declared_at = MomentField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["declared_at"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "person"], name="one_declaration_per_person_and_idea"),
            models.CheckConstraint(
                condition=~models.Q(answer="disqualified") | ~models.Q(ground=""), name="a_disqualified_person_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.idea}: {self.get_answer_display()}"

    @property
    def record(self):
        return self.idea


class Assignment(models.Model):
    """An application given to an assessor. Taken away: ended, not erased."""

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="assignments")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = MomentField()
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["application__number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"], condition=models.Q(ended_at=None), name="assigned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.assessor}"

    @property
    def record(self):
        return self.application.idea
