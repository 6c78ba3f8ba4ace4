"""The screens in the room and in the waiting room. Whoever has their secret address sees them, and they ask nothing."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppdrift.ideas.models import Part
from oppdrift.toolbox import dates, live
from oppdrift.toolbox.clock import now

from .. import plan, state
from ..curve import Curve
from ..models import PitchDay
from .hosting import elapsed, of_day

LAST = 30  # seconds in which the digits change their colour


@login_not_required  # a screen has no account; the secret in its address is the key
@require_safe
@never_cache
def room(request: HttpRequest, token: str) -> HttpResponse:
    """Who pitches, the clock, and who is next; readable from the back row."""
    day = find(token)
    context = about(day)
    clock = context["clock"]
    passed = elapsed(clock)
    context |= {
        "shown": plan.shown(passed, clock["limit"]),
        "is_last": 0 <= clock["limit"] - passed <= LAST * 1000 and context["phase"] in ("pitching", "questions"),
        "is_over": passed > clock["limit"],
        "length": plan.length_in_words(clock["limit"] // 1000),
        "curve": Curve(passed, clock["limit"]),
        "last": LAST * 1000,
    }
    return answer(request, "room", context)


@login_not_required  # as the room
@require_safe
@never_cache
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    """Who is called, and about when; no clock that counts down."""
    day = find(token)
    context = about(day)
    coming = context["next"]
    context["minutes"] = plan.minutes_in_words(coming.minutes) if coming else ""
    context["break_words"] = plan.minutes_in_words(day.break_minutes)
    at = dates.clock_time(now())
    context["time_now"] = at[:1].upper() + at[1:]
    return answer(request, "waiting", context)


@login_not_required  # as the room
@require_safe
def stream(request: HttpRequest, token: str) -> StreamingHttpResponse:
    return of_day(find(token))


def find(token: str) -> PitchDay:
    return get_object_or_404(PitchDay.objects.select_related("round", "appointment", "on"), token=token)


def about(day: PitchDay) -> dict[str, Any]:
    """What both screens show. Four statements with the day."""
    pitches = list(day.pitches.on_stage().select_related("idea"))
    places = plan.places(day, pitches)
    on = next((pitch for pitch in pitches if pitch.pk == day.on_id), None)
    public = state.public(day)
    return {
        "day": day,
        "places": places,
        "on": on,
        "team": team_of(on.idea_id) if on else [],
        "next": next((place for place in places if place.state == "next"), None),
        "state": public,
        "phase": public["phase"],
        "clock": public["clock"],
        "now": live.milliseconds(),
    }


def team_of(idea: int) -> list[str]:
    """Names, project lead first."""
    rows = Part.objects.in_force().filter(idea=idea, kind=Part.Kind.TEAM).select_related("person")
    return [part.person.name for part in rows]


def answer(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or the piece of it that moves."""
    is_piece = request.headers.get("HX-Request") == "true"
    response = render(request, f"pitching/{'_' if is_piece else ''}{name}.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
