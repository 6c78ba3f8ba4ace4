"""Mails with codes take the same way as all others: a row of the outbox, which nobody but the receiver may read."""

import uuid

from django.template.loader import render_to_string
from django.utils import translation

from oppdrift.history.models import Message
from oppdrift.people import adapter


class Adapter(adapter.Adapter):
    """django-allauth's adapter with our outbox behind it; named in the settings."""

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        person = context.get("person")
        language = person.language if person else translation.get_language() or "nb"
        with translation.override(language):
            subject = render_to_string(f"{template_prefix}_subject.txt", context)
            body = render_to_string(f"{template_prefix}_message.txt", context)
        Message.objects.create(
            key=f"code-{uuid.uuid4().hex}",
            kind=template_prefix.rsplit("/", 1)[-1],
            state=Message.State.QUEUED,
            receiver=person,
            address=email,
            language=language,
            subject=" ".join(subject.split()),
            body=body.strip(),
            private=True,
        )
