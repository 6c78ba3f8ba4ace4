"""The standard texts of letters, by language and kind."""

import string
import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LANGUAGES = ("nb", "nn", "en")


class NoSuchLetter(KeyError):
    """No letter of this kind is written."""


class MissingWords(KeyError):
    """The letter has a placeholder that nobody filled. A letter with a hole in it is worse than an error."""


@cache
def texts(language: str) -> dict[str, dict[str, str]]:
    """All letters in a language: kind to subject and body."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def kinds() -> list[str]:
    return list(texts("nb"))


def text_of(kind: str, language: str) -> tuple[str, str]:
    """Subject and body with their placeholders."""
    try:
        letter = texts(language)[kind]
    except KeyError as error:
        raise NoSuchLetter(f"{kind} ({language})") from error
    return letter["subject"], letter["body"].strip() + "\n"


def placeholders(kind: str, language: str) -> set[str]:
    """The names a letter needs words for."""
    subject, body = text_of(kind, language)
    return {name for _, name, _, _ in string.Formatter().parse(subject + body) if name}


def filled(kind: str, language: str, words: dict[str, str]) -> tuple[str, str]:
    """Subject and body with the words put in; the subject on one line."""
    if missing := placeholders(kind, language) - words.keys():
        raise MissingWords(f"{kind} ({language}) needs {', '.join(sorted(missing))}")
    subject, body = text_of(kind, language)
    return " ".join(subject.format_map(words).split())[:200], body.format_map(words)
