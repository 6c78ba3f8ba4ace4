"""The outbox, many messages at once: which of them are meant, and what is done to all of those."""

from typing import TYPE_CHECKING

from django.db import models, transaction

from oppdrift.toolbox.clock import now
from oppdrift.toolbox.models import changed, pointer_to

if TYPE_CHECKING:
    from .message import Message  # noqa: F401


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
        return self.filter(state__in=[self.model.State.DRAFT, self.model.State.HELD])

    def bound(self) -> "MessageQuerySet":
        """They wait for something to be told, and leave with that."""
        return self.exclude(leaves_with="")

    def free(self) -> "MessageQuerySet":
        """They leave as soon as somebody lets them go."""
        return self.filter(leaves_with="")

    def due(self) -> "MessageQuerySet":
        """Let go, its time has come, and no sender holds it."""
        return self.filter(state=self.model.State.QUEUED, due_at__lte=now()).unleased()

    def unleased(self) -> "MessageQuerySet":
        return self.filter(models.Q(leased_until=None) | models.Q(leased_until__lt=now()))

    @transaction.atomic
    def let_go(self, *, by, held: bool = False) -> int:
        """Let go those of these that wait to be read; those held back only when asked. Returns how many.

        Letters that leave with something else are passed over.
        """
        waiting = self.waiting() if held else self.filter(state=self.model.State.DRAFT)
        messages = list(waiting.free().select_for_update(of=("self",)).order_by("pk"))
        for message in messages:
            message.let_go(by=by)
        return len(messages)

    @transaction.atomic
    def forget(self) -> None:
        """Take out whom these were to and what they said, at the wish of whoever they are about; what has not left is
        discarded. The rows stay, so that no letter is written again."""
        kept = list(self.select_for_update(of=("self",)).values_list("pk", "state"))
        rows = self.model.objects.filter(pk__in=[pk for pk, _state in kept])
        rows.update(receiver=None, address="", reply_to="", subject="", body="", calendar="", error="")
        rows.exclude(state=self.model.State.SENT).update(state=self.model.State.DISCARDED, leased_until=None)

    @transaction.atomic
    def unbind(self, *, by) -> int:
        """What these waited for is told now: they leave, but those held back, which may leave from now on.

        Returns how many leave.
        """
        bound = list(self.waiting().bound().select_for_update(of=("self",)).order_by("pk"))
        for message in bound:
            changed(message, leaves_with="")
        return self.model.objects.filter(pk__in=[message.pk for message in bound]).let_go(by=by)
