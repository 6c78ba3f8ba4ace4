"""There is no time to lose: what each project still owes the conference, by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.ideas.models import Idea

from .models import Conference, Showcase, Slot

NAMES: dict[str, Promise] = {
    "text": pgettext_lazy("owed to the conference", "text"),
    "picture": pgettext_lazy("owed to the conference", "picture"),
    "slides": pgettext_lazy("owed to the conference", "slides"),
    "speaker": pgettext_lazy("owed to the conference", "speaker"),
    "consent": pgettext_lazy("owed to the conference", "consent"),
}


@dataclass(frozen=True)
class Part:
    """One thing a project hands in. `lacks` says what to do about it; empty when it is there."""

    name: str
    lacks: Any = ""

    @property
    def is_there(self) -> bool:
        return not self.lacks

    @property
    def label(self) -> Promise:
        return NAMES[self.name]


@dataclass(frozen=True)
class Readiness:
    """How far one project is."""

    idea: Idea
    slot: Slot | None
    showcase: Showcase | None
    parts: tuple[Part, ...]

    @property
    def missing(self) -> list[Part]:
        return [part for part in self.parts if not part.is_there]

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def missing_in_words(self) -> str:
        return ", ".join(str(part.label) for part in self.missing)


def of(idea: Idea, slot: Slot | None, showcase: Showcase | None) -> Readiness:
    """Slot from `counted()`, showcase with its idea; either may be missing."""
    has_picture = showcase and showcase.picture_id
    parts = (
        Part("text", text_lacks(showcase)),
        Part("picture", "" if has_picture else _("Add a picture, and say in words what it shows.")),
        Part("slides", "" if slot and slot.slides_id else _("Hand in the slides as a PDF.")),
        Part("speaker", "" if slot and slot.named else _("Write who speaks.")),
        Part("consent", consent_lacks(slot, showcase)),
    )
    return Readiness(idea, slot, showcase, parts)


def text_lacks(showcase: Showcase | None) -> Any:
    if showcase is None:
        return _("Begin the project page. Its text goes into the catalogue.")
    if showcase.idea.published_at:
        return ""
    if showcase.missing():
        return _("Write the text of the project page.")
    if not showcase.team_agreed_at:
        return _("The text is written. The team has not said yes to publishing it.")
    return _("The text waits for the programme lead’s yes.")


def consent_lacks(slot: Slot | None, showcase: Showcase | None) -> Any:
    if slot is None or not slot.named:
        return _("Ask those who speak whether they may be named.")
    if slot.unasked:
        return _("Somebody who speaks has not said yes to being named.")
    if showcase and showcase.needs_consent:
        return _("Write down who in the picture has said yes to it.")
    return ""


def of_all(conference: Conference, ideas: Iterable[Idea]) -> list[Readiness]:
    """Those who lack most come first. Three statements, whatever the number of projects."""
    found = list(ideas)
    slots = {slot.idea_id: slot for slot in Slot.objects.filter(conference=conference, idea__in=found).counted()}
    showcases = {
        each.idea_id: each for each in Showcase.objects.filter(idea__in=found).with_consent().select_related("idea")
    }
    rows = [of(idea, slots.get(idea.pk), showcases.get(idea.pk)) for idea in found]
    return sorted(rows, key=lambda row: (-len(row.missing), row.idea.title_key))
