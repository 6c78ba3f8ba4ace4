"""Answers to "can it?" and "may they?": True, or a No that carries its reason."""

from django.core.exceptions import PermissionDenied


class No(str):
    """A false answer with a reason in the reader's language: `if not (answer := can_submit()): show(answer)`."""

    def __bool__(self) -> bool:
        return False


Answer = bool | No


class NotNow(Exception):
    """The thing's state does not allow the deed. Its text is a sentence for the reader."""


class NotAllowed(PermissionDenied):
    """The person may not do the deed. Its text is a sentence for the reader."""


def ensure(answer: Answer) -> None:
    """Go on if the thing can; raise NotNow with the reason if it cannot."""
    if not answer:
        raise NotNow(str(answer) if isinstance(answer, No) else "")


def permit(answer: Answer) -> None:
    """Go on if the person may; raise NotAllowed with the reason if they may not."""
    if not answer:
        raise NotAllowed(str(answer) if isinstance(answer, No) else "")
