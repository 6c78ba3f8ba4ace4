"""The outbox: every mail is a row before it is a mail, and the row is the queue."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import pointer_to


def new_message_id() -> str:
    """The Message-ID header, kept through every attempt, so that a mail sent twice shows as one."""
    host = settings.BASE_URL.split("://")[-1].split("/")[0].split(":")[0]
    return f"<{uuid.uuid4().hex}@{host or 'localhost'}>"


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, root: models.Model) -> "MessageQuerySet":
        """Messages that belong to this round."""
        kind, key = pointer_to(root)
        return self.filter(root_type=kind, root_id=key)

    def about(self, thing: models.Model) -> "MessageQuerySet":
        kind, key = pointer_to(thing)
        return self.filter(thing_type=kind, thing_id=key)

    def waiting(self) -> "MessageQuerySet":
        """Written, not yet let go by a person."""
        return self.filter(state__in=[Message.State.DRAFT, Message.State.HELD])

    def due(self) -> "MessageQuerySet":
        """Let go, its time has come, and no sender holds it."""
        return self.filter(state=Message.State.QUEUED, due_at__lte=now()).filter(
            models.Q(leased_until=None) | models.Q(leased_until__lt=now())
        )


class Message(models.Model):
    """One mail to one address. `key` is unique, so that the same letter or reminder is never written twice.

    `root` is the round whose lead handles it (none: the program's own mail, such as sign-in codes); `thing` is what it
    is about, the idea where there is one, so that impartiality holds in the outbox too.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a message", "Waits to be read")
        HELD = "held", pgettext_lazy("a message", "Held back")
        QUEUED = "queued", pgettext_lazy("a message", "On its way")
        SENT = "sent", pgettext_lazy("a message", "Sent")
        FAILED = "failed", pgettext_lazy("a message", "Not delivered")
        DISCARDED = "discarded", pgettext_lazy("a message", "Discarded")

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    address = models.EmailField(_("to"))
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nb")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    reply_to = models.EmailField(blank=True)
    calendar = models.TextField(blank=True)  # an .ics file that goes along
    calendar_method = models.CharField(max_length=10, blank=True)
    private = models.BooleanField(default=False)  # a sign-in code: nobody but the receiver reads it
    root_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    root_id = models.BigIntegerField(null=True)
    root = GenericForeignKey("root_type", "root_id")
    thing_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    thing_id = models.BigIntegerField(null=True)
    thing = GenericForeignKey("thing_type", "thing_id")
    written_at = MomentField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField(default=now)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, default=new_message_id, editable=False)
    error = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="messages_due"),
            models.Index(fields=["root_type", "root_id", "state"], name="messages_of_a_round"),
            models.Index(fields=["thing_type", "thing_id"], name="messages_about_a_thing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="a_sent_message_says_when"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"

    @property
    def record(self) -> Any:
        return self.thing or self.root or self
