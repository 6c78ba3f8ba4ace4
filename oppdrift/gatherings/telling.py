"""Letters about gatherings, with the calendar entry. They are queued, since they answer a deed that people wait to hear
of; only an invitation waits in the outbox for the lead."""

from typing import TYPE_CHECKING, Any

from django.conf import settings

from oppdrift.history import letters
from oppdrift.people.models import Person
from oppdrift.toolbox import calendars
from oppdrift.toolbox.addresses import reverse

if TYPE_CHECKING:
    from .models import Gathering, Invitation, SignUp


def entry(gathering: "Gathering") -> calendars.Entry:
    """The gathering as a calendar shows it."""
    appointment = gathering.appointment
    url = settings.BASE_URL + gathering.get_absolute_url()
    return calendars.Entry(
        uid=appointment.uid,
        sequence=appointment.sequence,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        title=gathering.title,
        place=appointment.place,
        text=url,
        url=url,
        cancelled=gathering.is_cancelled,
    )


def of_sign_up(row: "SignUp", *, by: Person) -> None:
    if row.state == row.State.COMING:
        _write("signup_confirmed", row, by=by, key=row.turn, method="REQUEST")
    else:
        _write("waiting_list", row, by=by, key=row.turn)


def of_promotion(row: "SignUp", *, by: Person | None) -> None:
    _write("promoted", row, by=by, key=row.turn, method="REQUEST", until=row.gathering.appointment.starts_at)


def of_move(gathering: "Gathering", *, reason: str, by: Person) -> None:
    appointment = gathering.appointment
    for row in gathering.coming():
        row.gathering = gathering
        _write("gathering_changed", row, by=by, key=appointment.sequence, method="REQUEST", reason=reason,
               until=appointment.starts_at)  # fmt: skip


def of_cancelling(gathering: "Gathering", *, reason: str, by: Person) -> None:
    others = reverse("gatherings:gatherings")
    for row in gathering.sign_ups.active().select_related("person"):
        row.gathering = gathering
        method = "CANCEL" if row.state == row.State.COMING else ""
        _write("gathering_cancelled", row, by=by, key="", method=method, reason=reason, link=others)


def of_invitation(invitation: "Invitation", *, by: Person) -> None:
    gathering = invitation.gathering
    letters.write(
        "gathering_invitation",
        to=invitation.person,
        key=f"gathering_invitation:{invitation.pk}",
        root=gathering.round,
        thing=gathering,
        by=by,
        when=gathering.appointment.when,
        place=gathering.appointment.where,
        link=gathering.get_absolute_url(),
    )


def _write(kind: str, row: "SignUp", *, by: Person | None, key: Any, method: str = "", **words: Any) -> None:
    gathering, person = row.gathering, row.person
    # Asked because of their idea: the letter is about that, so that it is hidden from whom the idea is.
    asked = gathering.invitations.filter(person=person).exclude(idea=None).select_related("idea").first()
    idea = asked.idea if asked else None
    lead = idea.lead_in_charge() if idea else gathering.round.lead_in_charge()
    calendar = ""
    if method:
        calendar = calendars.calendar_file(
            [entry(gathering)],
            method=method,
            organizer=(lead.name, lead.email) if lead and lead.email else None,
            attendee=(person.name, person.email),
        )
    words.setdefault("link", gathering.get_absolute_url())
    words.setdefault("title", gathering)
    letters.write(
        kind,
        to=person,
        key=f"{kind}:{row.pk}:{key}",
        root=gathering.round,
        thing=asked.idea if asked else gathering,
        by=by,
        state="queued",
        calendar=calendar,
        calendar_method=method,
        lead=lead,
        when=gathering.appointment.when,
        place=gathering.appointment.where,
        **words,
    )
