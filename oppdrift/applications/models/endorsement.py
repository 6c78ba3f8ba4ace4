"""The leader's backing, asked for by mail and answered without an account."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import MomentField


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Endorsement(models.Model):
    """A question to one leader. The newest of an application that is not taken back is the one that counts."""

    class Answer(models.TextChoices):
        SUPPORTS = "supports", _("Supports it")
        IF = "supports_if", _("Supports it, if …")
        NOT_NOW = "not_now", _("Not now")

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="endorsements")
    name = models.CharField(_("the leader's name"), max_length=200)
    address = models.EmailField(_("the leader's mail address"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = MomentField()
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours for the team in the year"), null=True, blank=True)
    words = models.TextField(_("in the leader's own words"), blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(taken_back_at=None), name="one_leader_is_asked_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="") | models.Q(answered_at__isnull=False), name="an_endorsement_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.application}"

    @property
    def record(self):
        return self.application.idea
