"""Why a mail was not delivered: kept as a code and what the mail server said, told in the reader's language."""

import smtplib

from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

WORDS = {
    "address": _("The address is not a mail address."),
    "refused": _("The receiver's mail server refuses the address."),
    "content": _("The mail server refuses the letter."),
    "sender": _("The mail server does not accept our sender address."),
    "sign_in": _("Our own mail server does not let us in. Whoever runs the installation must look at its settings."),
    "unreachable": _("The mail server does not answer."),
    "program": _("The program could not send it. Whoever runs the installation finds the reason in the log."),
}


class Trouble(Exception):
    """A mail that did not go. `for_good`: trying again would not help."""

    def __init__(self, code: str, detail: object = "", *, for_good: bool = False):
        super().__init__(code)
        self.code, self.for_good = code, for_good
        self.detail = " ".join(str(detail).split())[:300]

    @property
    def kept(self) -> str:
        """As it stands in the row."""
        return f"{self.code}: {self.detail}" if self.detail else self.code


def in_words(kept: str) -> str:
    """A sentence, and what the mail server said in its own words."""
    code, _colon, detail = kept.partition(": ")
    if code not in WORDS:
        return kept
    return f"{WORDS[code]} ({detail})" if detail else str(WORDS[code])


def check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise Trouble("address", for_good=True) from error


def trouble_of(error: Exception) -> Trouble:
    """What an error from the mail backend means. A code in the 500s means no, in the 400s not now."""
    match error:
        case Trouble():
            return error
        case smtplib.SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()), (0, b""))
            return Trouble("refused", reply(code, said), for_good=code >= 500)
        case smtplib.SMTPAuthenticationError():
            return Trouble("sign_in", reply(error.smtp_code, error.smtp_error))
        case smtplib.SMTPSenderRefused():
            return Trouble("sender", reply(error.smtp_code, error.smtp_error))
        case smtplib.SMTPConnectError() | smtplib.SMTPHeloError():
            return Trouble("unreachable", reply(error.smtp_code, error.smtp_error))
        case smtplib.SMTPDataError():
            return Trouble("content", reply(error.smtp_code, error.smtp_error), for_good=error.smtp_code >= 500)
        case BadHeaderError() | UnicodeError():
            return Trouble("address", for_good=True)
        case OSError():  # smtplib.SMTPException is one, and so is every trouble of the network
            return Trouble("unreachable", type(error).__name__)
        case _:
            return Trouble("program", type(error).__name__)


def reply(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {text}".strip()
