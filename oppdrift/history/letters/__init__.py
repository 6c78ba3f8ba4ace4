"""Writing letters into the outbox.

    letters.write("receipt", to=person, key=f"receipt-{version.pk}", root=round, thing=idea, by=person, state="queued",
                  deadline=round.deadline, until=answer_by, link=application.get_absolute_url())

`title`, `round`, `receiver` and `lead` are filled from the thing, the root, the receiver and the lead in charge unless
given. A date or moment becomes words in the receiver's language; a link that begins with "/" gets the address of this
installation in front. A record says who is in charge of it by a method `lead_in_charge()`.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation

from oppdrift.history.models import Message
from oppdrift.people.models import Person
from oppdrift.toolbox import dates
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.models import pointer_to

from .texts import MissingWords, NoSuchLetter, filled, kinds, placeholders

__all__ = ["MissingWords", "NoSuchLetter", "kinds", "placeholders", "post", "write"]

Receiver = Person | tuple[str, str]


def write(
    kind: str,
    *,
    to: Receiver,
    key: str,
    root: models.Model | None = None,
    thing: models.Model | None = None,
    by: Person | None = None,
    state: str = "draft",
    language: str | None = None,
    calendar: str = "",
    calendar_method: str = "",
    due_at: dt.datetime | None = None,
    private: bool = False,
    leaves_with: str = "",
    **words: Any,
) -> Message | None:
    """A standard letter to one receiver; None when a letter of this key exists already, or the receiver has left.

    `leaves_with`: what the letter waits for, whose verb lets it go by `Message.objects.….unbind(by=…)`.
    Raises MissingWords when the text needs a word that was not given.
    """
    language = language or (to.language if isinstance(to, Person) else settings.LANGUAGE_CODE)
    lead = words.pop("lead", None) or lead_in_charge(thing, root)
    given = {
        "receiver": to.name if isinstance(to, Person) else to[0],
        "title": thing,
        "round": root,
        "lead": lead or settings.PROGRAMME,
        **words,
    }
    with translation.override(language):
        in_words = {name: as_words(value) for name, value in given.items() if value is not None}
        subject, body = filled(kind, language, in_words)
    return post(
        kind, to=to, key=key, subject=subject, body=body, root=root, thing=thing, by=by, state=state, language=language,
        calendar=calendar, calendar_method=calendar_method, due_at=due_at, private=private, leaves_with=leaves_with,
        reply_to=lead.email if isinstance(lead, Person) else "",
    )  # fmt: skip


def post(
    kind: str,
    *,
    to: Receiver,
    key: str,
    subject: str,
    body: str,
    root: models.Model | None = None,
    thing: models.Model | None = None,
    by: Person | None = None,
    state: str = "draft",
    language: str | None = None,
    calendar: str = "",
    calendar_method: str = "",
    due_at: dt.datetime | None = None,
    private: bool = False,
    leaves_with: str = "",
    reply_to: str = "",
) -> Message | None:
    """A letter whose text the caller has made; None when a letter of this key exists already, or they have left."""
    person = to if isinstance(to, Person) else None
    if person and not person.is_active:
        return None
    with transaction.atomic():
        message, is_new = Message.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind,
                "state": state,
                "receiver": person,
                "address": person.email if person else to[1],  # type: ignore[index]
                "language": language or (person.language if person else settings.LANGUAGE_CODE),
                "subject": " ".join(subject.split())[:200],
                "body": body,
                "reply_to": reply_to,
                "calendar": calendar,
                "calendar_method": calendar_method,
                "private": private,
                "leaves_with": leaves_with,
                **pointers(root, thing),
                "written_by": by,
                "released_by": by if state in (Message.State.QUEUED, Message.State.SENT) else None,
                "due_at": due_at or now(),
                "sent_at": (due_at or now()) if state == Message.State.SENT else None,  # a letter of the past
            },
        )
    return message if is_new else None


def pointers(root: models.Model | None, thing: models.Model | None) -> dict[str, Any]:
    """Where a letter lies, and what it is about: an application's is about its idea, so that impartiality holds."""
    if thing is not None and (record := getattr(thing, "record", thing)) != root:
        thing = record
    root_type, root_id = pointer_to(root) if root else (None, None)
    thing_type, thing_id = pointer_to(thing) if thing else (None, None)
    return {"root_type": root_type, "root_id": root_id, "thing_type": thing_type, "thing_id": thing_id}


def lead_in_charge(*records: models.Model | None) -> Person | None:
    """Who signs, and gets the answers: the first of these records that can say."""
    for record in records:
        if (ask := getattr(record, "lead_in_charge", None)) and (lead := ask()):
            return lead
    return None


def as_words(value: Any) -> str:
    """A value as it stands in a letter, in the active language."""
    if isinstance(value, dt.datetime):
        return dates.moment(value)
    if isinstance(value, dt.date):
        return dates.day(value)
    text = str(value)
    return settings.BASE_URL + text if text.startswith("/") else text
