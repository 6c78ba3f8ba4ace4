"""The translations, without the gettext programs.

    tools/messages.py extract                        gather every text into the catalogues of nb and nn
    tools/messages.py missing nb [--under PATH]      a JSON list of what has no translation yet
    tools/messages.py fill nb FILE.json              put {text: translation} in; "-" reads standard input
    tools/messages.py compile                        make the .mo files that the program reads
    tools/messages.py check                          fail while anything is untranslated, unsure or not gathered

A text that can be counted is listed as [singular, plural] and filled as {singular: [one, many]}. A text with a
context has the key "context\\u0004text". PATH is a folder or file, such as oppdrift/rounds or templates/rounds.
"""

import argparse
import fcntl
import io
import json
import os
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "oppdrift"
LANGUAGES = {"nb": "Norwegian Bokmål", "nn": "Norwegian Nynorsk"}
PLURAL_FORMS = 2
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


def key_of_message(message: Message) -> str:
    return key_of(message.context, message.id[0] if message.pluralizable else message.id)


# Finding texts


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
    """One key can have one plural only; a second one needs a context."""
    plurals: dict[str, Found] = {}
    troubles = []
    for found in texts:
        if found.plural is None:
            continue
        first = plurals.setdefault(key_of(found.context, found.text), found)
        if first.plural != found.plural:
            troubles.append(f"{found.where}: {found.text!r} has another plural at {first.where}; give one a context")
    return troubles


# The catalogues


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
            message.string = (known.string, "")
        message.user_comments = known.user_comments
    if keep_others:
        for known in messages(old):
            if new.get(known.id, known.context) is None:
                new[known.id] = known
    return new


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def forms(message: Message) -> tuple[str, ...]:
    if not message.pluralizable:
        return (message.string or "",)
    given = tuple(message.string) if isinstance(message.string, (tuple, list)) else ()
    return (given + ("",) * PLURAL_FORMS)[:PLURAL_FORMS]


def is_missing(message: Message) -> bool:
    return not all(forms(message))


# Placeholders

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*\}(?!\})")


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def mismatch(message: Message, translation: tuple[str, ...]) -> str | None:
    """What is wrong with the placeholders or the ends of a translation, or None."""
    originals = message.id if message.pluralizable else (message.id,)
    for index, (original, text) in enumerate(zip(originals, translation, strict=True)):
        wanted, has = placeholders(original), placeholders(text)
        # "One letter" and "1 letter" are both fine: the form for one may leave the number out.
        everything = {placeholder for form in originals for placeholder in placeholders(form)}
        fine = set(has) <= everything if message.pluralizable and index == 0 else wanted == has
        if not fine:
            return f"placeholders {', '.join(has) or 'none'} where {', '.join(wanted) or 'none'} stood"
        if original.startswith("\n") != text.startswith("\n") or original.endswith("\n") != text.endswith("\n"):
            return "one begins or ends with a new line, the other does not"
    return None


# The commands


def extract() -> None:
    with lock():
        texts = find()
        stop_at(clashes(texts))
        for language in LANGUAGES:
            catalog = merged(language, texts)
            write(language, catalog)
            left = sum(map(is_missing, messages(catalog)))
            print(f"{language}: {len(messages(catalog))} texts, {left} without a translation")


def missing(language: str, under: list[str]) -> None:
    texts = find(folders(under), skip_broken=True)
    listed = [m for m in messages(merged(language, texts)) if is_missing(m) or m.fuzzy]
    keys = [[key_of_message(m), m.id[1]] if m.pluralizable else key_of_message(m) for m in listed]
    print(json.dumps(keys, ensure_ascii=False, indent=1))


def folders(under: list[str]) -> list[Path]:
    found = []
    for name in under:
        choices = [ROOT / name, PACKAGE / name, PACKAGE / "templates" / name]
        path = next((choice for choice in choices if choice.exists()), None)
        if path is None:
            raise Trouble(f"There is no {name} in the project.")
        found.append(path.resolve())
    return found


def fill(language: str, name: str) -> None:
    given = json.loads(sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8"))
    if not isinstance(given, dict):
        raise Trouble("The file must hold one object: {text: translation}.")
    refused = []
    with lock():
        texts = find(skip_broken=True)
        stop_at(clashes(texts))
        catalog = merged(language, texts, keep_others=True)
        by_key = {key_of_message(message): message for message in messages(catalog)}
        for key, value in given.items():
            trouble = put(by_key.get(key), value)
            if trouble:
                refused.append(f"{key!r}: {trouble}")
        write(language, catalog)
    left = sum(map(is_missing, by_key.values()))
    print(f"{language}: {len(given) - len(refused)} filled, {left} of {len(by_key)} without a translation")
    stop_at(refused)


def put(message: Message | None, value: object) -> str | None:
    """Set one translation; returns why not."""
    if message is None:
        return "no such text in the code"
    translation = tuple(value) if isinstance(value, list) else (value,)
    if len(translation) != len(forms(message)) or not all(isinstance(form, str) and form for form in translation):
        return f"needs {len(forms(message))} form(s) of text"
    trouble = mismatch(message, translation)
    if not trouble:
        message.string = translation if message.pluralizable else translation[0]
        message.flags.discard("fuzzy")
    return trouble


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


def check() -> None:
    texts = find()
    troubles = clashes(texts)
    for language in LANGUAGES:
        kept = {key_of_message(message) for message in messages(read(language))}
        first_place = {key_of(found.context, found.text): found.where for found in reversed(texts)}
        for message in messages(merged(language, texts)):
            key = key_of_message(message)
            place = f"{language}: {first_place[key]}: {key.replace(SEPARATOR, ' | ')!r}"
            if key not in kept:
                troubles.append(f"{place} is not in the catalogue; run ./dev messages")
            elif is_missing(message):
                troubles.append(f"{place} has no translation")
            elif message.fuzzy:
                troubles.append(f"{place} is marked as unsure")
            elif wrong := mismatch(message, forms(message)):
                troubles.append(f"{place}: {wrong}")
        troubles += [
            f"{language}: {key!r} is no longer in the code; run ./dev messages"
            for key in sorted(kept - set(first_place))
        ]
    stop_at(troubles)
    print(f"Languages: {len({key_of(found.context, found.text) for found in texts})} texts, all in nb and nn.")


def stop_at(troubles: list[str]) -> None:
    if troubles:
        raise Trouble("\n".join(troubles))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="tools/messages.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract")
    one_missing = commands.add_parser("missing")
    one_missing.add_argument("language", choices=LANGUAGES)
    one_missing.add_argument("--under", action="append", default=[], metavar="PATH")
    one_fill = commands.add_parser("fill")
    one_fill.add_argument("language", choices=LANGUAGES)
    one_fill.add_argument("file")
    commands.add_parser("compile")
    commands.add_parser("check")
    options = parser.parse_args(arguments)
    try:
        match options.command:
            case "extract":
                extract()
            case "missing":
                missing(options.language, options.under)
            case "fill":
                fill(options.language, options.file)
            case "compile":
                compile_all()
            case "check":
                check()
    except (Trouble, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
