"""Letters about projects. Those that answer a deed are queued; the others wait in the outbox for the lead."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from oppdrift.history import letters
from oppdrift.people.models import Person
from oppdrift.toolbox import calendars
from oppdrift.toolbox.clock import today

if TYPE_CHECKING:
    from .models import Agreement, GuidanceSession, Project, Report


def of_start(project: "Project", *, by: Person) -> None:
    """A draft to team and owner: what comes now."""
    people = {part.person_id: part.person for part in project.idea.team()}
    if project.owner:
        people[project.owner.pk] = project.owner
    for person in people.values():
        _write("project_started", project, person, key=f"project_started:{project.pk}:{person.pk}", by=by)


def of_agreement(agreement: "Agreement", *, by: Person) -> None:
    """To each who is asked to agree."""
    project = agreement.project
    asked = {"project_lead": project.lead, "owner": project.owner, "programme_lead": project.lead_in_charge()}
    for as_what, person in asked.items():
        if person:
            _write(
                "agreement_to_sign", project, person, by=by,
                key=f"agreement_to_sign:{agreement.pk}:{as_what}:{agreement.mark}", state="queued",
                number=agreement.number, link=agreement.get_absolute_url(),
            )  # fmt: skip


def entry(session: "GuidanceSession") -> calendars.Entry:
    """The session as a calendar shows it, in the active language."""
    appointment, url = session.appointment, settings.BASE_URL + session.get_absolute_url()
    return calendars.Entry(
        uid=appointment.uid,
        sequence=appointment.sequence,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        title=_("Guidance: %(title)s") % {"title": session.project},
        place=appointment.place,
        text=url,
        url=url,
        cancelled=session.is_cancelled,
    )


def of_session(kind: str, session: "GuidanceSession", *, by: Person, reason: str = "") -> None:
    """To team and coach, with the calendar entry."""
    people = {part.person_id: part.person for part in session.project.idea.team()}
    people[session.coach_id] = session.coach
    method = "CANCEL" if session.is_cancelled else "REQUEST"
    for person in people.values():
        with translation.override(person.language):
            calendar = calendars.calendar_file(
                [entry(session)], method=method, organizer=(by.name, by.email) if by.email else None,
                attendee=(person.name, person.email),
            )  # fmt: skip
        _write(
            kind, session.project, person, key=f"{kind}:{session.pk}:{session.appointment.sequence}:{person.pk}", by=by,
            state="queued", calendar=calendar, calendar_method=method, lead=by, when=session.appointment.when,
            place=session.appointment.where, coach=session.coach, reason=reason.strip() or "–",
            link=session.get_absolute_url(),
        )  # fmt: skip


def of_coupling(project: "Project", coach: Person, *, by: Person) -> None:
    """A draft to the team and the coach: who they have got."""
    for person in _team_and(project, coach):
        key = f"coach_coupled:{project.pk}:{coach.pk}:{person.pk}"
        _write("coach_coupled", project, person, key=key, by=by, coach=coach)


def of_hand_over(project: "Project", before: Person, after: Person, *, by: Person) -> None:
    """To the team and both coaches, at once: an appointment may be near."""
    for person in _team_and(project, before, after):
        key = f"coach_handover:{project.pk}:{before.pk}:{after.pk}:{person.pk}:{today():%Y-%m-%d}"
        _write("coach_handover", project, person, key=key, by=by, state="queued", before=before, coach=after)


def of_report(kind: str, report: "Report", *, by: Person, comment: str = "") -> None:
    """To the team: returned with comments, or accepted."""
    version = report.versions.count()
    for part in report.project.idea.team():
        with translation.override(part.person.language):
            name = str(report.get_kind_display()).lower()
        _write(
            kind, report.project, part.person, key=f"{kind}:{report.pk}:{version}:{part.person_id}", by=by,
            state="queued", report=name, comment=comment.strip() or "–", link=report.get_absolute_url(),
        )  # fmt: skip


def _team_and(project: "Project", *others: Person) -> Iterable[Person]:
    people = {part.person_id: part.person for part in project.idea.team()}
    return {**people, **{person.pk: person for person in others}}.values()


def _write(kind: str, project: "Project", to: Person, *, key: str, by: Person, **words: Any) -> None:
    words.setdefault("link", project.get_absolute_url())
    letters.write(kind, to=to, key=key, root=project.round, thing=project, title=project.idea.title, by=by, **words)
