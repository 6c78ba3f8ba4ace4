"""What cannot go on at once: in the same room, by the same speaker, or outside the conference's own hours."""

from collections.abc import Iterable
from itertools import combinations

from django.utils.translation import gettext as _

from .models import Conference, Slot


def clashes(conference: Conference, slots: Iterable[Slot]) -> dict[int, list[str]]:
    """By key of the slot, a sentence for each thing that stands in its way. Slots come with hall and speakers."""
    timed = [slot for slot in slots if slot.starts_at]
    found: dict[int, list[str]] = {}
    for slot in timed:
        if words := outside(conference, slot):
            found.setdefault(slot.pk, []).append(words)
    for one, other in combinations(timed, 2):
        if not at_once(one, other):
            continue
        for this, that in ((one, other), (other, one)):
            found.setdefault(this.pk, []).extend(between(this, that))
    return {key: words for key, words in found.items() if words}


def at_once(one: Slot, other: Slot) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at  # type: ignore[operator]


def between(this: Slot, that: Slot) -> list[str]:
    """Why these two, which overlap in time, cannot."""
    found = []
    if this.hall_id == that.hall_id or not (this.hall_id and that.hall_id):
        if this.hall_id and that.hall_id:
            words = _("In %(hall)s at the same time as «%(title)s»")
            found.append(words % {"hall": this.hall.name, "title": that.title})  # type: ignore[union-attr]
        else:
            found.append(_("At the same time as «%(title)s»") % {"title": that.title})
    theirs = {speaker.key for speaker in that.speakers.all()}
    found += [
        _("%(name)s speaks in «%(title)s» at the same time") % {"name": speaker.name, "title": that.title}
        for speaker in this.speakers.all()
        if speaker.key in theirs
    ]
    return found


def outside(conference: Conference, slot: Slot) -> str:
    begins, ends = conference.appointment.starts_at, conference.appointment.ends_at
    if slot.starts_at and slot.starts_at < begins:
        return _("Before the conference begins")
    if slot.ends_at and slot.ends_at > ends:
        return _("After the conference ends")
    return ""
