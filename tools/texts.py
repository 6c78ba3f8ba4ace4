"""The texts in the code and the templates that people read: finding them for translation."""

import io
import sys
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract as babel_extract

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "oppdrift"
SEPARATOR = "\u0004"
TEXT_SUFFIXES = {".html", ".txt"}
LEFT_OUT = {"migrations", "static", "locale", "__pycache__", "node_modules"}

one, counted = (1,), (1, 2)
in_context, counted_in_context = ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": one,
    "gettext": one,
    "gettext_lazy": one,
    "gettext_noop": one,
    "ngettext": counted,
    "ngettext_lazy": counted,
    "pgettext": in_context,
    "pgettext_lazy": in_context,
    "npgettext": counted_in_context,
    "npgettext_lazy": counted_in_context,
}


class Trouble(Exception):
    """Something the person at the keyboard can put right; its text says what."""


@dataclass(frozen=True)
class Found:
    """A text in the code: its context, its singular and, when it can be counted, its plural."""

    path: Path
    line: int
    context: str | None
    text: str
    plural: str | None

    @property
    def where(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def key_of(context: str | None, text: str) -> str:
    return text if context is None else f"{context}{SEPARATOR}{text}"


def sources(under: Iterable[Path] = ()) -> list[Path]:
    """The files that may hold texts, all of them or those in the given folders."""
    files = []
    for folder in under or [PACKAGE]:
        for path in [folder] if folder.is_file() else folder.rglob("*"):
            wanted = path.suffix == ".py" or (path.suffix in TEXT_SUFFIXES and "templates" in path.parts)
            if wanted and not LEFT_OUT & set(path.relative_to(ROOT).parts):
                files.append(path)
    return sorted(files)


def find_in(path: Path) -> Iterator[Found]:
    # Building a wheel compiles the catalogues, and must not need Django for it.
    from django.template import TemplateSyntaxError
    from django.utils.translation.template import templatize

    source = path.read_text(encoding="utf-8")
    try:
        if path.suffix != ".py":
            # What templatize leaves of the markup is indented anyhow, which Python's tokenizer would not accept.
            source = "\n".join(line.strip() for line in templatize(source).split("\n"))
        for line, texts, _comments, context in babel_extract("python", io.BytesIO(source.encode()), KEYWORDS):
            text, plural = (texts, None) if isinstance(texts, str) else texts
            yield Found(path, line, context, text, plural)
    except (SyntaxError, tokenize.TokenError, TemplateSyntaxError) as error:
        raise Trouble(f"{path.relative_to(ROOT)} cannot be read: {error}") from error


def find(under: Iterable[Path] = (), *, skip_broken: bool = False) -> list[Found]:
    """Every text, by file and line. A file in the middle of an edit stops it, or is passed over with a warning."""
    texts: list[Found] = []
    for path in sources(under):
        try:
            texts += find_in(path)
        except Trouble as trouble:
            if not skip_broken:
                raise
            print(f"Passed over: {trouble}", file=sys.stderr)
    return texts


def clashes(texts: Iterable[Found]) -> list[str]:
    """One key can have one plural only, and be counted everywhere or nowhere; else it needs a context.

    Of a text that is counted, gettext before Python 3.11.3 finds no translation where it is asked for without a number.
    """
    texts = list(texts)
    plurals: dict[str, Found] = {}
    troubles = []
    counted = {key_of(found.context, found.text) for found in texts if found.plural is not None}
    for found in texts:
        if found.plural is None and key_of(found.context, found.text) in counted:
            troubles.append(
                f"{found.where}: {found.text!r} is counted elsewhere; count it here too, or give it a context"
            )
        if found.plural is None:
            continue
        first = plurals.setdefault(key_of(found.context, found.text), found)
        if first.plural != found.plural:
            troubles.append(f"{found.where}: {found.text!r} has another plural at {first.where}; give one a context")
    return troubles
