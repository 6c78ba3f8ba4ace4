"""What is new in a text: word by word, kept in its paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from oppdrift.rounds.models import Question

from .models import Version

PIECE = re.compile(r"\n[ \t]*\n\s*|\n|[^\S\n]+|[^\s]+")


def pieces(text: str) -> list[str]:
    """Words with their signs, spaces, and breaks, so that joined they are the text."""
    return PIECE.findall(text.replace("\r\n", "\n").strip())


@dataclass(frozen=True)
class Change:
    """A stretch of text: "same", "new" or "gone"."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """How `after` came out of `before`; without the gone ones it is `after`, without the new ones `before`."""
    old, new = pieces(before), pieces(after)
    found: list[Change] = []
    gone, added = "", ""
    deeds = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (deed, i, j, k, m) in enumerate(deeds):
        same = "".join(new[k:m]) if deed == "equal" else ""
        # A word or two that stayed between changes are part of the change: people read stretches, not words.
        between = 0 < place < len(deeds) - 1 and len(same.split()) < 3 and "\n" not in same
        if same and not between:
            found += stretch(gone, added)
            found.append(Change("same", same))
            gone, added = "", ""
        else:
            gone, added = gone + "".join(old[i:j]), added + "".join(new[k:m])
    return found + stretch(gone, added)


def stretch(gone: str, added: str) -> list[Change]:
    return [change for change in (Change("gone", gone), Change("new", added)) if change.text]


def marked(before: str, after: str, *, gone: bool = True) -> SafeString:
    """`after` as paragraphs, what is new in <ins>, and what is gone in <del> unless `gone` is False."""
    tags = {"new": "ins", "gone": "del"}
    paragraphs: list[str] = []
    current = ""
    for change in changes(before, after):
        if change.kind == "gone" and not gone:
            continue
        for block in split(change.text):
            if block is None:
                # A break that has gone does not break what is read now.
                if change.kind != "gone":
                    paragraphs, current = [*paragraphs, current], ""
                else:
                    current += " "
            elif change.kind == "same" or not block.strip():
                current += lines(block)
            else:
                current += f"<{tags[change.kind]}>{lines(block)}</{tags[change.kind]}>"
    paragraphs.append(current)
    return mark_safe("".join(f"<p>{paragraph.strip()}</p>" for paragraph in paragraphs if paragraph.strip()))


def split(text: str) -> Iterator[str | None]:
    """The blocks of a stretch, None for each empty line between two."""
    for place, block in enumerate(re.split(r"\n[ \t]*\n\s*", text)):
        if place:
            yield None
        if block:
            yield block


def lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


@dataclass(frozen=True)
class Row:
    """One question in two versions."""

    question: Question
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before.strip() != self.after.strip()

    @property
    def marked(self) -> SafeString:
        return marked(self.before, self.after)

    @property
    def marked_new(self) -> SafeString:
        """What is read now, with only the new marked."""
        return marked(self.before, self.after, gone=False)


def compare(first: Version, second: Version) -> list[Row]:
    """Each question of the second version, as it was answered in the first and is answered now."""
    return [
        Row(question, first.answers.get(question.key, ""), second.answers.get(question.key, ""))
        for question in second.edition.questions.all()
    ]
