"""The first page: for strangers what the programme is, for everybody else what they owe next."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oppdrift.applications.models import Application
from oppdrift.gatherings.models import SignUp
from oppdrift.ideas import sight
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.projects.models import Project
from oppdrift.rounds.models import Milestone, Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.sharing.models import Conference
from oppdrift.toolbox import dates
from oppdrift.toolbox.clock import now, today
from oppdrift.toolbox.models import counted_if
from oppdrift.toolbox.prepared import prepared

from .. import came_of_it
from ..front_line import FrontLine
from ..rooms import steps_for
from ..wording import in_words

PLANNED_BY = {
    Milestone.Kind.SHORTLIST, Milestone.Kind.PITCH_DAY, Milestone.Kind.DECISION, Milestone.Kind.GATHERING,
    Milestone.Kind.CONFERENCE,
}  # fmt: skip
AWAITED = {
    Role.Kind.PANEL: (Milestone.Kind.PITCH_DAY, gettext_lazy("Then you hear the teams.")),
    Role.Kind.COACH: (Milestone.Kind.DECISION, gettext_lazy("Then it is clear which teams get guidance.")),
}


@login_not_required  # the programme presents itself to anybody
def home(request):
    if not request.user.is_authenticated:
        return front(request)
    if any(role.kind in Role.RUNS and role.round.is_alive for role in roles_held_by(request.user)):
        return redirect("front:year")
    return mine(request)


def front(request):
    """What is going on, for somebody who is not signed in: the open call first, else the round that runs."""
    alive = _alive()
    open_round = next((round for round in alive if round.is_open), None)
    round = open_round or (alive[-1] if alive else None)
    context: dict[str, Any] = {"round": round, "is_open": bool(open_round), **came_of_it.what_came_of_it()}
    if round:
        context["line"] = FrontLine(days_of(round), today())
        context["days_left"] = max(dates.days_to(round.deadline), 0) if round.deadline else None
        context |= conference_of(alive)
        context |= {"ideas": round.idea_count, "applications": round.application_count, "projects": round.project_count}
    return render(request, "front/front.html", context)


def conference_of(rounds: Any) -> dict[str, Any]:
    """Of the newest round whose conference has a programme that anybody can read, also when the day is over."""
    held = [round for round in rounds if round.conference]
    newest = max(held, key=lambda round: round.conference_at, default=None)
    return {"conference": newest, "is_past": bool(newest and dates.date_of(newest.conference_at) < today())}


@prepared
def _alive() -> QuerySet:
    """While one may apply, with how many ideas colleagues see; later, with how many applications are handed in and how
    many projects go on; and with the conference whose programme is published."""
    before, later = Q(deadline__gt=now()), ~Q(deadline__gt=now())
    ideas = Idea.objects.filter(round=OuterRef("pk"), shared=True, withdrawn_at=None)
    programmes = Conference.objects.published().filter(gathering__round=OuterRef("pk"))
    programmes = programmes.filter(gathering__appointment__cancelled_at=None)
    programmes = programmes.order_by("-gathering__appointment__starts_at")
    return (
        Round.objects.alive()
        .order_by("deadline")
        .annotate(
            idea_count=counted_if(before, ideas),
            application_count=counted_if(later, Application.objects.in_round(OuterRef("pk")).handed_in()),
            project_count=counted_if(later, Project.objects.of_round(OuterRef("pk")).alive()),
            conference=Subquery(programmes.values("pk")[:1]),
            conference_title=Subquery(programmes.values("gathering__title")[:1]),
            conference_at=Subquery(programmes.values("gathering__appointment__starts_at")[:1]),
        )
    )


@prepared
def _days(round: Round) -> QuerySet[Milestone]:
    return Milestone.objects.filter(round=round)


def days_of(round: Round) -> list[tuple[str, dt.datetime]]:
    """The few dates a stranger plans by."""
    kinds = {"workshop", "pitch_day", "decision", "conference"}
    days = [(milestone.get_kind_display(), milestone.at) for milestone in _days(round) if milestone.kind in kinds]
    if round.deadline:
        days.append((_("Application deadline"), round.deadline))
    return days


def mine(request):
    """My next step, then what is mine."""
    person = request.user
    steps = steps_for(person)
    ideas = _own(person) if sight.ties(person).own else []
    told = {decision.idea_id: decision for decision in _told(person)} if ideas else {}
    soon = coming_gatherings(person)
    rounds = _with_milestones()
    context = {
        "step": steps[0] if steps else None,
        "then": [{"when": step.due, "title": step.title, "url": step.url} for step in steps[1:6]],
        "ideas": [{"idea": idea, "told": told.get(idea.pk)} for idea in ideas],
        "sign_ups": soon,
        "rounds": [{"round": round, "next": next_date(round)} for round in rounds],
        "next_words": next_words(soon, ideas, told, rounds, roles_held_by(person)) if not steps else "",
    }
    return render(request, "front/home.html", context)


@prepared
def _own(person: Person) -> QuerySet[Idea]:
    return Idea.objects.of(person).select_related("application", "round").order_by("-created_at")[:20]


@prepared
def _told(person: Person) -> QuerySet[Decision]:
    return Decision.objects.known().filter(idea__in=Idea.objects.of(person))


@prepared
def _with_milestones() -> QuerySet[Round]:
    return Round.objects.alive().order_by("-year").prefetch_related("milestones")


@prepared
def coming_gatherings(person: Person) -> QuerySet[SignUp]:
    """Where the person has a place or waits for one."""
    ahead = {"gathering__appointment__ends_at__gte": now(), "gathering__appointment__cancelled_at": None}
    rows = SignUp.objects.active().filter(person=person, **ahead).select_related("gathering__appointment")
    return rows.order_by("gathering__appointment__starts_at")[:10]


def next_date(round: Round, but: Collection[str] = ()) -> Milestone | None:
    """The round's next date of those that everybody plans by."""
    kinds = PLANNED_BY.difference(but)
    return next((one for one in round.milestones.all() if one.kind in kinds and not one.is_over), None)


def next_words(sign_ups, ideas, told, rounds, roles) -> str:
    """What comes for somebody who owes nothing: where they go, what their application or their role waits for, or the
    open call."""
    if coming := next((one for one in sign_ups if one.state == SignUp.State.COMING), None):
        gathering = coming.gathering
        return in_words(gathering.title, dates.moment(gathering.appointment.starts_at))
    still_in = {
        idea.round_id for idea in ideas if hasattr(idea, "application") and idea.application.is_handed_in
        and (idea.pk not in told or told[idea.pk].outcome == Decision.Outcome.ADMITTED)
    }  # fmt: skip
    # The day of the decision is not over when it is told, but nobody who knows it waits for it.
    past = {Milestone.Kind.DECISION} if any(one.stage == Decision.Stage.FINAL for one in told.values()) else set()
    for round in rounds:
        if round.pk in still_in and (milestone := next_date(round, but=past)):
            return in_words(milestone.name, milestone.when)
    for role in roles:
        if words := awaited_by(role, rounds):
            return words
    if call := next((round for round in rounds if round.is_open), None):
        words = _("The call of %(round)s is open until %(when)s.")
        return words % {"round": call.name, "when": dates.moment(call.deadline)}
    return ""


def awaited_by(role: Role, rounds: list[Round]) -> str:
    """The day that a panel member or a coach waits for."""
    kind, then = AWAITED.get(Role.Kind(role.kind), (None, ""))
    days = [one for round in rounds if round.pk == role.round_id for one in round.milestones.all()]
    day = next((one for one in days if one.kind == kind and not one.is_over), None)
    return f"{in_words(day.name, day.when)} {then}" if day else ""
