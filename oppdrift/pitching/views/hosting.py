"""The host's page: one big button at a time, the clock, and who has answered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from oppdrift.people.requests import SignedInRequest
from oppdrift.toolbox import live
from oppdrift.toolbox.answers import permit

from .. import panel, plan, state
from ..forms import UnlockForm
from ..models import PitchDay
from ..models.hosting import COMMANDS
from ..policies import may_host
from .arranging import find

NEXT = {  # the one thing to do in each phase
    "before": "next",
    "called": "start",
    "pitching": "over_to_questions",
    "questions": "next",
    "break": "end_break",
}


@require_safe
@never_cache
def host(request: SignedInRequest, pk: int) -> HttpResponse:
    day = find(request, pk)
    permit(may_host(request.user, day))
    return show(request, day)


def show(request: SignedInRequest, day: PitchDay, *, unlock: UnlockForm | None = None) -> HttpResponse:
    template = "pitching/_host.html" if request.htmx else "pitching/host.html"  # type: ignore[attr-defined]
    context = {**about(day), "is_host": bool(day.can_host(request.user)), "unlock": unlock or UnlockForm()}
    return render(request, template, context)


def about(day: PitchDay) -> dict[str, Any]:
    """Constant in statements, whatever the panel and the number of teams."""
    pitches = list(day.pitches.on_stage().select_related("idea"))
    on = next((pitch for pitch in pitches if pitch.pk == day.on_id), None)
    places = plan.places(day, pitches)
    criteria = day.criteria()
    members = panel.members(day, on, criteria)
    public = state.public(day)
    return {
        "day": day,
        "round": day.round,
        "on": on,
        "places": places,
        "coming": next((place for place in places if place.state == "next"), None),
        "state": public,
        "clock": public["clock"],
        "phase": public["phase"],
        "command": NEXT.get(public["phase"]),
        "now": live.milliseconds(),
        "members": members,
        "there": sum(each.is_there for each in members),
        "votes": sum(not each.sits_out for each in members),
        "answered": sum(each.state == "done" for each in members),
        "shown": plan.shown(elapsed(public["clock"]), public["clock"]["limit"]),
    }


def elapsed(clock: dict[str, Any]) -> int:
    """Milliseconds that the clock shows now."""
    return live.milliseconds() - clock["since"] if clock["runs"] else clock["shown"]


@require_POST
def command(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of the host's buttons. Pressed twice, or by two at once, it is pressed once."""
    day = find(request, pk)
    permit(may_host(request.user, day))
    name, seen = request.POST.get("command", ""), request.POST.get("seen", "")
    if name not in COMMANDS:
        raise Http404

    day.command(name, by=request.user, seen=int(seen) if seen.isdecimal() else None)

    return after(request, day)


@require_POST
def take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Become the host instead of whoever is."""
    day = find(request, pk)
    permit(may_host(request.user, day))

    day.take_baton(by=request.user)

    return after(request, day)


@require_POST
def lock(request: SignedInRequest, pk: int) -> HttpResponse:
    day = find(request, pk)
    permit(may_host(request.user, day))

    day.lock_voting(by=request.user)

    return after(request, day)


@require_POST
def unlock(request: SignedInRequest, pk: int) -> HttpResponse:
    day = find(request, pk)
    permit(may_host(request.user, day))
    form = UnlockForm(request.POST)
    if not form.is_valid():
        return show(request, day, unlock=form)

    day.unlock_voting(reason=form.cleaned_data["reason"], by=request.user)

    messages.success(request, _("The voting is open again."))
    return redirect("pitching:host", pk)


def after(request: SignedInRequest, day: PitchDay) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return show(request, find(request, day.round_id))
    return redirect("pitching:host", day.round_id)


@require_safe
def stream(request: SignedInRequest, pk: int) -> StreamingHttpResponse:
    """News of the day for the host's page."""
    day = find(request, pk)
    permit(may_host(request.user, day))
    key = day.pk
    return live.stream(day.host_topic, lambda: state.for_host(key))


def of_day(day: PitchDay) -> StreamingHttpResponse:
    """News of the day for screens and phones."""
    key = day.pk
    return live.stream(day.topic, lambda: state.of_day(key))
