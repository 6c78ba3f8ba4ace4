"""Asked once while a page is read: who somebody is to the rounds and the ideas is needed by menu, steps, lists and
policies alike.

Only GET and HEAD remember, since they change nothing; whoever writes asks the database anew each time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

Answer = TypeVar("Answer")
_known: ContextVar[dict[Any, Any] | None] = ContextVar("known_in_this_request", default=None)


class OnceARequest:
    """Remembers for one reading, and forgets at its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with remembering():
            return self.get_response(request)


@contextmanager
def remembering() -> Iterator[None]:
    """Nothing is written in here, so what was answered once holds until the end."""
    if is_remembered():
        yield
        return
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


@contextmanager
def forgetting() -> Iterator[None]:
    """Nothing is answered from memory in here."""
    token = _known.set(None)
    try:
        yield
    finally:
        _known.reset(token)


def is_remembered() -> bool:
    """Is this a reading, in which an answer given once serves again?"""
    return _known.get() is not None


def remember(question: Callable[..., Answer], person: Any, *about: Any, answer: Answer) -> None:
    """What somebody has found out already together with something else."""
    known = _known.get()
    if known is not None:
        known[(question.__wrapped__, person.pk, *about)] = answer  # type: ignore[attr-defined]


def once(ask: Callable[..., Answer]) -> Callable[..., Answer]:
    """A question about one person, and perhaps about keys, asked of the database once while a page is read."""

    @wraps(ask)
    def answer(person: Any, *about: Any) -> Answer:
        known = _known.get()
        if known is None:
            return ask(person, *about)
        key = (ask, person.pk, *about)
        if key not in known:
            known[key] = ask(person, *about)
        return known[key]

    return answer
