"""What a proposal changes, and whether it is a correction of texts or weighs enough for a new edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# What a team answers to, or is judged by. Other fields are words that help: those may be corrected.
WEIGHTY = {
    "criterion": ("kind", "used", "weight", "steps"),
    "question": ("kind", "asks_amount", "required"),
}
WORDS = {
    "criterion": ("name", "help", "order"),
    "question": ("label", "help", "example", "section", "words", "order"),
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
        found.append(Difference(thing, new.key, str(new), field, before, after, weighty))
    return found


def _moved(thing: str, old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """One line when those that stayed stand in another order."""
    before, after = [key for key in old if key in new], [key for key in new if key in old]
    if before == after:
        return []
    return [Difference(thing, "", "", "order", [str(old[key]) for key in before], [str(new[key]) for key in after])]
