"""The decision room on a big screen, all its numbers as tables, and what was chosen there."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppdrift.ideas.models import Idea
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import NotNow, permit
from oppdrift.toolbox.forms import wrong_in
from oppdrift.toolbox.money import NotMoney, parse_kroner

from .. import final, ways, wording
from ..forms import OutcomeForm, ReasonForm
from ..models import Protocol, Sitting
from ..policies import is_counted, may_confirm, may_read_whole, may_run, may_see_room
from ..room import Room, choice_of
from ..scenarios import Scenario
from .finding import find_round, room_of


def room(request, pk):
    """The finding, each project with its outcome, and how far money and hours reach."""
    round = find_round(request, pk, may_see_room)
    shown = room_of(request, round)
    if request.method == "POST":
        permit(may_run(request.user, round))
        return _save(request, shown)
    return _room(request, shown)


def _room(request, shown: Room, forms: "dict[int, OutcomeForm] | None" = None, reason: ReasonForm | None = None):
    forms = forms if forms is not None else _forms(request, shown)
    context = {
        "round": shown.round,
        "room": shown,
        "is_counted": is_counted(shown.round),
        "rows": [(line, forms.get(line.idea.pk)) for line in shown.lines],
        "forms": list(forms.values()),
        "reason": reason or _reason(shown),
        "may_decide": bool(forms) and bool(may_run(request.user, shown.round)) and not shown.round.closed_at,
        **_ways_on(request, shown),
        "wrong": [line for form in [reason, *forms.values()] for line in wrong_in(form)],
        **_surrounding(request, shown),
    }
    wrong = reason is not None
    return render(request, "deciding/room.html", context, status=422 if wrong else 200)


def _ways_on(request, shown: Room) -> dict[str, Any]:
    """For the panel, which has no page of preparing: to the confirming while it waits, and to what is kept."""
    if not shown.is_counted or may_run(request.user, shown.round):
        return {}
    waits = bool(may_confirm(request.user, shown.round)) and bool(final.can_confirm(shown.round, request.user))
    return {
        "confirms": waits,
        "reads_protocol": Protocol.objects.seen_by(request.user).filter(sitting__round=shown.round).exists(),
    }


def _surrounding(request, shown: Room) -> dict[str, Any]:
    """Sentences and ways that both the screen and the tables have. Asked only when there are results."""
    whole = shown.is_counted and shown.is_whole
    return {
        "who_scored": wording.who_scored(shown) if whole else "",
        "planned": wording.planned(shown),
        "reach": reach_of(shown.scenarios) if whole else [],
        "home_url": reverse(settings.LOGIN_REDIRECT_URL),
        "runs": bool(may_run(request.user, shown.round)),
        "way": None if shown.is_counted else ways.to_results(shown.round, request.user),
        "without": "&".join(f"without={key}" for key in sorted(shown.without)),
        "reason_help": _("It holds for the whole decision: say why, if it is not the number that was planned. "
                         "Teams without a reason of their own read it."),
    }  # fmt: skip


def reach_of(scenarios: list[Scenario]) -> list[str]:
    chosen = next((each for each in scenarios if each.is_chosen and each.number), None)
    return wording.reach(chosen) if chosen else []


def _reason(shown: Room, data: Any = None) -> ReasonForm:
    return ReasonForm(data, initial={"reason": shown.sitting.reason})


def _forms(request, shown: Room, data: Any = None, shared_reason: str = "") -> dict[int, OutcomeForm]:
    """One of each project that the reader decides. Those in the panel look on."""
    own = set(
        Idea.objects.cleared_for(request.user)
        .filter(pk__in=[idea.pk for idea in shown.ideas])
        .values_list("pk", flat=True)
    )
    kept = shown.sitting.reason
    return {
        line.idea.pk: OutcomeForm(
            line, data, prefix=str(line.idea.pk), shared_reason=shared_reason or kept, kept_reason=kept
        )
        for line in shown.lines
        if line.idea.pk in own
    }


@transaction.atomic
def _save(request, shown: Room):
    """All that was changed, or nothing and what is wrong. The decision is held before it is read, so that what the
    page was based on is still true when it is saved."""
    Sitting.held(shown.round)
    reason = _reason(shown, request.POST)
    words = reason.cleaned_data["reason"] if reason.is_valid() else ""
    forms = _forms(request, shown, request.POST, words)
    wrong = [form for form in [reason, *forms.values()] if not form.is_valid()]
    if wrong:
        return _room(request, shown, forms, reason)
    choices = {
        form.idea: {name: form.cleaned_data[name] for name in form.known} for form in forms.values() if form.is_changed
    }
    if not shown.is_whole:
        words = shown.sitting.reason  # a substitute's case has its own reason
    try:
        saved = final.save(shown.round, words, choices, by=request.user)
    except NotNow as refusal:
        reason.add_error("reason", str(refusal))
        return _room(request, shown, forms, reason)
    text = ngettext("Saved: %(n)s decision. The letters wait until you release them.",
                    "Saved: %(n)s decisions. The letters wait until you release them.", saved)  # fmt: skip
    messages.success(request, text % {"n": saved} if saved else _("Saved."))
    address = reverse("deciding:room", args=[shown.round.pk])
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address)


@require_POST
def reckon(request, pk):
    """The sums of what is chosen on the page and not saved yet. Nothing is written."""
    round = find_round(request, pk, may_run)
    shown = room_of(request, round)
    outcomes = []
    for line in shown.lines:
        if line.answer == "no":
            continue
        outcome = request.POST.get(f"{line.idea.pk}-outcome", line.outcome)
        outcomes.append((outcome, _amount(request.POST.get(f"{line.idea.pk}-amount", ""), line)))
    chosen = choice_of(outcomes)
    sums = shown.scenarios_with(chosen)
    context = {"room": shown, "round": round, "scenarios": sums, "reach": reach_of(sums), "is_unsaved": True}
    return render(request, "deciding/_sums.html", context)


def _amount(typed: str, line) -> int | None:
    try:
        return parse_kroner(typed) if typed.strip() else line.applied
    except NotMoney:
        return line.amount


@require_safe
def numbers(request, pk):
    """The same as tables: each project, and each pair."""
    round = find_round(request, pk, may_see_room)
    shown = room_of(request, round)
    context = {
        "round": round,
        "room": shown,
        "is_counted": is_counted(round),
        "reads_whole": bool(may_read_whole(request.user, round)),
        **_surrounding(request, shown),
    }
    return render(request, "deciding/numbers.html", context)
