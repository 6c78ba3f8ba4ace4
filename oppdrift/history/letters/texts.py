"""The texts of letters, by language and kind: the standard ones are files, an installation's own are rows."""

import string
import tomllib
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from oppdrift.history.models import LetterText

from .naming import ANY_WORD, braced

FOLDER = Path(__file__).resolve().parent
LANGUAGES = ("nb", "nn", "en")
NEEDED = ("link", "reason", "unclear", "comment")  # a letter that had one of these says too little without it


class NoSuchLetter(KeyError):
    """No letter of this kind is written."""


class MissingWords(KeyError):
    """The letter has a placeholder that nobody filled. A letter with a hole in it is worse than an error."""


@cache
def texts(language: str) -> dict[str, dict[str, str]]:
    """All standard letters in a language: kind to subject and body."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def kinds() -> list[str]:
    return list(texts("nb"))


def standard(kind: str, language: str) -> tuple[str, str]:
    """Subject and body as they come with the program, with their placeholders."""
    try:
        letter = texts(language)[kind]
    except KeyError as error:
        raise NoSuchLetter(f"{kind} ({language})") from error
    return letter["subject"], letter["body"].strip() + "\n"


def text_of(kind: str, language: str) -> tuple[str, str]:
    """Subject and body in use here."""
    usual = standard(kind, language)
    own = LetterText.in_use(kind, language)
    return (own.subject, own.body) if own else usual


def words_in(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def placeholders(kind: str, language: str) -> set[str]:
    """The words that are given to a letter of this kind."""
    return words_in("".join(standard(kind, language)))


def filled(kind: str, language: str, words: dict[str, str]) -> tuple[str, str]:
    """Subject and body with the words put in; the subject on one line.

    An own text that asks for a word this letter is no longer given makes room for the standard one.
    """
    subject, body = text_of(kind, language)
    if words_in(subject + body) - words.keys():
        subject, body = standard(kind, language)
    if missing := words_in(subject + body) - words.keys():
        raise MissingWords(f"{kind} ({language}) needs {', '.join(sorted(missing))}")
    return " ".join(subject.format_map(words).split())[:200], body.format_map(words)


def wrong_with(kind: str, language: str, text: str, *, whole: bool) -> list[str]:
    """What keeps this from being a letter's text, a sentence each. `whole`: it is the body, not the subject."""
    known, wrong = placeholders(kind, language), []
    words = [found[1] for found in ANY_WORD.finditer(text)]
    listed = ", ".join(braced(word, language) for word in sorted(known))
    for word in dict.fromkeys(words):
        if word not in known:
            said = {"word": f"{{{word}}}", "known": listed}
            wrong.append(_("%(word)s is no word that this letter is given. It knows %(known)s.") % said)
    if set("{}") & set(ANY_WORD.sub("", text)):
        wrong.append(_("A curly bracket stands alone. They are only used around the words that are filled in."))
    for word in NEEDED if whole else ():
        if word in known and word not in words:
            wrong.append(_("Write %(word)s where it shall stand.") % {"word": braced(word, language)})
    return wrong
