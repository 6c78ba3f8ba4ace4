"""For those who run the round: make the day, its order, and the seats of the panel."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppdrift.gatherings.models import Gathering
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Criterion, Milestone, Round, Stage
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import NotNow, ensure, permit
from oppdrift.toolbox.clock import today

from .. import plan, shortlisted, telling
from ..forms import DayForm, OrderForm
from ..models import PitchDay, Seat
from ..policies import may_arrange


def day(request: SignedInRequest, pk: int) -> HttpResponse:
    """The pitch day of a round: to be made, or as it is made."""
    round = find_round(request, pk)
    made = PitchDay.objects.filter(round=round).select_related("appointment", "host", "on").first()
    if made:
        made.round = round
        return render(request, "pitching/day.html", about(made))
    form = DayForm(request.POST or None, initial=usual(round))
    if request.method == "POST" and form.is_valid():
        PitchDay.make(round, by=request.user, **form.values)

        messages.success(request, _("The pitch day is made. This is the order that was drawn."))
        return redirect("pitching:day", pk)
    context = {"round": round, "form": form, "teams": shortlisted.ideas_of(round), "can_make": PitchDay.can_make(round)}
    return render(request, "pitching/make.html", context)


def find_round(request: SignedInRequest, pk: int) -> Round:
    """A round that uses the pitch, of one who runs it."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    if not round.uses(Stage.PITCHING):
        raise Http404
    permit(may_arrange(request.user, round))
    return round


def find(request: SignedInRequest, pk: int) -> PitchDay:
    round = find_round(request, pk)
    day = get_object_or_404(PitchDay.objects.select_related("appointment", "host", "on"), round=round)
    day.round = round
    return day


def usual(round: Round) -> dict[str, Any]:
    """The day that the round names, from nine o'clock when it says no more."""
    named = round.milestones.filter(kind=Milestone.Kind.PITCH_DAY).first()
    if named is None:
        return {}
    from_ = dates.local_time(named.at)
    if named.whole_day:
        from_ = from_.replace(hour=9, minute=0)
    return {"starts_at": from_, "ends_at": named.until or from_.replace(hour=min(from_.hour + 3, 23))}


def about(day: PitchDay) -> dict[str, Any]:
    """What the page of the day shows. Constant in statements."""
    pitches = list(day.pitches.on_stage().select_related("idea__unit"))
    criteria = day.criteria()
    wanted = {idea.pk for idea in shortlisted.ideas_of(day.round)}
    seats = list(Seat.objects.filter(day=day).select_related("person"))
    training = Gathering.objects.on().filter(round=day.round, kind=Gathering.Kind.PITCH_TRAINING)
    return {
        "day": day,
        "round": day.round,
        "places": plan.places(day, pitches),
        "criteria": criteria,
        "left_out": left_out(day, criteria),
        "changed": bool(wanted ^ {pitch.idea_id for pitch in pitches}) and bool(day.can_change()),
        "seats": seats,
        "without_seat": panel_size(day) - len(seats),
        "can_draw": day.can_draw(),
        "can_change": day.can_change(),
        "can_renew": day.can_renew(),
        "has_training": training.exists(),
        "outbox_url": reverse(settings.OUTBOX_PAGE),
        "is_today": dates.date_of(day.appointment.starts_at) == today(),
    }


def left_out(day: PitchDay, criteria: list[Criterion]) -> list[Criterion]:
    """Criteria of quality that are used in the pitch and for which the ballot has no room."""
    quality = PitchDay.criteria_used(day.edition_id).filter(kind=Criterion.Kind.QUALITY)
    return [each for each in quality if each not in criteria]


def panel_size(day: PitchDay) -> int:
    return day.round.roles.in_force().filter(kind="panel").count()


def change(request: SignedInRequest, pk: int) -> HttpResponse:
    day = find(request, pk)
    ensure(day.can_change())
    form = DayForm.of(day, request.POST or None)
    if request.method == "POST" and form.is_valid():
        moved = day.change(by=request.user, **form.values)

        messages.success(request, _("The changes are saved."))
        if moved:
            messages.info(request, _("Letters to the panel and the teams wait in the outbox until you have read them."))
        return redirect(day)
    return render(request, "pitching/change.html", {"day": day, "round": day.round, "form": form})


def order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another order by hand, with a reason."""
    day = find(request, pk)
    ensure(day.can_change())
    form = OrderForm(list(day.pitches.on_stage().select_related("idea")), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            day.reorder(form.keys, reason=form.cleaned_data["reason"], by=request.user)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The order is changed."))
            return redirect(day)
    return render(request, "pitching/order.html", {"day": day, "round": day.round, "form": form})


@require_POST
def draw(request: SignedInRequest, pk: int) -> HttpResponse:
    day = find(request, pk)
    ensure(day.can_draw())

    day.draw(by=request.user)

    messages.success(request, _("The order is drawn anew."))
    return redirect(day)


@require_POST
def refresh(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take in teams that were picked since, and leave out those who will not pitch."""
    day = find(request, pk)
    ensure(day.can_change())

    if day.bring_up_to_date(by=request.user):
        messages.success(request, _("The order follows the shortlist again."))
    return redirect(day)


@require_POST
def seats(request: SignedInRequest, pk: int) -> HttpResponse:
    """A seat for each of the panel, and letters with the links, which wait in the outbox."""
    day = find(request, pk)
    ensure(day.can_change())

    with transaction.atomic():  # no seat without its letter: whoever has a seat gets none the next time
        made = Seat.make_all(day, by=request.user)
        for seat in made:
            telling.of_seat(seat, by=request.user)

    words = ngettext(
        "One letter with a link waits in the outbox.", "%(n)s letters with links wait in the outbox.", len(made)
    )
    messages.success(request, words % {"n": len(made)})
    return redirect(day)


@require_POST
def renew(request: SignedInRequest, pk: int, seat: int) -> HttpResponse:
    """Another link for one of the panel: the old one is lost, or in the wrong hands."""
    day = find(request, pk)
    ensure(day.can_renew())
    chosen = get_object_or_404(Seat.objects.filter(day=day).select_related("person", "day__round"), pk=seat)

    with transaction.atomic():  # the old link is of no use from now on, so the new one is on its way
        chosen.renew(by=request.user)
        telling.of_seat(chosen, by=request.user, state="queued")

    messages.success(request, _("%(name)s gets a new link by mail now.") % {"name": chosen.person.name})
    return redirect(day)
