"""Texts that several write at the same time, saved while they type: nobody's text is lost.

A `Written` is one text as it stands now. Every save says which revision it was based on; has somebody else saved in
between, the later text lies `Beside` it until one of the two has chosen. The room names the thing that is written on:

    class Answer(Written):
        application = models.ForeignKey(...)

    class SideText(Beside):
        answer = models.ForeignKey(Answer, related_name="side_texts", ...)

Their script is `js/autosave.js`, their pieces are `pieces/saved_strip.html`, `pieces/written.html` and
`pieces/two_wrote.html`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .answers import NotNow
from .clock import MomentField, now
from .models import changed

LONGEST = 50_000  # signs in one text; far beyond any limit of words, and short enough to store and compare


class Written(models.Model):
    """The current text. `revision` rises with every save."""

    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = MomentField()
    window = models.CharField(max_length=24, blank=True, editable=False)  # the browser window that saved it

    class Meta:
        abstract = True


class BesideQuerySet(models.QuerySet[Any]):
    def open(self) -> "BesideQuerySet":
        """Not settled: somebody must look at both."""
        return self.filter(settled_at=None)


class Beside(models.Model):
    """The text of somebody who wrote in the same field at the same time: kept beside the other until one is chosen."""

    text = models.TextField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = MomentField()
    settled_at = models.DateTimeField(null=True)

    objects = BesideQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["saved_at", "id"]

    def __str__(self) -> str:
        return self.text[:40]


@dataclass(frozen=True)
class Saved:
    """What became of a text: it stands there now, or it lies beside what somebody else wrote meanwhile."""

    written: Any
    beside: Any = None


def clean(text: str) -> str:
    """As it was typed, but for what browsers add and databases refuse. Raises NotNow where it is too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if len(text) > LONGEST:
        raise NotNow(_("The text is too long to be saved. Shorten it."))
    return text


def save(
    written: Any, begin: Callable[..., Any], text: str, *, by: Any, based_on: int | None = None, window: str = ""
) -> Saved:
    """Save a clean text; `begin` makes the first row, where there is none. Within a transaction that holds the thing.

    `based_on` is the revision the writer had before them: 0 for none, None to write over it. `window` names the
    writer's window; it may go on from its own save though the reply to that never reached it.
    """
    if written is None:
        return Saved(begin(text=text, saved_by=by, window=window))
    if written.text == text:
        return Saved(written)
    if based_on is None or based_on == written.revision or (window and window == written.window):
        _put(written, text, by, window)
        return Saved(written)
    beside = written.side_texts.open().filter(saved_by=by).first()
    if beside is None:
        beside = written.side_texts.create(text=text, saved_by=by)
    elif beside.text != text:
        changed(beside, text=text, saved_at=now())
    return Saved(written, beside)


def settle(beside: Any, written: Any, text: str, *, based_on: int, by: Any) -> Saved:
    """Let a clean text stand where two had written at once. What it takes the place of is kept, set aside.

    Has the text changed again since `based_on`, nothing is chosen: `text` lies beside it, to be looked at anew.
    """
    if written.revision != based_on and written.text != text:
        changed(beside, text=text, saved_by=by, saved_at=now(), settled_at=None)
        return Saved(written, beside)
    if written.text != text:
        written.side_texts.create(
            text=written.text, saved_by=written.saved_by, saved_at=written.saved_at, settled_at=now()
        )
        _put(written, text, by, "")
    changed(beside, settled_at=now())
    return Saved(written)


def _put(written: Any, text: str, by: Any, window: str) -> None:
    changed(written, text=text, revision=written.revision + 1, saved_by=by, saved_at=now(), window=window)


# On the page


def print_of(text: str) -> str:
    """A short print of a text, by which a form that comes back tells what was not touched."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


def number(text: str | None) -> int:
    """A revision as a page sends it back."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


@dataclass(frozen=True)
class TwoTexts:
    """What two wrote at once in one field, as one of them sees it. `url`: where they choose."""

    beside: Any
    written: Any
    reader: Any
    url: str = ""

    @property
    def is_party(self) -> bool:
        return self.reader.pk in (self.beside.saved_by_id, self.written.saved_by_id)

    @property
    def mine_is_beside(self) -> bool:
        return self.beside.saved_by_id == self.reader.pk

    @property
    def own_window(self) -> bool:
        """Did one person write both, in two windows?"""
        return self.beside.saved_by_id == self.written.saved_by_id

    @property
    def mine(self) -> Any:
        return self.beside if self.mine_is_beside else self.written

    @property
    def theirs(self) -> Any:
        return self.written if self.mine_is_beside else self.beside

    @property
    def hidden(self) -> dict[str, int]:
        """What goes along with the choice: which revision was looked at."""
        return {"revision": self.written.revision}

    def chosen(self, keep: str, both: str) -> str:
        return {"mine": self.mine.text, "theirs": self.theirs.text}.get(keep, both)
