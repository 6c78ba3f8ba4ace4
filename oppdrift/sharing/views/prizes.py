"""Prizes: who has got them, for anybody; deciding and announcing them, for who runs the round."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.ideas.models import Idea
from oppdrift.rounds.models import Round
from oppdrift.sharing.forms.stories import AwardForm, PrizeForm
from oppdrift.sharing.models import Award, Prize
from oppdrift.sharing.policies.stories import may_decide, may_give, may_keep_prizes
from oppdrift.toolbox.answers import permit


@login_not_required  # prizes are announced to everybody
@require_safe
def prizes(request):
    """Of all rounds, the newest first."""
    found = Award.objects.announced().select_related("prize__round", "idea")
    rows = found.order_by("-prize__round__year", "-prize__round", "prize__order", "announced_at")
    rounds = [(round, list(group)) for round, group in groupby(rows, key=lambda award: award.prize.round)]
    pages = set(Idea.objects.published().filter(pk__in=[award.idea_id for award in rows]).values_list("pk", flat=True))
    return render(request, "sharing/prizes.html", {"rounds": rounds, "pages": pages})


@require_safe
def round_prizes(request, pk):
    """What can be won in one round, and who gets it."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_keep_prizes(request.user, round))

    awards = list(Award.objects.seen_by(request.user).filter(prize__round=round).select_related("idea", "by"))
    rows = [
        {"prize": prize, "awards": [award for award in awards if award.prize_id == prize.pk]}
        for prize in Prize.objects.filter(round=round)
    ]
    mine = set(
        Idea.objects.led_by(request.user)
        .filter(pk__in=[award.idea_id for award in awards])
        .values_list("pk", flat=True)
    )
    return render(request, "sharing/round_prizes.html", {"round": round, "rows": rows, "mine": mine})


@require_POST
def begin(request, pk):
    """Take the usual prizes into the round."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_keep_prizes(request.user, round))

    Prize.begin(round, by=request.user)

    messages.success(request, _("The usual prizes are there. You can change their names."))
    return redirect("sharing:round_prizes", pk)


def add(request, pk):
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_keep_prizes(request.user, round))

    form = PrizeForm(request.POST or None, instance=Prize(round=round))
    if request.method == "POST" and form.is_valid():
        Prize.put(round, by=request.user, order=Prize.objects.filter(round=round).count(), **form.cleaned_data)

        messages.success(request, _("The prize is added."))
        return redirect("sharing:round_prizes", pk)
    return render(request, "sharing/prize.html", {"form": form, "round": round})


def change(request, pk):
    prize = find(request, pk)

    form = PrizeForm(request.POST or None, instance=Prize.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        prize.change(by=request.user, **form.written())

        messages.success(request, _("The prize is saved."))
        return redirect("sharing:round_prizes", prize.round_id)
    return render(request, "sharing/prize.html", {"form": form, "round": prize.round, "prize": prize})


@require_POST
def remove(request, pk):
    prize = find(request, pk)

    prize.remove(by=request.user)

    messages.success(request, _("The prize is removed."))
    return redirect("sharing:round_prizes", prize.round_id)


def give(request, pk):
    prize = find(request, pk)

    form = AwardForm(request.POST or None, person=request.user, round=prize.round)
    if request.method == "POST" and form.is_valid():
        idea, reason = form.cleaned_data["idea"], form.cleaned_data["reason"]
        answer = may_give(request.user, prize, idea, reason)
        if answer:
            Award.give(prize, idea, reason=reason, by=request.user)

            messages.success(request, _("It is decided. Nobody else sees it until you announce it."))
            return redirect("sharing:round_prizes", prize.round_id)
        form.add_error(None, str(answer))
    return render(request, "sharing/prize_give.html", {"form": form, "prize": prize})


@require_POST
def announce(request, pk):
    award = get_object_or_404(Award.objects.seen_by(request.user).select_related("prize", "idea"), pk=pk)
    permit(may_decide(request.user, award))

    award.announce(by=request.user)

    messages.success(request, _("Everybody can read it now."))
    return redirect("sharing:round_prizes", award.prize.round_id)


@require_POST
def take_back(request, pk):
    award = get_object_or_404(Award.objects.seen_by(request.user).select_related("prize", "idea"), pk=pk)
    permit(may_decide(request.user, award))

    award.take_back(by=request.user)

    messages.success(request, _("The prize is taken back."))
    return redirect("sharing:round_prizes", award.prize.round_id)


def find(request, pk) -> Prize:
    """A prize of a round that this person runs."""
    prize = get_object_or_404(Prize.objects.select_related("round"), pk=pk)
    permit(may_keep_prizes(request.user, prize.round))
    return prize
