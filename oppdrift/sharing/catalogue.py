"""The project catalogue: what the projects of a round have published, on paper and for screen readers."""

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from oppdrift.benefits.figure import Figure
from oppdrift.benefits.figures import Figures
from oppdrift.toolbox import money, pdf
from oppdrift.toolbox.look.year_line import HEIGHT, WIDTH, curve

from .effects import effects_of
from .models import Conference, Showcase

log = logging.getLogger(__name__)
TEMPLATE = Path(__file__).with_suffix(".typ")


@dataclass(frozen=True)
class Catalogue:
    """What the PDF is made of. It is not kept on disk: a picture or a name that is taken back would stay in it."""

    data: dict[str, Any]
    pictures: dict[str, bytes]
    language: str

    @property
    def fingerprint(self) -> str:
        """The same as long as the same PDF would come of it; whoever has that needs none made."""
        made_of = hashlib.sha256(TEMPLATE.read_bytes() + pdf.BASE.read_bytes())
        made_of.update(json.dumps([self.language, self.data], sort_keys=True, default=str).encode())
        for name, picture in sorted(self.pictures.items()):
            made_of.update(name.encode() + hashlib.sha256(picture).digest())
        return made_of.hexdigest()[:32]

    def document(self) -> bytes:
        """The PDF. Raises pdf.NotMade."""
        with translation.override(self.language):
            try:
                return pdf.document(TEMPLATE, self.data, language=self.language, files=self.pictures)
            except pdf.NotMade:
                if not self.pictures:
                    raise
                log.exception("A picture cannot be put into the catalogue; it is made without pictures")
                plain = [{**page, "picture": ""} for page in self.data["projects"]]
                return pdf.document(TEMPLATE, {**self.data, "projects": plain}, language=self.language)


def catalogue_of(conference: Conference, language: str) -> Catalogue:
    """The pages that are published now."""
    with translation.override(language):
        return Catalogue(*contents(conference), language)


def contents(conference: Conference) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the template is given, in the active language, and the pictures by their names."""
    showcases = list(
        Showcase.objects.published().with_consent().filter(idea__round=conference.round)
        .select_related("idea", "contact", "picture").order_by("title_key", "pk")
    )  # fmt: skip
    effects = effects_of(each.idea_id for each in showcases)
    pictures = dict(filter(None, map(picture_of, showcases)))
    data = {
        "title": _("Projects of %(round)s") % {"round": conference.round},
        "programme": settings.PROGRAMME,
        "municipality": settings.MUNICIPALITY,
        "conference": conference.gathering.title,
        "when": str(conference.appointment.when),
        "line": line(),
        "words": words(),
        "projects": [page_of(each, effects.get(each.idea_id), pictures) for each in showcases],
    }
    return data, pictures


def words() -> dict[str, str]:
    """What the template says itself."""
    return {
        "contents": _("Contents"),
        "none": _("No project has published its page yet."),
        "challenge": _("The challenge"),
        "core": _("The core of the solution"),
        "effect": _("Did it work?"),
        "setback": _("What did not work"),
        "adapting": _("What you must adapt"),
        "call": _("Who answers"),
        "cost": _("It cost"),
        "read_on": _("On the web"),
    }


def page_of(showcase: Showcase, effects: Figures | None, pictures: dict[str, bytes]) -> dict[str, Any]:
    name = name_of(showcase)
    return {
        "title": showcase.title,
        "unit": showcase.idea.unit_name,
        "summary": showcase.summary,
        "challenge": showcase.challenge,
        "core": showcase.core,
        "setback": showcase.setback,
        "adapting": showcase.adapting,
        "effects": effects_in_words(effects),
        "cost": cost_in_words(showcase),
        "call": call_in_words(showcase),
        "link": settings.BASE_URL + showcase.get_absolute_url(),
        "picture": name if name in pictures else "",
        "alt": showcase.picture_alt,
    }


def effects_in_words(effects: Figures | None) -> list[dict[str, str]]:
    """Each with its numbers, or that it is not measured yet."""
    if effects is None:
        return [{"name": "", "said": _("Not measured yet.")}]
    return [{"name": each.benefit.title, "said": " ".join(said_of(each))} for each in effects.all]


def said_of(figure: Figure) -> Iterator[str]:
    """62 til 81 %. Ja, så langt. …"""
    if figure.before and figure.after:
        yield _("%(before)s to %(after)s.") % {"before": figure.before, "after": figure.after}
    elif figure.after:
        yield f"{figure.after}."
    yield figure.answer.words
    yield from figure.notes


def cost_in_words(showcase: Showcase) -> str:
    hours = _("%(n)s hours") % {"n": money.grouped(showcase.hours)} if showcase.hours is not None else ""
    return ", ".join(part for part in (money.kroner(showcase.cost), hours) if part)


def call_in_words(showcase: Showcase) -> str:
    if caller := showcase.caller:
        return ", ".join(part for part in (caller.name, caller.email) if part)
    return ", ".join(part for part in (showcase.contact_name, showcase.contact_address) if part)


def name_of(showcase: Showcase) -> str:
    """Under which the template reads the picture."""
    return f"picture-{showcase.pk}"


def picture_of(showcase: Showcase) -> tuple[str, bytes] | None:
    """Name and contents; None where there is no picture to be shown, or its file is lost."""
    if not showcase.shows_picture or not showcase.picture:
        return None
    try:
        with showcase.picture.content.open("rb") as content:
            return name_of(showcase), content.read()
    except FileNotFoundError:
        return None


def line() -> list[list[float]]:
    """The line of the year, as shares of its width and height from the upper left."""
    return [[round(x / WIDTH, 4), round(y / HEIGHT, 4)] for x, y in curve(0, 1)]
