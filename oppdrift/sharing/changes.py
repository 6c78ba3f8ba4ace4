"""What is different between two programmes, told slot by slot, and whom it concerns."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from oppdrift.toolbox import dates

from .models.release import Row


@dataclass(frozen=True)
class Change:
    """One slot that is new, gone or different. `row` is the newer one, of what is gone the last one."""

    slot: int
    idea: int | None
    row: Row
    before: Row | None
    kinds: tuple[str, ...]  # new, gone, time, hall, words

    @property
    def title(self) -> str:
        return str(self.row["title"])

    @property
    def words(self) -> str:
        """What happened to it, in one sentence without its title."""
        if "new" in self.kinds:
            return _("New: %(when)s") % {"when": when(self.row)}
        if "gone" in self.kinds:
            return _("Taken out. It was planned for %(when)s") % {"when": when(self.row)}
        assert self.before is not None
        said = []
        if "time" in self.kinds:
            said.append(
                _("moved from %(before)s to %(after)s") % {"before": when(self.before), "after": when(self.row)}
            )
        if "hall" in self.kinds:
            hall = self.row["hall"] or _("all rooms")
            said.append(_("now in %(hall)s") % {"hall": hall})
        if "title" in self.kinds:
            said.append(_("was called «%(title)s»") % {"title": self.before["title"]})
        if "abstract" in self.kinds:
            said.append(_("has a new text"))
        sentence = ", ".join(said)
        return sentence[:1].upper() + sentence[1:]


JOINER = "\u2060"  # keeps what stands around it on one line, and is not seen
COMPARED = {"time": ("starts_at", "minutes"), "hall": ("hall",), "title": ("title",), "abstract": ("abstract",)}


def changes(before: Iterable[Row], after: Iterable[Row]) -> list[Change]:
    """In the order of the newer programme, what is gone last."""
    was = {row["slot"]: row for row in before}
    found = []
    for row in after:
        old = was.pop(row["slot"], None)
        kinds = ("new",) if old is None else different(old, row)
        if kinds:
            found.append(Change(row["slot"], row["idea"], row, old, kinds))
    found += [Change(row["slot"], row["idea"], row, row, ("gone",)) for row in was.values()]
    return found


def different(old: Row, new: Row) -> tuple[str, ...]:
    return tuple(kind for kind, names in COMPARED.items() if any(old[name] != new[name] for name in names))


def begins(row: Row) -> dt.datetime:
    return dt.datetime.fromisoformat(row["starts_at"])


def ends(row: Row) -> dt.datetime:
    return begins(row) + dt.timedelta(minutes=row["minutes"])


def when(row: Row) -> str:
    """kl. 10.00–10.15, in one piece also within a sentence."""
    return dates.hours(begins(row), ends(row)).replace(dates.DASH, f"{JOINER}{dates.DASH}{JOINER}")
