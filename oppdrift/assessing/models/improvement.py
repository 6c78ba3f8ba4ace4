"""Unclear but promising: what is unclear, the invitation, and until when a clearer version may come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import MomentField


class Improvement(models.Model):
    """The lead's verdict "unclear" on one application, with what the team is asked, gathered from the assessors."""

    application = models.OneToOneField("applications.Application", models.CASCADE, related_name="improvement")
    gathering = models.ForeignKey("gatherings.Gathering", models.SET_NULL, null=True, blank=True, related_name="+")
    unclear = models.TextField(_("what is unclear"))
    until = models.DateTimeField(_("a new version may come until"))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(null=True, editable=False)  # none: being prepared
    made_at = MomentField()

    class Meta:
        ordering = ["application__number"]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def record(self):
        return self.application.idea
