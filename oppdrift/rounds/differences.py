"""What a proposal changes, and whether it is a correction of texts or weighs enough for a new edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

# What a team answers to, or is judged by. Other fields are words that help: those may be corrected.
WEIGHTY = {
    "criterion": ("kind", "used", "weight", "steps"),
    "question": ("kind", "asks_amount", "required"),
}
WORDS = {
    "criterion": ("name", "help", "order"),
    "question": ("label", "help", "example", "section", "words", "order"),
}

NAMES: dict[str, str | Promise] = {
    "added": _("Added"),
    "removed": _("Removed"),
    "order": _("Order"),
    "kind": _("Kind"),
    "used": _("Used"),
    "weight": _("Weight"),
    "steps": _("The five steps"),
    "asks_amount": _("This is the amount applied for"),
    "required": _("Must be answered"),
    "name": pgettext_lazy("of a criterion", "Name"),
    "label": _("Question"),
    "help": _("Help"),
    "example": _("A good answer"),
    "section": _("Part of the form"),
    "words": _("Words at most"),
}


@dataclass(frozen=True)
class Difference:
    """One field of one criterion or question; `field` is "added" or "removed" when it is all of it."""

    thing: str  # criterion, question
    key: str
    name: str
    field: str
    before: Any = None
    after: Any = None
    weighty: bool = False

    @property
    def field_name(self) -> str | Promise:
        return NAMES[self.field]

    @property
    def before_words(self) -> str:
        return _in_words(self.before)

    @property
    def after_words(self) -> str:
        return _in_words(self.after)


def _in_words(value: Any) -> str:
    """A value as it stands in a table: lists with a line each."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return "\n".join(f"{number} {each}" for number, each in enumerate(value, start=1))
    return str(value)


def differences(thing: str, before: Iterable[Any], after: Iterable[Any]) -> list[Difference]:
    """From `before` to `after`, in the order of the new list; what was removed comes last."""
    old = {row.key: row for row in before}
    new = {row.key: row for row in after}
    found: list[Difference] = []
    for row in new.values():
        if row.key in old:
            found += _between(thing, old[row.key], row)
        else:
            weighty = thing == "criterion" or row.required
            found.append(Difference(thing, row.key, str(row), "added", after=row, weighty=weighty))
    for key, row in old.items():
        if key not in new:
            found.append(Difference(thing, key, str(row), "removed", before=row, weighty=True))
    return found + _moved(thing, old, new)


def _between(thing: str, old: Any, new: Any) -> list[Difference]:
    found = []
    for field in (*WEIGHTY[thing], *WORDS[thing]):
        before, after = getattr(old, field), getattr(new, field)
        if field == "order" or before == after:
            continue
        # A question that need not be answered any longer takes nothing from those who answered it.
        weighty = field in WEIGHTY[thing] and not (field == "required" and before)
        if hasattr(new, f"get_{field}_display"):
            before, after = (getattr(row, f"get_{field}_display")() for row in (old, new))
        found.append(Difference(thing, new.key, str(new), field, before, after, weighty))
    return found


def _moved(thing: str, old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """One line when those that stayed stand in another order."""
    before, after = [key for key in old if key in new], [key for key in new if key in old]
    if before == after:
        return []
    return [Difference(thing, "", "", "order", [str(old[key]) for key in before], [str(new[key]) for key in after])]
