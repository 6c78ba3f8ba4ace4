"""What assessors and those who lead them owe, and teams after the shortlist.

One statement for all rounds a person judges in or runs, and one for the offers to their teams.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.applications.models import Application
from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.rounds.models.round import Stage
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import is_past, now
from oppdrift.toolbox.models import counted_if, is_among, number_of, sum_of
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from . import steps_shortlist
from .models import Assignment, Declaration
from .models.desk import is_over
from .queue import OWING, former_assessors, left_behind, owed, uncleared, undeclared, unread


def steps_for(person: Person) -> list[Step]:
    kinds = {role.kind for role in roles_held_by(person) if role.round.is_alive} & {Role.Kind.ASSESSOR, *Role.RUNS}
    if not kinds:
        return steps_shortlist.of_team(person)
    steps: list[Step] = []
    for role in _roles(person, judges=Role.Kind.ASSESSOR in kinds, runs=bool(kinds & {*Role.RUNS})):
        if not role.over and (step := _declare(role)) and step not in steps:
            steps.append(step)
        if role.kind == Role.Kind.LEAD and role.nobodys and not role.over:
            steps.append(_name_another(role))
        if role.round.uses(Stage.ASSESSING) and not role.over:
            steps += _assess(role) if role.kind == Role.Kind.ASSESSOR else _lead(role)
        if role.kind != Role.Kind.ASSESSOR:
            steps += steps_shortlist.of_lead(role)
    return steps + steps_shortlist.of_team(person)


@prepared
def _roles(person: Person, *, judges: bool, runs: bool) -> QuerySet:
    """The person's roles of these kinds in rounds that are alive, with what waits for them there."""
    handed_in = Application.objects.in_round(OuterRef("round")).handed_in()
    led, cleared = Idea.objects.led_by(person), Idea.objects.cleared_for(person)
    given = Assignment.objects.filter(application__round=OuterRef("round"))
    judged = ~Q(is_over("round"))  # most of it waits only until the outcome is told, and is not counted after that
    closed, late = judged & Q(round__deadline__lt=now()), judged & Q(round__assess_by__lt=now())
    free = Declaration.objects.free().by(person).filter(idea=OuterRef("application__idea"))
    kinds = [Role.Kind.ASSESSOR] * judges + [*Role.RUNS] * runs
    roles = (
        Role.objects.in_force()
        .filter(person=person, kind__in=kinds, round__in=Round.objects.alive())
        .select_related("round")
        .annotate(over=is_over("round"))
    )
    if judges:
        roles = roles.annotate(
            undeclared=number_of(undeclared(person, OuterRef("round"))),
            mine=number_of(owed(given.of(person)).filter(Exists(free))),
        )
    if runs:
        of_former = left_behind(given).filter(is_among(led, "application__idea"))
        some_left = judged & Q(Exists(former_assessors(OuterRef("round"))))
        roles = roles.annotate(
            nobodys=counted_if(judged, handed_in.filter(idea__in=_nobodys(person))),
            uncleared=counted_if(Q(round__deadline__lt=now()), uncleared(person, OuterRef("round"))),
            unread=counted_if(closed, handed_in.filter(unread()).filter(is_among(led, "idea"))),
            unsettled=counted_if(judged, _unsettled(person)),
            owing=Case(When(late, then=sum_of(handed_in.filter(is_among(led, "idea")), OWING)), default=0),
            owing_of_former=counted_if(late & some_left, owed(of_former)),
            left=counted_if(some_left, of_former),
            **steps_shortlist.asked_of_roles(person, handed_in.filter(is_among(cleared, "idea"))),
        )
    return roles


def _nobodys(person: Person):
    """Ideas the person may not lead, nor anybody else."""
    return Idea.objects.filter(sight.barred(person)).filter(sight.nobody_is_free())


def _name_another(role: Any) -> Step:
    round: Round = role.round
    why = ngettext(
        "Everybody who leads %(round)s has ties to one application. Until somebody without ties is named, nobody may "
        "handle it.",
        "Everybody who leads %(round)s has ties to %(n)d applications. Until somebody without ties is named, nobody "
        "may handle them.",
        role.nobodys,
    )
    return Step(
        _("Name one more substitute lead"),
        why % {"round": round.name, "n": role.nobodys},
        f"{reverse('rounds:roles', args=[round.pk])}?kind={Role.Kind.SUBSTITUTE}",
        _("Name a substitute lead"),
        due=round.assess_by,
        weight=5,
    )


def _unsettled(person: Person):
    """Waiting for this person to settle: of ideas they lead."""
    rows = Declaration.objects.unsettled().exclude(person=person)
    return rows.filter(idea__round=OuterRef("round")).filter(is_among(Idea.objects.led_by(person), "idea"))


def _declare(role: Any) -> Step | None:
    """Of an assessor at any time, of a lead from the deadline on: what they are to say before they read."""
    round: Round = role.round
    if role.kind == Role.Kind.ASSESSOR:
        n = role.undeclared if round.uses(Stage.ASSESSING) else 0
    else:
        n = role.uncleared if is_past(round.deadline) else 0
    if not n:
        return None
    title = ngettext(
        "Declare your impartiality to one application", "Declare your impartiality to %(n)d applications", n
    )
    return Step(
        title % {"n": n},
        _("You can read for %(round)s when you have said that you have no ties.") % {"round": round.name},
        reverse("assessing:impartiality", args=[round.pk]),
        _("Declare impartiality"),
        due=round.assess_by,
        weight=4,
    )


def _assess(role: Any) -> Iterator[Step]:
    """Of an assessor’s role, with what was asked of it."""
    round: Round = role.round
    if role.mine:
        title = ngettext("Assess one application", "Assess %(n)d applications", role.mine) % {"n": role.mine}
        due = dates.day(round.assess_by)
        why = _("The deadline is %(day)s. Count on ten minutes each.") % {"day": due} if due else ""
        yield Step(
            title,
            why or _("Count on ten minutes each."),
            reverse("assessing:queue"),
            _("Start assessing"),
            due=round.assess_by,
            weight=3,
        )


def _lead(role: Any) -> Iterator[Step]:
    """Of a lead’s role, with what was asked of it."""
    round: Round = role.round
    words = {"round": role.round.name}
    if role.unsettled:
        title = ngettext(
            "Settle one question of impartiality", "Settle %(n)d questions of impartiality", role.unsettled
        )
        yield Step(
            title % {"n": role.unsettled},
            _("Until then they cannot read the applications."),
            reverse("assessing:settling", args=[round.pk]),
            _("Settle it"),
            due=round.assess_by,
            weight=4,
        )
    if role.unread and round.deadline and round.deadline < now():
        title = ngettext("Assign one application", "Assign %(n)d applications", role.unread) % {"n": role.unread}
        yield Step(
            title,
            _("They came in to %(round)s, and nobody reads them yet.") % words,
            reverse("assessing:assignment", args=[round.pk]),
            _("Assign applications"),
            due=round.assess_by,
            weight=3,
        )
    if role.left:
        title = ngettext("Give one application another reader", "Give %(n)d applications other readers", role.left)
        yield Step(
            title % {"n": role.left},
            _("Whoever was to read for %(round)s is no longer an assessor.") % words,
            reverse("assessing:assignment", args=[round.pk]),
            _("See who reads what"),
            due=round.assess_by,
            weight=3,
        )
    if (behind := role.owing - role.owing_of_former) and is_past(round.assess_by):
        title = ngettext("Remind of one assessment", "Remind of %(n)d assessments", behind) % {"n": behind}
        yield Step(
            title,
            _("The deadline was %(day)s. The reminders lie in the outbox until you have read them.")
            % {"day": dates.day(round.assess_by)},
            reverse("assessing:progress", args=[round.pk]),
            _("See who is late"),
            due=round.assess_by,
            weight=2,
        )
