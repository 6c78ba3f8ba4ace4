"""The sender: takes what is due out of the outbox, one mail at a time, and sends it.

Each mail is leased in one short transaction, sent outside any, and marked in another. Who is killed in between leaves a
lease that runs out; the next sender sends that mail again, with the same Message-ID. Any number of senders may run.
"""

import datetime as dt
import logging
import threading
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError, close_old_connections, connection, models, transaction

from oppdrift.history.mails import mail_of
from oppdrift.history.models import Event, Message
from oppdrift.history.troubles import Trouble, check_address, trouble_of
from oppdrift.toolbox.clock import now

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)  # longer than any mail takes: EMAIL_TIMEOUT is half a minute an answer
PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 240)]
ATTEMPTS = len(PAUSES) + 1


def run(stop: threading.Event, *, lease: dt.timedelta = LEASE, poll: float = 1.0) -> None:
    """Send what is due until `stop` is set. Trouble with the database or the mail server is waited out."""
    sender = Sender(lease=lease)
    while not stop.is_set():
        try:
            close_old_connections()
            sent_any = sender.send_next()
        except OperationalError as error:
            log.warning("The outbox waits for the database: %s", error)
            sent_any = False
        if not sent_any:
            sender.hang_up()
            stop.wait(max(poll, sender.rest))
    sender.hang_up()
    connection.close()


def send_all() -> int:
    """Send everything that is due now and return how many rows were taken; for tests and for the command line."""
    sender, taken = Sender(), 0
    while sender.send_next():
        taken += 1
    sender.hang_up()
    return taken


@dataclass
class Sender:
    """One sender with one line to the mail server, kept open while there is something to send."""

    lease: dt.timedelta = LEASE
    rest: float = 0.0  # seconds to wait after the mail server did not answer; grows
    _line: BaseEmailBackend | None = field(default=None, repr=False)

    def send_next(self) -> bool:
        """Take the next due mail and send it. False when there is none or the mail server should have a rest."""
        message = lease_next(self.lease)
        if message is None:
            return False
        try:
            check_address(message.address)
            self._send(message)
        except Exception as error:
            trouble = trouble_of(error)
            if trouble.code == "program":
                log.exception("Message %s could not be sent", message.pk)
            self.hang_up()
            put_back(message, trouble)
            if trouble.code in ("unreachable", "sign_in"):
                self.rest = min(60.0, max(2.0, self.rest * 2))
                return False
            return True
        self.rest = 0.0
        mark_sent(message)
        return True

    def _send(self, message: Message) -> None:
        mail = mail_of(message)
        if self._line is None:
            self._line = get_connection()
            self._line.open()
        mail.connection = self._line
        if not mail.send():
            raise Trouble("program", "not sent")

    def hang_up(self) -> None:
        if self._line is not None:
            try:
                self._line.close()
            except OSError:
                log.info("The mail server had hung up already.")
            self._line = None


def lease_next(lease: dt.timedelta = LEASE) -> Message | None:
    """The next due mail, ours alone until the lease runs out; None when nothing is due.

    One conditional UPDATE decides who gets it, on any database: whoever comes second changes no row and looks again.
    """
    while True:
        key = Message.objects.due().order_by("due_at", "pk").values_list("pk", flat=True).first()
        if key is None:
            return None
        until = now() + lease
        if Message.objects.due().filter(pk=key).update(leased_until=until, attempts=models.F("attempts") + 1):
            return Message.objects.get(pk=key)


def mark_sent(message: Message) -> None:
    """Done. A sign-in code is of no use any more, so nobody shall read it."""
    fields = {"state": Message.State.SENT, "sent_at": now(), "leased_until": None, "error": ""}
    if message.private and not settings.DEMO:
        fields["body"] = ""
    Message.objects.filter(pk=message.pk).update(**fields)


@transaction.atomic
def put_back(message: Message, trouble: Trouble) -> None:
    """Later again, with growing pauses; after the last attempt, or when it is no use, failed with the reason."""
    ours = Message.objects.filter(pk=message.pk, state=Message.State.QUEUED)
    if not trouble.for_good and message.attempts < ATTEMPTS:
        pause = PAUSES[message.attempts - 1]
        ours.update(due_at=now() + pause, leased_until=None, error=trouble.kept)
        return
    if ours.update(state=Message.State.FAILED, leased_until=None, error=trouble.kept):
        Event.record("message.failed", message, by=None)
