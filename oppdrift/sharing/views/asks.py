"""Asks and offers: the list, one of them, writing, answering, closing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.rounds.models import Round
from oppdrift.rounds.models.stage import Stage
from oppdrift.sharing.forms.mutual import AskForm, CloseForm, ReplyForm
from oppdrift.sharing.models import Ask, Reply
from oppdrift.sharing.policies.mutual import may_change_ask, may_close_ask, may_put, may_reply
from oppdrift.sharing.sight import projects
from oppdrift.toolbox.answers import permit

A_PAGE = 30


@require_safe
def asks(request):
    """Open ones first, asks and offers apart; then what came of the others."""
    seen = Ask.objects.seen_by(request.user).counted().select_related("idea", "round", "by")
    still_open = list(seen.open()[: 2 * A_PAGE])
    with_projects = Round.objects.alive().filter(Exists(projects().filter(round=OuterRef("pk"))))
    rounds = [round for round in with_projects.order_by("-year", "-pk") if round.uses(Stage.PROJECTS)]
    context = {
        "asks": [ask for ask in still_open if ask.kind == Ask.Kind.ASK],
        "offers": [ask for ask in still_open if ask.kind == Ask.Kind.OFFER],
        "page": Paginator(seen.closed().order_by("-at", "-pk"), A_PAGE).get_page(request.GET.get("page")),
        "rounds": [round for round in rounds if may_put(request.user, round)],
        "rounds_with_projects": rounds,
    }
    return render(request, "sharing/asks.html", context)


def new(request, pk):
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_put(request.user, round))

    initial = {"kind": request.GET.get("kind", Ask.Kind.ASK), "idea": request.GET.get("idea")}
    form = AskForm(request.POST or None, person=request.user, round=round, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("title", "text", "idea")}
        ask = Ask.put(form.cleaned_data["kind"], round, by=request.user, **fields)

        messages.success(request, _("Everybody who is signed in can read it now. You get a letter for each answer."))
        return redirect(ask)
    return render(request, "sharing/ask_new.html", {"form": form, "round": round})


@require_safe
def ask(request, pk):
    return show(request, find(request, pk))


def show(request, ask: Ask, *, reply_form: ReplyForm | None = None, close_form: CloseForm | None = None):
    replies = list(Reply.objects.seen_by(request.user).filter(ask=ask).select_related("by__unit"))
    context = {
        "ask": ask,
        "replies": replies,
        "reply_count": ask.reply_count,
        "has_replied": any(reply.by_id == request.user.pk for reply in replies),
        "may_reply": may_reply(request.user, ask),
        "may_change": may_change_ask(request.user, ask),
        "may_close": may_close_ask(request.user, ask),
        "reply_form": reply_form or ReplyForm(),
        "close_form": close_form or CloseForm(),
    }
    return render(request, "sharing/ask.html", context)


@require_POST
def reply(request, pk):
    ask = find(request, pk)
    permit(may_reply(request.user, ask))

    form = ReplyForm(request.POST)
    if not form.is_valid():
        return show(request, ask, reply_form=form)
    ask.reply(form.cleaned_data["text"], by=request.user)

    who = ask.by.name if ask.by else _("The project")
    messages.success(request, _("%(who)s gets your answer in a letter now.") % {"who": who})
    return redirect(ask)


def change(request, pk):
    ask = find(request, pk)
    permit(may_change_ask(request.user, ask))

    # The form gets an instance of its own: what does not fit must not stand on the page's ask.
    form = AskForm(request.POST or None, instance=Ask.objects.get(pk=pk), person=request.user, round=ask.round)
    if request.method == "POST" and form.is_valid():
        ask.change(by=request.user, **form.written())

        messages.success(request, _("The changes are saved."))
        return redirect(ask)
    return render(request, "sharing/ask_change.html", {"form": form, "ask": ask})


@require_POST
def close(request, pk):
    ask = find(request, pk)
    permit(may_close_ask(request.user, ask))

    form = CloseForm(request.POST)
    if not form.is_valid():
        return show(request, ask, close_form=form)
    ask.close(form.cleaned_data["came_of_it"], by=request.user)

    messages.success(request, _("It is closed."))
    return redirect("sharing:asks")


def find(request, pk) -> Ask:
    """One that this person sees."""
    seen = Ask.objects.seen_by(request.user).counted().select_related("idea", "round", "by__unit", "closed_by")
    return get_object_or_404(seen, pk=pk)
