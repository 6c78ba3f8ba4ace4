"""An idea that applies for money: a draft the team writes together, handed in before the deadline."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.ideas.models import Idea
from oppdrift.toolbox.clock import MomentField


class ApplicationQuerySet(models.QuerySet["Application"]):
    def seen_by(self, person) -> "ApplicationQuerySet":
        """Those of ideas close to the person: own, led or judged. Answers of a draft: see `policies.may_read`."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(idea__in=Idea.objects.close_to(person))

    def in_round(self, round) -> "ApplicationQuerySet":
        return self.filter(round=round)

    def handed_in(self) -> "ApplicationQuerySet":
        return self.filter(state=Application.State.SUBMITTED)


class Application(models.Model):
    """What is asked of whom and when stands on the round and its edition; what was answered in `Answer`s while a draft,
    and in numbered `Version`s once handed in: what was read is what was sent."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("an application", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("an application", "Handed in")
        WITHDRAWN = "withdrawn", pgettext_lazy("an application", "Withdrawn")

    idea = models.OneToOneField("ideas.Idea", models.PROTECT, related_name="application")
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="applications")
    edition = models.ForeignKey("rounds.Edition", models.PROTECT, related_name="+")  # a draft follows the newest
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    number = models.PositiveIntegerField(null=True, editable=False)  # in the round, by order of handing in
    amount = models.PositiveIntegerField(_("amount applied for"), null=True, editable=False)  # kroner, newest version
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    begun_at = MomentField()
    submitted_at = models.DateTimeField(null=True, editable=False)  # first time
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    extended_to = models.DateTimeField(_("extended deadline"), null=True, blank=True)
    extension_reason = models.CharField(_("reason for the extension"), max_length=300, blank=True)
    improve_until = models.DateTimeField(null=True, editable=False)  # a revised version may be handed in until then

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["number", "begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"], condition=models.Q(number__isnull=False), name="one_application_per_number"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(submitted_at__isnull=False, number__isnull=False),
                name="a_submitted_application_has_time_and_number",
            ),
            models.CheckConstraint(
                condition=models.Q(extended_to=None) | ~models.Q(extension_reason=""),
                name="an_extension_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.idea.title

    @property
    def record(self):
        return self.idea

    @property
    def deadline(self) -> dt.datetime | None:
        """Its own extension, or the round's."""
        return self.extended_to or self.round.deadline

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.pk])
