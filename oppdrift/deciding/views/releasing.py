"""A second person's word, the release, and the protocol."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.history.models import File, Message
from oppdrift.ideas.models import Idea
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import No, permit

from .. import final, protocol, ways
from ..forms import NAMES, CorrectionForm
from ..models import Protocol
from ..policies import may_confirm, may_plan, may_read_whole, may_run, may_see_room
from ..room import Room
from .finding import find_round


def confirm(request, pk):
    """What was decided, to be read by another one (GET), and their word on it (POST)."""
    round = find_round(request, pk, may_confirm)
    if request.method == "POST":
        final.confirm(round, by=request.user, read=request.POST.get("read", ""))
        messages.success(request, _("You have confirmed the decision. The programme lead can release it now."))
        return redirect("deciding:confirm", pk)
    mark = final.mark(round)  # before the rows: what is changed in between must be read again
    decisions: list[Any] = list(final.pending(round).select_related("idea__application", "made_by", "replaces"))
    sitting = final.Sitting.of(round)
    for each in decisions:
        asked_for = getattr(getattr(each.idea, "application", None), "amount", None)
        each.own_reason = "" if each.reason == sitting.reason else each.reason
        each.asked_for = asked_for if each.amount not in (None, asked_for) else None
    groups = [(name, [each for each in decisions if each.outcome == outcome]) for outcome, name in NAMES.items()]
    context = {
        "round": round,
        "sitting": sitting,
        "groups": [(name, rows) for name, rows in groups if rows],
        "total": sum(each.amount or 0 for each in decisions if each.outcome == final.Outcome.ADMITTED),
        "confirmation": sitting.confirmation(),
        "answer": final.can_confirm(round, request.user),
        "sees_room": bool(may_see_room(request.user, round)),
        "runs": bool(may_run(request.user, round)),
        "mark": mark,
    }
    return render(request, "deciding/confirm.html", context)


def release(request, pk):
    """First how many of each and who gets letters (GET), then the deed (POST)."""
    round = find_round(request, pk, may_run)
    if request.method == "POST":
        permit(may_plan(request.user, round))
        told = final.release(round, by=request.user)
        words = ngettext(
            "Released: %(n)s decision is told, and its letters are on their way.",
            "Released: %(n)s decisions are told at the same moment, and their letters are on their way.",
            told,
        )
        messages.success(request, words % {"n": told})
        return redirect("deciding:sitting", pk)
    room = Room(round, request.user)
    may = may_plan(request.user, round)
    missing = final.missing_to_release(round, request.user, room.sitting) if may else [str(may)]
    hidden = final.pending(round).filter(idea__in=Idea.objects.hidden_from(request.user)).count() if room.hidden else 0
    waiting, receivers = room.pending, _receivers(room)
    for line in waiting:
        line.receivers = receivers.get(line.idea.pk, [])
    groups = [(name, [line for line in waiting if line.outcome == outcome]) for outcome, name in NAMES.items()]
    context = {
        "round": round,
        "room": room,
        "answer": No(" ".join(missing)) if missing else True,
        "groups": [(name, lines) for name, lines in groups if lines],
        "letters": _letters(room),
        "hidden_pending": hidden,
        "outbox_url": reverse(settings.OUTBOX_PAGE) + "?state=bound",
    }
    return render(request, "deciding/release.html", context)


def _waiting(room: Room):
    """Letters of pending decisions that the reader sees."""
    kind = ContentType.objects.get_for_model(Idea)
    ideas = [line.idea.pk for line in room.pending]
    return Message.objects.waiting().filter(thing_type=kind, thing_id__in=ideas, key__startswith=f"{final.FINAL}:")


def _letters(room: Room) -> dict[str, int]:
    return _waiting(room).aggregate(
        drafts=Count("pk", filter=Q(state=Message.State.DRAFT)), held=Count("pk", filter=Q(state=Message.State.HELD))
    )


def _receivers(room: Room) -> dict[int, list[str]]:
    """Names of those whom letters go to, by idea."""
    found: dict[int, list[str]] = {}
    drafts = _waiting(room).filter(state=Message.State.DRAFT).order_by("receiver__name_key", "address")
    for idea, name, address in drafts.values_list("thing_id", "receiver__name", "address"):
        found.setdefault(idea, []).append(name or address)
    return found


def protocols(request, pk):
    """The numbered protocols (GET), and a new one (POST)."""
    round = find_round(request, pk, may_read_whole)
    kept = list(Protocol.objects.seen_by(request.user).filter(sitting__round=round).select_related("made_by"))
    answer = protocol.can_make(round)
    form = CorrectionForm(request.POST or None) if kept else None
    if request.method == "POST" and (form is None or form.is_valid()):
        correction = form.cleaned_data["correction"] if form else ""
        made = protocol.make(round, correction=correction, by=request.user)
        messages.success(request, _("Protocol number %(n)s is kept.") % {"n": made.number})
        return redirect("deciding:protocols", pk)
    files = _files(kept)
    context: dict[str, Any] = {
        "round": round,
        "protocols": [{"protocol": each, "file": files.get(each.pk)} for each in kept],
        "form": form,
        "answer": answer,
        "way": None if answer else ways.to_protocol(round, request.user),
        "sees_room": bool(may_see_room(request.user, round)),
        "runs": bool(may_run(request.user, round)),
    }
    return render(request, "deciding/protocols.html", context, status=422 if form and form.errors else 200)


def _files(kept: list[Protocol]) -> dict[int, File]:
    kind = ContentType.objects.get_for_model(Protocol)
    rows = File.objects.filter(thing_type=kind, thing_id__in=[each.pk for each in kept])
    return {file.thing_id: file for file in rows}
