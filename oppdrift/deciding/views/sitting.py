"""For those who prepare the decision: where it stands, what it plans with, and one project at a time."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.assessing.models import OfferAnswer
from oppdrift.ideas.models import Idea
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import NotNow, permit

from .. import final, ways, wording
from ..candidates import FINAL, candidates
from ..forms import NAMES, OutcomeForm, PlanForm
from ..models import Protocol, Sitting
from ..models.sitting import keepers
from ..policies import is_counted, may_decide, may_go_on, may_plan, may_read_whole, may_run
from ..room import Room
from .finding import find_round


@require_safe
def sitting(request, pk):
    """What is decided so far, what is missing before the release, and how the teams answer."""
    round = find_round(request, pk, may_run)
    return _sitting(request, Room(round, request.user))


def _sitting(request, room: Room, form: PlanForm | None = None):
    may = may_plan(request.user, room.round)
    context = {
        "round": room.round,
        "room": room,
        "form": form or (PlanForm(room) if may and not room.round.closed_at else None),
        "may_plan": may,
        "is_counted": is_counted(room.round),
        "way": None if room.is_counted else ways.to_results(room.round, request.user),
        "candidates": None if room.seen else ways.to_candidates(room.round),
        "groups": [(name, room.of(outcome)) for outcome, name in NAMES.items() if room.of(outcome)],
        "confirmation": room.sitting.confirmation(),
        "missing": final.missing_to_confirm(room.round, request.user, room.sitting),
        "told_at": final.told_at(room.round),
        **_protocol(request, room),
        "planned": wording.planned(room),
        "confirm_url": settings.BASE_URL + reverse("deciding:confirm", args=[room.round.pk]),
        "declare_url": reverse(settings.DECLARE_PAGE, args=[room.round.pk]),
    }
    return render(request, "deciding/sitting.html", context, status=422 if form else 200)


def _protocol(request, room: Room) -> dict[str, Any]:
    """May the reader make it, and if not: is it made, or who can make it?"""
    may = may_read_whole(request.user, room.round)
    asks = not may and not room.pending and bool(final.told_at(room.round))
    kept = asks and Protocol.objects.filter(sitting__round=room.round).exists()
    names = [person.name for person in keepers(room.round)] if asks and not kept else []
    return {"may_read_whole": may, "protocol_kept": kept, "protocol_by": names, "protocol_asked": asks}


@require_POST
def plan(request, pk):
    """The day to answer, hours for each, who confirms, who was there."""
    round = find_round(request, pk, may_plan)
    room = Room(round, request.user)
    form = PlanForm(room, request.POST)
    if not form.is_valid():
        return _sitting(request, room, form)
    wanted = form.written()
    with transaction.atomic():
        if "answer_by" in wanted:
            final.change_answer_by(round, wanted.pop("answer_by"), by=request.user)
        Sitting.plan(round, **wanted, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("deciding:sitting", pk)


def decide(request, pk):
    """One project: its figures, outcome, amount and reason, and the letters."""
    idea = get_object_or_404(Idea.objects.seen_by(request.user).select_related("round"), pk=pk)
    permit(may_decide(request.user, idea))
    round: Any = idea.round
    get_object_or_404(candidates(round), pk=pk)
    permit(may_run(request.user, round))
    if request.method != "POST":
        return _decide(request, idea, round)
    with transaction.atomic():
        Sitting.held(round)  # before it is read, so that what the page was based on is still true when it is saved
        return _decide(request, idea, round)


def _decide(request, idea: Idea, round: Any):
    room = Room(round, request.user)
    line = next(line for line in room.lines if line.idea.pk == idea.pk)
    kept = room.sitting.reason
    form = OutcomeForm(line, request.POST or None, shared_reason=kept, kept_reason=kept)
    if request.method == "POST" and form.is_valid():
        if not form.is_changed:
            messages.info(request, _("Nothing was changed.") if line.decision else _("Choose an outcome."))
            return redirect("deciding:decide", idea.pk)
        chosen = {name: form.cleaned_data[name] for name in form.known}
        try:
            made = final.decide(idea, **chosen, by=request.user)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, made)
    decision = line.decision
    context: dict[str, Any] = {
        "round": round,
        "room": room,
        "line": line,
        "idea": idea,
        "form": form,
        "decision": decision,
        "letters": final.TELLING.letters_shown(decision) if decision else [],
    }
    return render(request, "deciding/decide.html", context, status=422 if form.errors else 200)


def _saved(request, made):
    if made.replaces_id and made.replaces.released_at:
        messages.success(request, _("The correction waits to be confirmed and released, with its own letters."))
    else:
        messages.success(request, _("Saved. The letters lie in the outbox, and nobody is told before the release."))
    return redirect("deciding:decide", made.idea_id)


@require_POST
def go_on(request, pk):
    """A team has said no, and nobody else is admitted instead."""
    offers = OfferAnswer.objects.seen_by(request.user).at(FINAL).select_related("decision__idea")
    offer = get_object_or_404(offers, pk=pk)
    permit(may_go_on(request.user, offer))

    offer.go_on(by=request.user)

    messages.success(request, _("You go on without “%(title)s”.") % {"title": offer.record.title})
    return redirect("deciding:sitting", offer.record.round_id)
