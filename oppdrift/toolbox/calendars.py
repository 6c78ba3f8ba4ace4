"""Calendar files (.ics): moments in UTC, a stable UID, a SEQUENCE that rises when something has moved."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from .clock import now

PRODUCT = "-//Oppdrift//NO"
Contact = tuple[str, str]  # name, mail address


@dataclass(frozen=True)
class Entry:
    """One appointment as a calendar needs it."""

    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str = ""
    text: str = ""
    url: str = ""
    cancelled: bool = False


def calendar_file(
    entries: Iterable[Entry],
    *,
    method: str = "PUBLISH",
    organizer: Contact | None = None,
    attendee: Contact | None = None,
) -> str:
    """The text of an .ics file. PUBLISH to take home, REQUEST and CANCEL in mails to one attendee."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(_event(entry, organizer, attendee))
    return calendar.to_ical().decode()


def _event(entry: Entry, organizer: Contact | None, attendee: Contact | None):
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now().astimezone(dt.UTC))
    event.add("dtstart", entry.starts_at.astimezone(dt.UTC))
    event.add("dtend", entry.ends_at.astimezone(dt.UTC))
    event.add("summary", entry.title)
    for name, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(name, value)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if organizer:
        event.add("organizer", _contact(organizer))
    if attendee:
        event.add("attendee", _contact(attendee))
    return event


def _contact(contact: Contact):
    from icalendar import vCalAddress, vText

    name, address = contact
    made = vCalAddress(f"mailto:{address}")
    made.params["cn"] = vText(name)
    return made
