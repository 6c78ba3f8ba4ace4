"""One change for all who get the same letter: what is each receiver's own in it stays theirs."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db import transaction

from oppdrift.history.models import Message
from oppdrift.history.models.outbox import MessageQuerySet


def alike(message: Message, among: MessageQuerySet) -> MessageQuerySet:
    """The same letter to others, of these, that can still be changed."""
    same = {name: getattr(message, name) for name in ("kind", "root_type", "root_id", "thing_type", "thing_id")}
    waits = [Message.State.DRAFT, Message.State.HELD]
    return among.filter(state__in=waits, leaves_with=message.leaves_with, **same).exclude(pk=message.pk)


@transaction.atomic
def edit_all(message: Message, others: Iterable[Message], *, subject: str, body: str, by) -> list[Message]:
    """Change it, and these in the same way. Returns those that could not be: they say something else, or have left."""
    before = (message.subject, message.body)
    message.edit(subject=subject, body=body, by=by)
    left = []
    for other in others:
        other.refresh_from_db(from_queryset=Message.objects.select_for_update(of=("self",)))
        names = called(message), called(other)
        new_subject = carried(before[0], message.subject, other.subject, *names)
        new_body = carried(before[1], message.body, other.body, *names)
        if new_subject is None or new_body is None or other.language != message.language or not other.can_edit():
            left.append(other)
        elif (new_subject, new_body) != (other.subject, other.body):
            other.edit(subject=new_subject, body=new_body, by=by)
    return left


def called(message: Message) -> str:
    return message.receiver.name if message.receiver else ""


def carried(before: str, after: str, other: str, name: str, other_name: str) -> str | None:
    """What `other`, which was `before` but for the receiver's name, says when that has become `after`.

    None when they differed in more than the name.
    """
    if before == after:
        return other
    old, new, theirs = before.split("\n"), after.split("\n"), other.split("\n")
    own = {place for place, pair in enumerate(zip(old, theirs, strict=False)) if pair[0] != pair[1]}
    if len(old) != len(theirs) or (own and not (name and other_name)):
        return None
    if any(old[place].replace(name, other_name) != theirs[place] for place in own):
        return None
    lines: list[str] = []
    for verb, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            lines += theirs[start:end]
        else:
            is_own = bool(own & set(range(start, end)))
            lines += [line.replace(name, other_name) if is_own else line for line in new[new_start:new_end]]
    return "\n".join(lines)
