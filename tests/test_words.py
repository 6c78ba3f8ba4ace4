"""What each reader's pages are made of: words that go through the catalogues, and the style sheets they need.

Pages are read in a language whose translations stand in ⟦brackets⟧. What stands outside them must be data: text kept in
the database, a method card, names that the municipality sets, or a date in the language's own table. (That the
catalogues of bokmål and nynorsk are complete is tried in `setup/test_messages.py`.)
"""

import contextlib
import json
import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import trans_real

from oppdrift.history.letters import naming, texts
from oppdrift.leadership.methods import METHODS
from oppdrift.people.models import Person
from oppdrift.toolbox import dates
from tests.doors import DOORS
from tests.house import House, Walker, house, standing_house  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

READERS = ["lead", "assessor", "team", "colleague", "stranger"]
SPOKEN = {"title", "alt", "aria-label", "aria-description", "placeholder", "label", "summary"}
SILENT = {"script", "style", "template"}
WORD = re.compile(r"[^\W\d_]{2,}")
# Style sheets that are seldom needed, and are not in every head: what a page shows that needs them.
NEEDS = {
    "taps.css": ['class="taps', 'class="steps', "unclear-toggle"],
    "split.css": ['class="split'],
    "assessing.css": ['class="split-form'],
    "declarations.css": ['class="rows declarations'],
    "matrix.css": ['class="ds-table matrix', "words-given"],
    "decision-room.css": ['class="room-lines'],
    "outcome.css": ['class="outcome"'],
    "waiting.css": ['class="wall waiting'],
    "year.css": ['class="year-line"', 'class="buoy"'],
}
# Names of languages in themselves, and signs that are the same in all of them.
NAMES = "Bokmål Nynorsk English Excel kr kl nr csv xlsx pdf ics"


class Page(HTMLParser):
    """The visible text of a page outside brackets, which may open in one element and close in another."""

    def __init__(self, html: str):
        super().__init__()
        self.depth, self.silent, self.outside = 0, 0, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        given = dict(attrs)
        for name, value in attrs:
            is_button = tag == "input" and name == "value" and given.get("type") in ("submit", "button", "reset")
            is_description = tag == "meta" and name == "content" and given.get("name") == "description"
            is_message = name.startswith("data-") and " " in (value or "")
            if value and (name in SPOKEN or is_button or is_description or is_message):
                outside, depth = unbracketed(value, 0)
                self.outside.append(outside if depth == 0 else value)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent:
            outside, self.depth = unbracketed(data, self.depth)
            self.outside.append(outside)


def unbracketed(text: str, depth: int) -> tuple[str, int]:
    """What is not within brackets, and how deep within one is at the end."""
    kept = []
    for sign in text:
        depth -= sign == "⟧"
        if depth == 0 and sign != "⟧":
            kept.append(sign if sign != "⟦" else " ")
        depth += sign == "⟦"
    return "".join(kept), depth


@pytest.fixture(scope="module")
def bracketed() -> Iterator[None]:
    """Bokmål with every translation in brackets, Django's own included."""
    catalogues = trans_real.translation("nb")._catalog._catalogs
    before = [dict(catalogue) for catalogue in catalogues]
    for catalogue in catalogues:
        for key, text in catalogue.items():
            if key and isinstance(text, str) and text:
                catalogue[key] = f"⟦{text}⟧"
    yield
    for catalogue, known in zip(catalogues, before, strict=True):
        catalogue.update(known)


def words_kept() -> set[str]:
    """All words of all texts in the database; of choices only the keys are there, and they are no data."""
    found: set[str] = set()
    for model in apps.get_models():
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
        ]
        for row in model._default_manager.values_list(*fields) if fields else []:
            for value in row:
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                found.update(word.lower() for word in WORD.findall(text))
    return found


def letters_in_nynorsk() -> list[str]:
    """Standard letters are texts in files, and shown to those who change them in the letters' own language."""
    said = [text for letter in texts.texts("nn").values() for text in letter.values()]
    return [*said, *(naming.braced(word, "nn") for word in naming.WORDS)]


def words_allowed() -> set[str]:
    tables = " ".join(str(value) for name, value in vars(dates).items() if name.isupper())
    named = [settings.MUNICIPALITY, settings.PROGRAMME, settings.LEADER_GROUP, NAMES, tables]
    named += [str(vars(card.languages["nb"])) for card in METHODS.values()]  # whole texts, one for each language
    initials = ["".join(part[0] for part in name.split()) for name in Person.objects.values_list("name", flat=True)]
    named += initials + letters_in_nynorsk()
    return words_kept() | {word.lower() for text in named for word in WORD.findall(text)}


@pytest.fixture(scope="module")
def pages(standing_house: House, bracketed, django_db_blocker) -> dict[str, dict[str, str]]:  # noqa: F811
    """Of each reader the HTML behind every door, by its name."""
    found: dict[str, dict[str, str]] = {}
    logging.disable(logging.WARNING)
    with django_db_blocker.unblock(), contextlib.ExitStack() as left:
        left.callback(logging.disable, logging.NOTSET)
        for reader in READERS:
            walker, found[reader] = Walker(standing_house.who(reader)), {}
            for door in DOORS:
                if door.look == "-":
                    continue
                visit = walker.visit(door.address(standing_house, standing_house.main))
                if "text/html" in visit.response.headers.get("Content-Type", ""):
                    found[reader][door.name] = visit.body.decode()
    return found


@pytest.mark.parametrize("reader", READERS)
def test_every_visible_word_is_translated_or_data(house: House, pages, reader: str):  # noqa: F811
    allowed, untranslated = words_allowed(), {}

    for name, html in pages[reader].items():
        page = Page(html)
        words = [word for text in page.outside for word in WORD.findall(text) if word.lower() not in allowed]
        if words or page.depth:
            untranslated[name] = " ".join(words) or "a bracket is not closed"

    assert "\n".join(f"{name}: {words}" for name, words in untranslated.items()) == ""


@pytest.mark.parametrize("reader", READERS)
def test_every_page_loads_the_style_of_what_it_shows(pages, reader: str):
    bare, needed = [], set()

    for name, html in pages[reader].items():
        for sheet, signs in NEEDS.items():
            if any(sign in html for sign in signs):
                needed.add(sheet)
                if f"oppdrift/{sheet}" not in html:
                    bare.append(f"{name}: {sheet}")

    assert bare == []
    assert needed, "no page of this reader shows anything of these; the signs above are out of date"


def test_a_word_that_nobody_translates_is_found(bracketed):
    page = Page('<p title="Saved">⟦Lagret <b>kl.⟧ 12</b> Now</p><script>let hidden</script>')

    assert WORD.findall(" ".join(page.outside)) == ["Saved", "Now"]
