"""Pitch training: slots to book, and one rehearsal with its clock, its form and what was said."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppdrift.gatherings.models import Gathering
from oppdrift.ideas.models import Idea
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Round, Stage
from oppdrift.toolbox import calendars, live
from oppdrift.toolbox.answers import permit

from .. import plan, shortlisted, state, telling
from ..forms import AdviceForm, SlotsForm
from ..models import Advice, PitchDay, Rehearsal
from ..policies import (
    belongs,
    may_advise,
    may_book,
    may_give_back,
    may_make_slots,
    may_run_clock,
    runs,
    teams_of,
)
from .hosting import elapsed

COMMANDS = ("start", "pause", "resume", "end")
USUAL_SECONDS = 180


@require_safe
def training(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every training of the round with its slots; the team books, the lead sees who comes when."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    if not round.uses(Stage.PITCHING):
        raise Http404
    return render(request, "pitching/training.html", about(request, round))


def about(request: SignedInRequest, round: Round) -> dict[str, Any]:
    """Constant in statements."""
    person = request.user
    picked = set(shortlisted.decisions().filter(idea__round=round).values_list("idea", flat=True))
    teams = [idea for idea in teams_of(person, round) if idea.pk in picked]
    slots = Rehearsal.objects.seen_by(person).on().filter(gathering__round=round)
    rows = slots.select_related("appointment", "gathering__appointment", "idea")
    booked = {row.idea_id: row for row in rows if row.idea_id}
    practised = set(Rehearsal.objects.practised_by(person).filter(gathering__round=round).values_list("pk", flat=True))
    days = [
        (gathering, list(group))
        for gathering, group in groupby(
            rows.order_by("gathering__appointment__starts_at", "gathering", "appointment__starts_at"),
            lambda row: row.gathering,
        )
    ]
    without = Gathering.objects.on().seen_by(person).filter(round=round, kind=Gathering.Kind.PITCH_TRAINING)
    return {
        "round": round,
        "runs": runs(person, round),
        "teams": [(idea, booked.get(idea.pk)) for idea in teams],
        "mine": {idea.pk for idea in teams},
        "practised": practised,
        "days": days,
        "empty_days": list(without.exclude(pk__in=[day.pk for day, _rows in days]).select_related("appointment")),
    }


def slots(request: SignedInRequest, pk: int) -> HttpResponse:
    """Slots of one training, so many after each other."""
    seen = Gathering.objects.seen_by(request.user).select_related("appointment", "round")
    gathering = get_object_or_404(seen, pk=pk)
    permit(may_make_slots(request.user, gathering))
    form = SlotsForm(request.POST or None, from_=gathering.appointment.starts_at)
    if request.method == "POST" and form.is_valid():
        made = Rehearsal.make(gathering, by=request.user, **form.cleaned_data)

        words = ngettext("One slot is open for booking.", "%(n)s slots are open for booking.", len(made))
        messages.success(request, words % {"n": len(made)})
        return redirect("pitching:training", gathering.round_id)
    return render(request, "pitching/slots.html", {"gathering": gathering, "round": gathering.round, "form": form})


def find(request: SignedInRequest, pk: int) -> Rehearsal:
    seen = Rehearsal.objects.seen_by(request.user)
    return get_object_or_404(
        seen.select_related("appointment", "gathering__round", "gathering__appointment", "idea"), pk=pk
    )


@require_POST
def book(request: SignedInRequest, pk: int) -> HttpResponse:
    """For one of one's teams; another slot of the same training is given back by that."""
    slot = find(request, pk)
    idea = get_object_or_404(Idea.objects.of(request.user), pk=request.POST.get("idea") or 0)
    permit(may_book(request.user, slot, idea))

    slot.book(idea, by=request.user)

    messages.success(request, _("The time is yours. The whole team gets it by mail, with a calendar entry."))
    return redirect("pitching:training", slot.gathering.round_id)


@require_POST
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    slot = find(request, pk)
    permit(may_give_back(request.user, slot))

    slot.give_back(by=request.user)

    messages.success(request, _("The time is free for others."))
    return redirect("pitching:training", slot.gathering.round_id)


@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    slot = find(request, pk)
    permit(may_make_slots(request.user, slot.gathering))

    slot.remove(by=request.user)

    messages.success(request, _("The slot is removed."))
    return redirect("pitching:training", slot.gathering.round_id)


@require_safe
def calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """One entry to take into one's own calendar."""
    slot = find(request, pk)
    entry = telling.entry_of(slot.appointment, str(slot.gathering), slot.get_absolute_url())
    answer = HttpResponse(calendars.calendar_file([entry]), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="oppdrift-prove-{pk}.ics"'
    return answer


@require_safe
def rehearsal(request: SignedInRequest, pk: int) -> HttpResponse:
    """The clock, the time used each time, and the form of the day. What was said is for the team."""
    slot = find(request, pk)
    person = request.user
    if not slot.idea:
        raise Http404
    is_team = belongs(person, slot.idea)
    if not (is_team or may_run_clock(person, slot)):
        raise Http404
    return show(request, slot, is_team)


def show(
    request: SignedInRequest, slot: Rehearsal, is_team: bool, form: AdviceForm | None = None
) -> HttpResponse:  # fmt: skip
    day = day_of(slot)
    attempts = list(slot.attempts.all())
    clock = state.of_rehearsal(slot, day.pitch_seconds if day else USUAL_SECONDS)
    own = Advice.objects.filter(rehearsal=slot, by=request.user).first()
    criteria = day.criteria() if day else PitchDay.criteria_of(slot.gathering.round.edition.pk)
    passed = elapsed(clock)
    context = {
        "rehearsal": slot,
        "round": slot.gathering.round,
        "is_team": is_team,
        "attempts": [(each, plan.used(each.used_ms)) for each in attempts],
        "last": attempts[-1] if attempts else None,
        "clock": clock,
        "now": live.milliseconds(),
        "shown": plan.shown(passed, clock["limit"]),
        "may_advise": may_advise(request.user, slot),
        "may_run": may_run_clock(request.user, slot),
        "form": form or AdviceForm(criteria, initial=given(own)),
        "own": own,
        "advice": told(slot, criteria) if is_team else [],
    }
    template = "pitching/_clock_of_rehearsal.html" if request.htmx else "pitching/rehearsal.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def day_of(slot: Rehearsal) -> PitchDay | None:
    return PitchDay.objects.filter(round=slot.gathering.round_id).first()


def given(own: Advice | None) -> dict[str, Any]:
    if own is None:
        return {}
    return {"words": own.words, **{f"points-{key}": points for key, points in own.scores.items()}}


def told(slot: Rehearsal, criteria: list[Any]) -> list[dict[str, Any]]:
    """What each of the practice panel says, in the order they said it."""
    names = {criterion.key: criterion.name for criterion in criteria}
    return [
        {
            "by": row.by,
            "words": row.words,
            "points": [(names[key], points) for key, points in row.scores.items() if key in names],
        }
        for row in slot.advice.select_related("by")
    ]


@require_POST
def run(request: SignedInRequest, pk: int) -> HttpResponse:
    """The clock of the rehearsal."""
    slot = find(request, pk)
    permit(may_run_clock(request.user, slot))
    command = request.POST.get("command", "")
    if command not in COMMANDS:
        raise Http404

    slot.run(command, by=request.user)

    if request.htmx:  # type: ignore[attr-defined]
        return show(request, slot, belongs(request.user, slot.idea))
    return redirect(slot)


@require_POST
def advise(request: SignedInRequest, pk: int) -> HttpResponse:
    slot = find(request, pk)
    permit(may_advise(request.user, slot))
    day = day_of(slot)
    criteria = day.criteria() if day else PitchDay.criteria_of(slot.gathering.round.edition.pk)
    form = AdviceForm(criteria, request.POST)
    if not form.is_valid():
        return show(request, slot, False, form)

    slot.advise(form.scores, form.cleaned_data["words"], by=request.user)

    messages.success(request, _("The team can read it now."))
    return redirect(slot)
