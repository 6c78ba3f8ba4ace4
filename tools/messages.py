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
import json
import sys
from pathlib import Path

from babel.messages.catalog import Message

from catalogues import (
    LANGUAGES,
    compile_all,
    forms,
    is_missing,
    key_of_message,
    lock,
    merged,
    messages,
    mismatch,
    originals,
    read,
    write,
)
from texts import PACKAGE, ROOT, SEPARATOR, Trouble, clashes, find, key_of


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
    keys = [[key_of_message(m), *originals(m)[1:]] if m.pluralizable else key_of_message(m) for m in listed]
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
