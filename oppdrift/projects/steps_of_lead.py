"""What those who run a round owe its projects: counted, a line each."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.assessing.queue import number_of
from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from . import promises
from .beginning import unstarted
from .menu import comes_to_projects
from .models import Agreement, Project, Report, Signature, Transfer


def of_lead(person: Person) -> list[Step]:
    """One statement for those who run a round that has come so far, none for others."""
    roles = {role.pk for role in roles_held_by(person) if role.kind in Role.RUNS and comes_to_projects(role.round)}
    if not roles:
        return []
    return [step for role in _counted(person, promises.until()) if role.pk in roles for step in _of(role)]


@prepared
def _counted(person: Person, day: str) -> QuerySet[Role]:
    led = Idea.objects.cleared_for(person)
    round = OuterRef("round")
    projects = Project.objects.filter(idea__round=round, idea__in=led)
    running = projects.running()
    coached = Part.objects.in_force().filter(idea=OuterRef("idea"), kind=Part.Kind.COACH)
    own = Signature.objects.filter(agreement=OuterRef("pk"), as_what=Signature.As.PROGRAMME)
    to_sign = Agreement.objects.filter(
        state=Agreement.State.PROPOSED, project__idea__round=round, project__idea__in=led
    ).filter(~Exists(own))
    counted = {
        "to_start": unstarted().filter(idea__round=round, idea__in=led),
        "to_sign": to_sign,
        "silent": running.silent(),
        "without_coach": running.filter(~Exists(coached)),
        "to_read": Report.objects.to_read().filter(project__idea__round=round, project__idea__in=led),
    }
    planned = Transfer.objects.planned().filter(grant__project__idea__round=round, grant__project__idea__in=led)
    return (
        Role.objects.in_force()
        .filter(person=person, kind__in=Role.RUNS)
        .select_related("round")
        .annotate(
            due=Subquery(planned.exclude(due=None).order_by("due").values("due")[:1]),
            **{name: number_of(rows) for name, rows in counted.items()},
            **promises.due_of(person, day, idea__round=round, idea__in=led),
        )
        .order_by("pk")
    )


def _of(role: Any) -> Iterator[Step]:
    round = role.round
    listed = reverse("projects:projects", args=[round.pk])
    if role.to_start:
        yield Step(
            ngettext("Start one project", "Start %(n)d projects", role.to_start) % {"n": role.to_start},
            _("They have been told the decision and have said yes. Each needs an owner."),
            reverse("projects:start", args=[round.pk]),
            _("See who is ready"),
            weight=4,
        )
    if role.without_coach:
        title = ngettext("Find a coach for one project", "Find a coach for %(n)d projects", role.without_coach)
        why = _("Nobody guides them yet. See which coaches have hours left.")
        url = reverse("projects:coaches", args=[round.pk])
        yield Step(title % {"n": role.without_coach}, why, url, _("See the coaches"), weight=3)
    if role.to_sign:
        title = ngettext("Agree to one agreement", "Agree to %(n)d agreements", role.to_sign) % {"n": role.to_sign}
        why = _("An agreement holds when project lead, project owner and you have said yes.")
        yield Step(title, why, listed, _("See which"), weight=3)
    if role.to_read:
        title = ngettext("Read one report", "Read %(n)d reports", role.to_read) % {"n": role.to_read}
        yield Step(title, _("The teams wait to hear whether they are accepted."), listed, _("See which"), weight=2)
    if role.silent:
        title = ngettext("Ask how one project is doing", "Ask how %(n)d projects are doing", role.silent)
        why = _("Nothing has been heard for weeks.")
        yield Step(title % {"n": role.silent}, why, listed, _("See which"), weight=2)
    if role.promise_due:
        yield promises.step(role)
    if role.due and role.due <= today():
        url = reverse("projects:money", args=[round.pk])
        why = _("The first was planned for %(day)s.") % {"day": dates.day(role.due)}
        yield Step(_("Make the transfers whose day has come"), why, url, _("See the transfers"), weight=2)
