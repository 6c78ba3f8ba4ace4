"""The outbox: letters by state, read as they will look, changed, held back and let go."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from oppdrift.front import outbox
from oppdrift.front.outbox_forms import LetterFilter, LetterForm, in_a_row
from oppdrift.history.letters.alike import alike, edit_all
from oppdrift.history.mails import text_of
from oppdrift.history.models import Message
from oppdrift.toolbox.answers import No, NotNow, permit
from oppdrift.toolbox.text import sort_key

PAGE = 50
EVERYTHING = "all"
SAID = {
    "put-back": gettext_lazy("The letter is no longer held back."),
    "hold": gettext_lazy("The letter is held back until you let it go."),
    "let-go": gettext_lazy("The letter is on its way."),
    "take-back": gettext_lazy("The letter is back with you and waits to be read."),
    "try-again": gettext_lazy("The letter is tried once more."),
    "discard": gettext_lazy("The letter is discarded and will not be sent."),
}


def may_use(person):
    """Those who run a round have an outbox."""
    return outbox.runs_an_outbox(person) or No(_("The outbox belongs to those who run a round."))


@require_safe
def letters(request):
    """All of one state, newest first. Rows that are hidden from the reader are shown among all, and nowhere else:
    a filter would tell what they are."""
    permit(may_use(request.user))
    form = LetterFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    mine = outbox.outbox_of(request.user)
    state = wanted.get("state") or Message.State.DRAFT
    narrowed = bool(wanted.get("kind") or wanted.get("q"))
    shown = outbox.outbox_with_hidden(request.user) if state == EVERYTHING and not narrowed else mine
    if state != EVERYTHING:
        shown = outbox.in_state(shown, state)
    shown = filtered(shown, wanted)
    counts = dict(outbox.counts_by_state(mine))
    page = Paginator(shown.select_related("receiver").defer("body", "calendar"), PAGE).get_page(request.GET.get("page"))
    outbox.with_what_they_wait_for(page.object_list)
    return render(
        request,
        "front/outbox.html",
        {
            "form": form,
            "page": page,
            "state": state,
            "states": states_with(counts, state),
            "narrowed": narrowed,
            "waiting": counts.get(Message.State.DRAFT, 0),
            "bound": counts.get(outbox.BOUND, 0),
            "held": counts.get(Message.State.HELD, 0),
            "failed": counts.get(Message.State.FAILED, 0),
            "sending": state in (Message.State.DRAFT, Message.State.HELD) and bool(page.object_list),
        },
    )


def filtered(shown, wanted: dict):
    if kind := wanted.get("kind"):
        shown = shown.filter(kind=kind)
    if words := wanted.get("q"):
        shown = shown.filter(Q(receiver__name_key__contains=sort_key(words)) | Q(address__icontains=words))
    return shown


def states_with(counts: dict[str, int], state: str) -> list[dict]:
    """The states that have letters, and the one looked at."""
    rows = [
        {"state": each.value, "name": each.label, "count": counts.get(each.value, 0)}
        for each in Message.State
        if counts.get(each.value) or each.value in (state, Message.State.DRAFT)
    ]
    if counts.get(outbox.BOUND) or state == outbox.BOUND:
        name = pgettext("letters", "Leave with the release")
        rows.insert(1, {"state": outbox.BOUND, "name": name, "count": counts.get(outbox.BOUND, 0)})
    return [*rows, {"state": EVERYTHING, "name": _("All"), "count": sum(counts.values())}]


@require_safe
def letter(request, pk):
    """One letter as it will look, and what can be done with it."""
    message = get_object_or_404(outbox.with_titles(outbox.outbox_of(request.user)), pk=pk)
    outbox.with_what_they_wait_for([message])
    return render(request, "front/message.html", {"message": outbox.as_read(message), "text": text_of(message)})


def edit(request, pk):
    """Change a letter. What was typed stays on the page when somebody let the letter go meanwhile."""
    message = get_object_or_404(outbox.outbox_of(request.user).select_related("receiver"), pk=pk)
    others = list(alike(message, outbox.outbox_of(request.user)).select_related("receiver").order_by("pk"))
    form = LetterForm(message, request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            if form.is_for_all:
                _tell_of_all(request, others, edit_all(message, others, **form.letter, by=request.user))
            else:
                message.edit(**form.letter, by=request.user)
                messages.success(request, _("The letter is changed."))
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("front:message", pk)
    elif request.method != "POST" and not (answer := message.can_edit()):
        messages.warning(request, str(answer))
        return redirect("front:message", pk)
    return render(request, "front/message_edit.html", {"message": message, "form": form})


def _tell_of_all(request, others: list[Message], left: list[Message]) -> None:
    count = 1 + len(others) - len(left)
    words = ngettext("%(n)d letter is changed.", "%(n)d letters are changed.", count)
    messages.success(request, words % {"n": count})
    if left:
        words = _("Not changed, since it says something else or is in another language: the letter to %(names)s.")
        messages.warning(request, words % {"names": in_a_row(left)})


@require_POST
def deed(request, pk, deed):
    """Hold, put back, let go, take back, try again or discard. Each verb says why it refuses."""
    if deed not in SAID:
        raise Http404
    message = get_object_or_404(outbox.outbox_of(request.user), pk=pk)

    getattr(message, deed.replace("-", "_"))(by=request.user)

    messages.success(request, SAID[deed])
    return redirect("front:message", pk)


def let_go(request):
    """Several at once: first who will get them (GET), then the deed (POST)."""
    permit(may_use(request.user))
    mine = outbox.outbox_of(request.user).waiting().free()
    if request.method == "POST":
        count = mine.filter(pk__in=keys(request.POST.getlist("message"))).let_go(by=request.user, held=True)
        messages.success(
            request, ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", count) % {"n": count}
        )
        return redirect("front:outbox")
    if request.GET.get("all"):
        form = LetterFilter(request.GET)
        wanted = form.cleaned_data if form.is_valid() else {}
        chosen = filtered(mine.filter(state=wanted.get("state") or Message.State.DRAFT), wanted)
    else:
        chosen = mine.filter(pk__in=keys(request.GET.getlist("message")))
    chosen = list(outbox.with_titles(chosen).order_by("kind", "receiver__name_key", "address"))
    if not chosen:
        messages.warning(request, _("Tick the letters you want to send."))
        return redirect("front:outbox")
    return render(
        request,
        "front/outbox_let_go.html",
        {"chosen": chosen, "held": [m for m in chosen if m.state == Message.State.HELD]},
    )


def keys(given: list[str]) -> list[int]:
    """Keys from an address or a form; what is no number is nobody's."""
    return [int(key) for key in given if key.isdecimal() and len(key) < 19]
