"""What the words that a letter is filled with are called by those who write letters, in the letter's language."""

import re

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

ANY_WORD = re.compile(r"\{([^{}]*)\}")
WORDS: dict[str, Promise] = {
    "receiver": pgettext_lazy("word in a letter", "receiver"),
    "title": pgettext_lazy("word in a letter", "title"),
    "round": pgettext_lazy("word in a letter", "round"),
    "lead": pgettext_lazy("word in a letter", "programme lead"),
    "link": pgettext_lazy("word in a letter", "link"),
    "reason": pgettext_lazy("word in a letter", "reason"),
    "deadline": pgettext_lazy("word in a letter", "deadline"),
    "until": pgettext_lazy("word in a letter", "by when"),
    "when": pgettext_lazy("word in a letter", "when"),
    "place": pgettext_lazy("word in a letter", "place"),
    "unclear": pgettext_lazy("word in a letter", "what is unclear"),
    "outcome": pgettext_lazy("word in a letter", "outcome"),
    "coach": pgettext_lazy("word in a letter", "coach"),
    "before": pgettext_lazy("word in a letter", "coach before"),
    "benefit": pgettext_lazy("word in a letter", "benefit"),
    "amount": pgettext_lazy("word in a letter", "amount"),
    "organisation": pgettext_lazy("word in a letter", "organisation"),
    "contact": pgettext_lazy("word in a letter", "contact person"),
    "address": pgettext_lazy("word in a letter", "mail address"),
    "what": pgettext_lazy("word in a letter", "what they wish"),
    "report": pgettext_lazy("word in a letter", "report"),
    "comment": pgettext_lazy("word in a letter", "comment"),
    "number": pgettext_lazy("word in a letter", "number"),
    "who": pgettext_lazy("word in a letter", "who"),
}


def braced(word: str, language: str) -> str:
    """As people write it: "{mottaker}"."""
    with translation.override(language):
        return f"{{{WORDS.get(word, word)}}}"


def named(text: str, language: str) -> str:
    """With the words as people write them: "Hei {mottaker}"."""
    return ANY_WORD.sub(lambda found: braced(found[1], language), text)


def kept(text: str, language: str) -> str:
    """The other way: as letters are stored. A word that is not known stays as it is written."""
    with translation.override(language):
        known = {str(name).casefold(): word for word, name in WORDS.items()}

    def stored(found: re.Match[str]) -> str:
        word = " ".join(found[1].split())
        return f"{{{known.get(word.casefold(), word)}}}"

    return ANY_WORD.sub(stored, text)
