"""What those close to a project owe it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from oppdrift.ideas import sight
from oppdrift.ideas.models import Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import OSLO, now
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from . import promises
from .models import Agreement, GuidanceSession, Project, Report, Signature
from .models.asking import silent_before
from .steps_of_lead import of_lead

SOON = dt.timedelta(days=7)  # a session within this time is a next step
NEAR = dt.timedelta(days=30)  # a report due within this time is


def steps_for(person: Person) -> list[Step]:
    """Two statements: the projects one belongs to, and the rounds one runs."""
    return [*of_members(person), *of_lead(person)]


def of_members(person: Person) -> list[Step]:
    if not sight.ties(person).own:
        return []
    return [step for project in _asked(person, promises.until()) for step in _of(project, person)]


@prepared
def _asked(person: Person, day: str) -> QuerySet:
    """The person's projects with all that the steps need to know of them."""
    this, mine = OuterRef("pk"), Part.objects.in_force().filter(person=person, idea=OuterRef("idea"))
    proposed = Agreement.objects.filter(project=this, state=Agreement.State.PROPOSED)
    signed = Signature.objects.filter(agreement__project=this, agreement__state=Agreement.State.PROPOSED)
    sessions = GuidanceSession.objects.filter(project=this)
    own_step = sessions.with_open_step().filter(next_step_owner=person).latest_first()
    reports = Report.objects.owed().filter(project=this)
    days = Milestone.objects.filter(round=OuterRef("idea__round")).order_by("at")
    return (
        Project.objects.of(person)
        .filter(idea__round__closed_at=None)
        .exclude(state=Project.State.ON_HOLD)
        .with_contact()
        .annotate(
            in_team=Exists(mine.filter(kind=Part.Kind.TEAM)),
            leads_team=Exists(mine.filter(kind=Part.Kind.TEAM, leads=True)),
            is_coach=Exists(mine.filter(kind=Part.Kind.COACH)),
            is_coached=Exists(Part.objects.in_force().filter(idea=OuterRef("idea"), kind=Part.Kind.COACH)),
            proposed=Subquery(proposed.values("number")[:1]),
            draft=Subquery(Agreement.objects.filter(project=this, state=Agreement.State.DRAFT).values("number")[:1]),
            lead_signed=Exists(signed.filter(as_what=Signature.As.LEAD)),
            owner_signed=Exists(signed.filter(as_what=Signature.As.OWNER)),
            coming=Subquery(sessions.coming().values("pk")[:1]),
            coming_at=Subquery(sessions.coming().values("appointment__starts_at")[:1]),
            unnoted=Subquery(sessions.to_be_noted().values("pk")[:1]),
            unnoted_at=Subquery(sessions.to_be_noted().values("appointment__starts_at")[:1]),
            step=Subquery(own_step.values("next_step")[:1]),
            step_due=Subquery(own_step.values("next_step_due")[:1]),
            is_met=Exists(sessions.held()),
            description=Subquery(reports.filter(kind=Report.Kind.DESCRIPTION).values("state")[:1]),
            final=Subquery(reports.filter(kind=Report.Kind.FINAL).values("state")[:1]),
            description_due=Subquery(days.filter(kind=Milestone.Kind.GATHERING).values("at")[:1]),
            final_due=Subquery(days.filter(kind=Milestone.Kind.REPORT).values("at")[:1]),
            **promises.due_of(person, day, idea=OuterRef("idea")),
        )
        .select_related("idea__round")
        .order_by("pk")
    )


def _of(project: Any, person: Person) -> Iterator[Step]:
    if project.is_alive:
        yield from _agreement(project, person)
        yield from _guidance(project)
        if project.promise_due:
            yield promises.step(project)
    if project.in_team:
        yield from _reports(project)


def _agreement(project: Any, person: Person) -> Iterator[Step]:
    words = {"title": project.idea.title}
    asked = (project.leads_team and not project.lead_signed) or (
        project.owner_id == person.pk and not project.owner_signed
    )
    if project.proposed and asked:
        yield Step(
            _("Agree to the agreement for “%(title)s”") % words,
            _("It holds when project lead, project owner and programme lead have all said yes."),
            reverse("projects:agreement", args=[project.pk, project.proposed]),
            _("Read and answer"),
            weight=5,
        )
    elif project.draft and project.leads_team:
        yield Step(
            _("Write the agreement for “%(title)s” together") % words,
            _("The draft has the words of your application. Put right what no longer holds, then lay it before them."),
            reverse("projects:agreement", args=[project.pk, project.draft]),
            _("Read the draft"),
            weight=4,
        )


def _guidance(project: Any) -> Iterator[Step]:
    words, carries = {"title": project.idea.title}, project.in_team or project.is_coach
    page = project.get_absolute_url()
    if project.unnoted and project.is_coach:
        why = _("It was booked for %(when)s. The next step is what the next session opens with.")
        yield Step(
            _("Write what came out of the session with “%(title)s”") % words,
            why % {"when": dates.moment(project.unnoted_at)},
            reverse("projects:hold", args=[project.unnoted]),
            _("Write it down"),
            due=project.unnoted_at,
            weight=4,
        )
    if project.step:
        due = project.step_due and dt.datetime.combine(project.step_due, dt.time(23, 59), tzinfo=OSLO)
        why = _("Agreed in the guidance of “%(title)s”.") % words
        yield Step(project.step, why, page, _("See the project"), due=due, weight=3)
    if project.coming and carries and project.coming_at <= now() + SOON:
        yield Step(
            _("Come to the guidance session of “%(title)s”") % words,
            _("%(when)s.") % {"when": dates.moment(project.coming_at)},
            reverse("projects:session", args=[project.coming]),
            _("See what it is about"),
            due=project.coming_at,
            weight=1,
        )
    if project.coming or project.unnoted or not carries:
        return
    if project.is_silent:
        yield _silent(project, words)
    elif project.is_coached and not project.is_met:
        yield Step(
            _("Book the first guidance session of “%(title)s”") % words,
            _("Team and coach can both propose a time; the other one can move it."),
            reverse("projects:book", args=[project.pk]),
            _("Book a session"),
            weight=2,
        )


def _silent(project: Any, words: dict[str, str]) -> Step:
    url = reverse("projects:check_in", args=[project.pk])
    day = dates.day(project.contact_at)
    why = _("Nobody has heard from it since %(day)s. Two sentences are enough.") % {"day": day}
    title = _("Tell how “%(title)s” goes") % words
    booking = (_("Book a session"), reverse("projects:book", args=[project.pk])) if project.is_coached else None
    return Step(title, why, url, _("Write how it goes"), due=silent_before(project.round), weight=2, quiet_link=booking)


def _reports(project: Any) -> Iterator[Step]:
    titles = {
        "description": _("Write the project description of “%(title)s”"),
        "final": _("Write the final report of “%(title)s”"),
    }
    for kind, title in titles.items():
        state, due = getattr(project, kind), getattr(project, f"{kind}_due")
        is_returned = state == Report.State.RETURNED
        if not state or not (is_returned or (due and due <= now() + NEAR)):
            continue
        if is_returned:
            why = _("It was returned with comments. Put right what they ask, and hand it in again.")
        else:
            why = _("It is due %(day)s, and begun for you with what the agreement says.") % {"day": dates.day(due)}
        url = reverse("projects:report" if is_returned else "projects:write_report", args=[project.pk, kind])
        button = _("See the comments") if is_returned else _("Write on")
        yield Step(title % {"title": project.idea.title}, why, url, button, due=due, weight=3)
