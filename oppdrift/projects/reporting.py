"""When reports are due, and reminders of them and to those not heard of."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import translation

from oppdrift.history import letters
from oppdrift.history.models import Event, Message
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Round
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import now, today

from .models import Project, Report

NEAR = dt.timedelta(days=21)  # a report due within this time may be reminded of
# By which date of the round each is due: a project has described itself when they first come together.
DUE_AT = {Report.Kind.DESCRIPTION.value: Milestone.Kind.GATHERING, Report.Kind.FINAL.value: Milestone.Kind.REPORT}


def due_dates(round: Round, milestones: Iterable[Milestone] | None = None) -> dict[str, dt.datetime | None]:
    """By kind of report. None where the round has not named the date."""
    rows = sorted(round.milestones.all() if milestones is None else milestones, key=lambda each: each.at)
    first = {kind: next((each for each in rows if each.kind == named), None) for kind, named in DUE_AT.items()}
    return {kind: (each.until or each.at) if each else None for kind, each in first.items()}


def with_due(project: Project) -> list[Report]:
    """The reports of a project, each with `due`. Two statements."""
    due, rows = due_dates(project.round), list(project.reports.all())
    for row in rows:
        row.due = due[row.kind]
        row.is_late = bool(row.is_owed and row.due and dates.date_of(row.due) < today())
    return rows


def to_remind(round: Round, by: Person) -> tuple[list[Project], list[Report]]:
    """Projects that are silent, and reports that are late or soon due. Three statements."""
    led = Project.objects.led_by(by).of_round(round)
    silent = list(led.silent().select_related("idea__round"))
    due = due_dates(round)
    near = [kind for kind, moment in due.items() if moment and moment <= now() + NEAR]
    owed = Report.objects.owed().filter(project__in=led, kind__in=near).exclude(project__state=Project.State.ON_HOLD)
    return silent, list(owed.select_related("project__idea__round"))


@transaction.atomic
def remind(round: Round, *, by: Person) -> list[Message]:
    """A draft to each in those teams, at most one a day about the same. Returns the new ones."""
    silent, owed = to_remind(round, by)
    due, day, written = due_dates(round), f"{today():%Y-%m-%d}", []
    for project in silent:
        for part in project.idea.team():
            written.append(
                letters.write(
                    "project_silent",
                    to=part.person,
                    key=f"project_silent:{project.pk}:{part.person_id}:{day}",
                    root=round,
                    thing=project,
                    title=project.idea.title,
                    by=by,
                    when=dates.date_of(project.last_contact),
                    link=reverse("projects:check_in", args=[project.pk]),
                )
            )
    for report in owed:
        for part in report.project.idea.team():
            with translation.override(part.person.language):
                name = str(report.get_kind_display()).lower()
            written.append(
                letters.write(
                    "report_reminder",
                    to=part.person,
                    key=f"report_reminder:{report.pk}:{part.person_id}:{day}",
                    root=round,
                    thing=report,
                    title=report.project.idea.title,
                    by=by,
                    report=name,
                    deadline=dates.date_of(due[report.kind] or now()),
                    link=report.get_absolute_url(),
                )
            )
    new = [letter for letter in written if letter]
    if new:
        Event.record("project.reminded", round, by=by, letters=len(new))
    return new
