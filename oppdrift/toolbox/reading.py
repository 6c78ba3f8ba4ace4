"""A yes counts for what was read. A page carries a mark of the words it shows, in a field `read`; the deed looks
whether they are the same still. Whoever sends no mark is taken at their word."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from .answers import Answer, No, NotNow


def mark_of(words: Any) -> str:
    """16 signs; another one when anything in these plain values is another."""
    plain = json.dumps(words, sort_keys=True, default=str)
    return hashlib.blake2s(plain.encode(), digest_size=8).hexdigest()


def is_as_read(mark: str, read: str | None) -> Answer:
    """`read`: the mark that came with the page; None: it carried none."""
    if read is None or read == mark:
        return True
    return No(_("It has been changed since you read it. Read it again first."))


@contextmanager
def refusal_is_told(request: Any) -> Iterator[None]:
    """A NotNow within becomes a message on the next page, where the thing is read as it is now."""
    try:
        yield
    except NotNow as refusal:
        messages.error(request, str(refusal))
