"""The dates of a round."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.rounds.forms import DatesForm, DeadlineForm, MilestoneForm
from oppdrift.rounds.models import Milestone, Round
from oppdrift.toolbox import dates as written

from .finding import round_to_change


def dates(request, pk):
    found = round_to_change(request, pk)
    form = DatesForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        found.change(by=request.user, **form.written())
        messages.success(request, _("Saved."))
        return redirect("rounds:dates", pk)
    shown = Round.objects.get(pk=pk)
    milestones = list(shown.milestones.select_related("round"))
    return render(request, "rounds/dates.html", {"round": shown, "form": form, "milestones": milestones})


def deadline(request, pk):
    found = round_to_change(request, pk)
    form = DeadlineForm(request.POST or None, initial={"deadline": found.deadline})
    if request.method == "POST" and form.is_valid():
        if answer := found.can_move_deadline(form.cleaned_data["deadline"]):
            found.move_deadline(form.cleaned_data["deadline"], by=request.user)
            messages.success(request, _("The deadline is %(moment)s now.") % {"moment": written.moment(found.deadline)})
            return redirect("rounds:dates", pk)
        form.add_error("deadline", str(answer))
    return render(request, "rounds/deadline.html", {"round": found, "form": form})


def add(request, pk):
    found = round_to_change(request, pk)
    return _milestone(request, found, Milestone(round=found))


def milestone(request, pk, milestone):
    found = round_to_change(request, pk)
    return _milestone(request, found, get_object_or_404(found.milestones.select_related("round"), pk=milestone))


def _milestone(request, round, milestone):
    form = MilestoneForm(request.POST or None, instance=milestone)
    if request.method == "POST" and form.is_valid():
        milestone.change(by=request.user, **form.fields_of_milestone())
        messages.success(request, _("Saved."))
        return redirect("rounds:dates", round.pk)
    return render(request, "rounds/milestone.html", {"round": round, "form": form, "milestone": milestone})


@require_POST
def remove(request, pk, milestone):
    found = round_to_change(request, pk)
    get_object_or_404(found.milestones.select_related("round"), pk=milestone).remove(by=request.user)
    messages.success(request, _("The date is removed."))
    return redirect("rounds:dates", pk)
