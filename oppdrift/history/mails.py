"""From a row of the outbox to a mail: text, the same as HTML, and the headers that make it behave."""

import re
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from oppdrift.history.models import Message


def mail_of(message: Message) -> EmailMultiAlternatives:
    """The mail to send, in the receiver's language. Its Message-ID is the row's, however often it is made."""
    headers = {"Message-ID": message.message_id, "Content-Language": message.language}
    if message.is_automatic:
        headers["Auto-Submitted"] = "auto-generated"
        headers["X-Auto-Response-Suppress"] = "All"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=text_of(message),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.address],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=headers,
    )
    mail.attach_alternative(html_of(message), "text/html")
    if message.calendar:
        mail.attach(calendar_part(message))
    return mail


def text_of(message: Message) -> str:
    """Plain text, and not to be trusted as markup."""
    return f"{message.body}\n-- \n{settings.PROGRAMME}, {settings.MUNICIPALITY}\n{settings.BASE_URL}\n"


def html_of(message: Message) -> str:
    words = {
        "message": message,
        "programme": settings.PROGRAMME,
        "municipality": settings.MUNICIPALITY,
        "base_url": settings.BASE_URL,
    }
    return render_to_string("mail/message.html", words)


def calendar_part(message: Message) -> MIMEText:
    """The appointment as calendars take it: the method stands in the header too."""
    part = MIMEText(message.calendar, "calendar", "utf-8")
    part.set_param("method", message.calendar_method or calendar_method(message.calendar))
    part.add_header("Content-Disposition", "attachment", filename="invite.ics")
    return part


def calendar_method(calendar: str) -> str:
    found = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)
    return found[1].upper() if found else "PUBLISH"
