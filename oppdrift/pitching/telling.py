"""Letters of this room: the panel's links, which wait in the outbox, and bookings of a rehearsal, which go at once."""

from typing import TYPE_CHECKING

from django.conf import settings

from oppdrift.gatherings.models import Appointment
from oppdrift.history import letters
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox import calendars
from oppdrift.toolbox.addresses import reverse

if TYPE_CHECKING:
    from .models import PitchDay, Rehearsal, Seat


def entry_of(appointment: Appointment, title: str, link: str) -> calendars.Entry:
    url = settings.BASE_URL + link
    return calendars.Entry(
        uid=appointment.uid, sequence=appointment.sequence, starts_at=appointment.starts_at,
        ends_at=appointment.ends_at, title=title, place=appointment.place, text=url, url=url,
    )  # fmt: skip


def of_seat(seat: "Seat", *, by: Person, state: str = "draft") -> None:
    """The link that is the member's alone. The entry in the calendar does not carry it: calendars are shared."""
    day, round = seat.day, seat.day.round
    entry = entry_of(day.appointment, str(round), reverse("pitching:mine"))
    lead = round.lead_in_charge()
    letters.write(
        "panel_link",
        to=seat.person,
        key=f"panel_link:{seat.pk}:{seat.renewals}",
        root=round,
        thing=seat,
        by=by,
        state=state,
        lead=lead,
        title=str(round),
        when=day.appointment.when,
        place=day.appointment.where,
        link=seat.get_absolute_url(),
        calendar=calendars.calendar_file([entry], method="PUBLISH"),
        calendar_method="PUBLISH",
    )


def of_move(day: "PitchDay", *, by: Person) -> None:
    """Another time or place, to the panel and the teams. The letters wait until they are read; calendars move along."""
    entry = entry_of(day.appointment, str(day.round), reverse("pitching:mine"))
    calendar = calendars.calendar_file([entry], method="PUBLISH")
    for seat in day.seats.select_related("person"):
        seat.day = day
        _of_move(day, seat.person, seat, seat.get_absolute_url(), calendar, by=by)
    for pitch in day.pitches.on_stage().select_related("idea"):
        for part in pitch.idea.team():
            link = reverse("pitching:training", args=[day.round_id])
            _of_move(day, part.person, pitch.idea, link, calendar, by=by)


def _of_move(day: "PitchDay", to: Person, thing: "Seat | Idea", link: str, calendar: str, *, by: Person) -> None:
    letters.write(
        "pitch_day_moved",
        to=to,
        key=f"pitch_day_moved:{day.pk}:{day.appointment.sequence}:{to.pk}",
        root=day.round,
        thing=thing,
        by=by,
        title=str(day.round),
        when=day.appointment.when,
        place=day.appointment.where,
        link=link,
        calendar=calendar,
        calendar_method="PUBLISH",
    )


def of_booking(rehearsal: "Rehearsal", *, by: Person) -> None:
    """To the team, with the calendar entry."""
    _to_team("rehearsal_booked", rehearsal, by=by, method="REQUEST")


def of_giving_back(rehearsal: "Rehearsal", *, by: Person) -> None:
    """To the team: the entry leaves their calendars."""
    _to_team("rehearsal_given_back", rehearsal, by=by, method="CANCEL")


def _to_team(kind: str, rehearsal: "Rehearsal", *, by: Person, method: str) -> None:
    idea, appointment = rehearsal.idea, rehearsal.appointment
    assert isinstance(idea, Idea)
    round = rehearsal.gathering.round
    lead = idea.lead_in_charge()
    entry = entry_of(appointment, str(rehearsal.gathering), rehearsal.get_absolute_url())
    for part in idea.team():
        person = part.person
        calendar = calendars.calendar_file(
            [entry],
            method=method,
            organizer=(lead.name, lead.email) if lead and lead.email else None,
            attendee=(person.name, person.email),
        )
        letters.write(
            kind,
            to=person,
            key=f"{kind}:{appointment.uid}:{person.pk}",
            root=round,
            thing=idea,
            by=by,
            state="queued",
            lead=lead,
            when=appointment.when,
            place=appointment.where,
            link=reverse("pitching:training", args=[round.pk]),
            calendar=calendar,
            calendar_method=method,
        )
