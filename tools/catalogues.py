"""The catalogues of translations: reading, merging, writing and compiling them, and what makes one wrong."""

import fcntl
import io
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from texts import PACKAGE, ROOT, Found, key_of

LANGUAGES = {"nb": "Norwegian Bokmål", "nn": "Norwegian Nynorsk"}
PLURAL_FORMS = 2

# Fixed, without dates and versions, so that two people's additions do not collide in the first lines.
HEADER = """# {language} for Oppdrift.
msgid ""
msgstr ""
"Project-Id-Version: Oppdrift\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def key_of_message(message: Message) -> str:
    return key_of(message.context, originals(message)[0])


def originals(message: Message) -> tuple[str, ...]:
    """The text in the code: one, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def po_path(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


@contextmanager
def lock() -> Iterator[None]:
    """One change of the catalogues at a time."""
    path = ROOT / ".cache" / "messages.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def read(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language, abort_invalid=True)


def write(language: str, catalog: Catalog) -> None:
    body = io.BytesIO()
    pofile.write_po(
        body, catalog, width=100, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True
    )
    text = HEADER.format(language=LANGUAGES[language], code=language) + body.getvalue().decode().lstrip("\n")
    replace(po_path(language), text.rstrip("\n").encode() + b"\n")


def replace(path: Path, content: bytes) -> None:
    """Write a whole file or nothing: readers never see half of it."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def merged(language: str, texts: Iterable[Found], *, keep_others: bool = False) -> Catalog:
    """A catalogue of these texts, with the translations already known; others go, unless told to stay."""
    old = read(language)
    new = Catalog(locale=language, fuzzy=False)
    for found in texts:
        new.add((found.text, found.plural) if found.plural else found.text, context=found.context)
    for message in new:
        known = old.get(message.id, message.context) if message.id else None
        if known is None:
            continue
        if message.pluralizable == known.pluralizable:
            message.string = known.string
            message.flags |= known.flags & {"fuzzy"}
        elif message.pluralizable and known.string:
            message.string = (forms(known)[0], "")
        message.user_comments = known.user_comments
    if keep_others:
        for known in messages(old):
            if new.get(known.id, known.context) is None:
                new[known.id] = known
    return new


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def forms(message: Message) -> tuple[str, ...]:
    text = message.string or ""
    if not message.pluralizable:
        return (text,) if isinstance(text, str) else tuple(text)
    given = () if isinstance(text, str) else tuple(text)
    return (given + ("",) * PLURAL_FORMS)[:PLURAL_FORMS]


def is_missing(message: Message) -> bool:
    return not all(forms(message))


def compile_all() -> None:
    for language in LANGUAGES:
        if not po_path(language).exists():
            continue
        target = po_path(language).with_suffix(".mo")
        if target.exists() and target.stat().st_mtime > po_path(language).stat().st_mtime:
            continue
        content = io.BytesIO()
        write_mo(content, read(language))
        replace(target, content.getvalue())
        target.touch()


# Placeholders

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*\}(?!\})")


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def mismatch(message: Message, translation: tuple[str, ...]) -> str | None:
    """What is wrong with the placeholders or the ends of a translation, or None."""
    for index, (original, text) in enumerate(zip(originals(message), translation, strict=True)):
        wanted, has = placeholders(original), placeholders(text)
        # "One letter" and "1 letter" are both fine: the form for one may leave the number out.
        everything = {placeholder for form in originals(message) for placeholder in placeholders(form)}
        fine = set(has) <= everything if message.pluralizable and index == 0 else wanted == has
        if not fine:
            return f"placeholders {', '.join(has) or 'none'} where {', '.join(wanted) or 'none'} stood"
        if original.startswith("\n") != text.startswith("\n") or original.endswith("\n") != text.endswith("\n"):
            return "one begins or ends with a new line, the other does not"
    return None
