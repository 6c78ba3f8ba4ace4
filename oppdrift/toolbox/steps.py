"""What a room answers when asked: what does this person owe, and where may they go?"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Step:
    """One thing a person owes or may do next. Computed from the state of things, never kept.

    `title` begins with a verb; `why` is one or two sentences with names and dates; `weight` decides between steps of
    the same day (higher first). A step without `due` comes after those with one.
    """

    title: str
    why: str
    url: str
    button: str
    due: dt.datetime | None = None
    weight: int = 0
    quiet_link: tuple[str, str] | None = None  # (text, url)

    @property
    def order(self) -> tuple:
        return (self.due is None, self.due.timestamp() if self.due else 0.0, -self.weight)


class Place(NamedTuple):
    """A place in the menu. Places are shown by rising `order`."""

    name: str
    url: str
    order: int
