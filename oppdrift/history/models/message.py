"""A message: every mail is a row before it is a mail, and the row is the queue."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.kinds import name_of
from oppdrift.history.troubles import in_words
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

from .event import Event
from .outbox import MessageQuerySet

# Kinds that nobody reads before they go: answers to what a person just did.
AUTOMATIC = frozenset(
    {
        "receipt",
        "late_refused",
        "signup_confirmed",
        "waiting_list",
        "promoted",
        "endorsement_request",
        "team_invitation",
        "rehearsal_booked",
        "rehearsal_given_back",
        "benefit_owner",
        "copy_confirm",
        "copy_asked",
    }
)


def new_message_id() -> str:
    """The Message-ID header, kept through every attempt, so that a mail sent twice shows as one."""
    host = settings.BASE_URL.split("://")[-1].split("/")[0].split(":")[0]
    return f"<{uuid.uuid4().hex}@{host or 'localhost'}>"


class Message(models.Model):
    """One mail to one address. `key` is unique, so that the same letter or reminder is never written twice.

    `root` is the round whose lead handles it (none: the program's own mail, such as sign-in codes); `thing` is what it
    is about, the idea where there is one, so that impartiality holds in the outbox too. `leaves_with` is what a letter
    waits for, whatever its state: nobody lets it go before that is told.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a message", "Waits to be read")
        HELD = "held", pgettext_lazy("a message", "Held back")
        QUEUED = "queued", pgettext_lazy("a message", "On its way")
        SENT = "sent", pgettext_lazy("a message", "Sent")
        FAILED = "failed", pgettext_lazy("a message", "Not delivered")
        DISCARDED = "discarded", pgettext_lazy("a message", "Discarded")

    class LeavesWith(models.TextChoices):
        SHORTLIST = "shortlist", _("It leaves when the shortlist is released.")
        DECISION = "decision", _("It leaves when the decision is released.")

    BEGINS = (State.DRAFT, State.QUEUED)
    MOVES = {  # verb: states before, states after; the last two are the sender's
        "hold": ((State.DRAFT,), (State.HELD,)),
        "put_back": ((State.HELD,), (State.DRAFT,)),
        "let_go": ((State.DRAFT, State.HELD), (State.QUEUED,)),
        "take_back": ((State.QUEUED,), (State.DRAFT,)),
        "try_again": ((State.FAILED,), (State.QUEUED,)),
        "discard": ((State.DRAFT, State.HELD, State.FAILED), (State.DISCARDED,)),
        "sent": ((State.QUEUED,), (State.SENT,)),
        "failed": ((State.QUEUED,), (State.FAILED,)),
    }

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
    leaves_with = models.CharField(max_length=20, choices=LeavesWith, blank=True)
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
            ),
            models.CheckConstraint(
                condition=models.Q(leaves_with="") | models.Q(state__in=["draft", "held", "discarded"]),
                name="a_bound_letter_has_not_left",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"

    @property
    def record(self) -> Any:
        """The round: what happens to a letter is told there, and never to the team before the letter is."""
        return self.root or self

    @property
    def is_automatic(self) -> bool:
        """Sent by the program itself; a letter that a person read and let go is theirs."""
        return self.private or self.kind in AUTOMATIC

    @property
    def kind_name(self) -> str:
        return name_of(self.kind)

    @property
    def status(self) -> str:
        """Its state among the statuses of the look."""
        return {"held": "closed", "queued": "waiting", "discarded": "cancelled"}.get(self.state, self.state)

    @property
    def error_in_words(self) -> str:
        """Why it was not delivered, in the reader's language."""
        return in_words(self.error)

    # What may happen to it

    def can_edit(self) -> Answer:
        if self.state == self.State.QUEUED:
            return No(_("It is on its way. Take it back first, then change it."))
        return self._is_in(self.State.DRAFT, self.State.HELD, self.State.FAILED)

    def can_hold(self) -> Answer:
        return self._can_move("hold")

    def can_put_back(self) -> Answer:
        return self._can_move("put_back")

    def can_let_go(self) -> Answer:
        if not (answer := self._can_move("let_go")):
            return answer
        return No(self.get_leaves_with_display()) if self.leaves_with else True

    def can_take_back(self) -> Answer:
        if self.state == self.State.QUEUED and self.leased_until and self.leased_until > now():
            return No(_("The letter is being sent at this very moment."))
        return self._can_move("take_back")

    def can_try_again(self) -> Answer:
        return self._can_move("try_again")

    def can_discard(self) -> Answer:
        return self._can_move("discard")

    def _can_move(self, verb: str) -> Answer:
        return self._is_in(*self.MOVES[verb][0])

    def _is_in(self, *states: str) -> Answer:
        """True in these states, else a sentence about the state it is in."""
        return True if self.state in states else No(WHERE_IT_IS[self.State(self.state)])

    @transaction.atomic
    def edit(self, *, subject: str, body: str, address: str = "", by) -> None:
        """Change what it says and, perhaps, to which address. Raises NotNow if `can_edit` says no."""
        self._lock()
        ensure(self.can_edit())
        self.subject, self.body = " ".join(subject.split()), body.replace("\r\n", "\n")
        self.address = address or self.address
        self.save(update_fields=["subject", "body", "address"])
        Event.record("message.edited", self, by=by)

    def hold(self, *, by) -> None:
        """Keep it back when the others are let go."""
        self._move("hold", "held", by)

    def put_back(self, *, by) -> None:
        """Held back no longer: it waits with the others."""
        self._move("put_back", "put_back", by)

    def let_go(self, *, by) -> None:
        """Put it in the queue; the sender takes it when its time has come."""
        self._move("let_go", "let_go", by, released_by=by, attempts=0, error="")

    def take_back(self, *, by) -> None:
        """Out of the queue again, to be read once more."""
        self._move("take_back", "taken_back", by, released_by=None, leased_until=None)

    @transaction.atomic
    def try_again(self, *, by) -> None:
        """Back in the queue, to the address the receiver has now."""
        if self.receiver and self.receiver.email:
            changed(self, address=self.receiver.email)
        self._move("try_again", "tried_again", by, due_at=now(), attempts=0, error="")

    def discard(self, *, by) -> None:
        """Never send it. The row stays, so that its key is not written again."""
        self._move("discard", "discarded", by)

    @transaction.atomic
    def _move(self, verb: str, remembered_as: str, by, **fields: Any) -> None:
        self._lock()
        ensure(getattr(self, f"can_{verb}")())
        changed(self, state=self.MOVES[verb][1][0], **fields)
        Event.record(f"message.{remembered_as}", self, by=by)

    def _lock(self) -> None:
        """Read the row again and hold it, so that a sender and a person never act on it at once."""
        self.refresh_from_db(from_queryset=Message.objects.select_for_update(of=("self",)))


WHERE_IT_IS = {
    Message.State.DRAFT: _("The letter waits to be read."),
    Message.State.HELD: _("The letter is held back."),
    Message.State.QUEUED: _("The letter is on its way already."),
    Message.State.SENT: _("The letter is sent already."),
    Message.State.FAILED: _("The letter was not delivered."),
    Message.State.DISCARDED: _("The letter is discarded."),
}
