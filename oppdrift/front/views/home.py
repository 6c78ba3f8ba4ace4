"""The first page: for strangers what the programme is, for everybody else what they owe next."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from oppdrift.applications.models import Application
from oppdrift.gatherings.models import SignUp
from oppdrift.ideas.models import Idea
from oppdrift.rounds.models import Milestone, Round
from oppdrift.toolbox import dates
from oppdrift.toolbox.clock import now, today

from ..front_line import FrontLine
from ..rooms import steps_for


@login_not_required  # the programme presents itself to anybody
def home(request):
    if not request.user.is_authenticated:
        return front(request)
    if Round.objects.run_by(request.user).alive().exists():
        return redirect("front:year")
    return mine(request)


def front(request):
    """What is going on, for somebody who is not signed in: the open call first, else the round that runs."""
    alive = list(Round.objects.alive().order_by("deadline").prefetch_related("milestones"))
    open_round = next((round for round in alive if round.is_open), None)
    round = open_round or (alive[-1] if alive else None)
    context: dict[str, Any] = {"round": round, "is_open": bool(open_round)}
    if round:
        context["line"] = FrontLine(days_of(round), today())
        context["ideas"] = Idea.objects.filter(round=round, shared=True, withdrawn_at=None).count()
        context["days_left"] = max(dates.days_to(round.deadline), 0) if round.deadline else None
        context["applications"] = Application.objects.in_round(round).handed_in().count()
    return render(request, "front/front.html", context)


def days_of(round: Round) -> list[tuple[str, dt.datetime]]:
    """The few dates a stranger plans by."""
    kinds = {"workshop", "pitch_day", "decision", "conference"}
    days = [
        (milestone.get_kind_display(), milestone.at) for milestone in round.milestones.all() if milestone.kind in kinds
    ]
    if round.deadline:
        days.append((_("Application deadline"), round.deadline))
    return days


def mine(request):
    """My next step, then what is mine."""
    person = request.user
    steps = steps_for(person)
    ideas = list(Idea.objects.of(person).select_related("application", "round").order_by("-created_at")[:20])
    soon = SignUp.objects.filter(
        person=person, state__in=[SignUp.State.COMING, SignUp.State.WAITING],
        gathering__appointment__ends_at__gte=now(), gathering__appointment__cancelled_at=None,
    ).select_related("gathering__appointment").order_by("gathering__appointment__starts_at")[:10]  # fmt: skip
    context = {
        "step": steps[0] if steps else None,
        "then": [{"when": step.due, "title": step.title, "url": step.url} for step in steps[1:6]],
        "ideas": ideas,
        "sign_ups": list(soon),
        "rounds": list(Round.objects.alive().order_by("-year")),
        "next_words": next_words(person, soon) if not steps else "",
    }
    return render(request, "front/home.html", context)


def next_words(person, sign_ups) -> str:
    """What comes for somebody who owes nothing: a gathering of theirs, or the next date of what they applied to."""
    coming = next((one for one in sign_ups if one.state == SignUp.State.COMING), None)
    if coming:
        what, when = coming.gathering.title, dates.moment(coming.gathering.appointment.starts_at)
    else:
        applied = Application.objects.of(person).handed_in().values("round")
        kinds = [Milestone.Kind.SHORTLIST, Milestone.Kind.PITCH_DAY, Milestone.Kind.DECISION, Milestone.Kind.CONFERENCE]
        milestone = Milestone.objects.coming().filter(round__in=applied, kind__in=kinds).first()
        if not milestone:
            return ""
        what, when = milestone.name, milestone.when
    return _("Next for you is %(what)s, %(when)s.") % {"what": what, "when": when}
