"""Measuring: planned, unplanned, corrected, left out; and the plan itself."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.benefits.figure import Figure
from oppdrift.benefits.forms import CorrectForm, DateForm, MeasureForm, SkipForm
from oppdrift.benefits.models import Measurement
from oppdrift.benefits.policies import may_change, may_correct, may_measure, may_move, may_skip
from oppdrift.toolbox.answers import permit

from .finding import find_benefit, find_measurement, tried


def measure(request, pk):
    """One that was planned. A link from a reminder leads here; one that has been made since leads on to the benefit."""
    planned = find_measurement(request, pk)
    if request.method == "GET" and planned.is_made:
        return redirect(planned.benefit)
    permit(may_measure(request.user, planned))

    form = MeasureForm(request.POST or None, benefit=planned.benefit, is_baseline=planned.is_baseline)
    if request.method == "POST" and form.is_valid() and tried(form, planned.make, by=request.user, **form.said):
        return thank(request, planned)
    return show(request, planned, form)


def take(request, pk):
    """One that was not planned; with `?baseline` the baseline, while there is none."""
    benefit = find_benefit(request, pk)
    permit(may_change(request.user, benefit))

    is_baseline = "baseline" in request.GET and benefit.baseline is None
    kind = Measurement.Kind.BASELINE if is_baseline else Measurement.Kind.FOLLOW_UP
    form = MeasureForm(request.POST or None, benefit=benefit, is_baseline=is_baseline)
    new = Measurement(benefit=benefit, kind=kind)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, Measurement.take, benefit, by=request.user, kind=kind, **form.said)
    ):
        return thank(request, new)
    return show(request, new, form)


def correct(request, pk):
    made = find_measurement(request, pk)
    permit(may_correct(request.user, made))

    form = CorrectForm(request.POST or None, benefit=made.benefit, is_baseline=made.is_baseline, seen=made)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, made.correct, form.cleaned_data["why"], by=request.user, **form.said)
    ):
        messages.success(request, _("It is corrected. The earlier number is kept beside it."))
        return redirect(made.benefit)
    return show(request, made, form, corrects=True)


@require_POST
def skip(request, pk):
    planned = find_measurement(request, pk)
    permit(may_skip(request.user, planned))

    form = SkipForm(request.POST)
    if form.is_valid() and tried(form, planned.skip, form.cleaned_data["why"], by=request.user):
        messages.success(request, _("It is noted. Nobody is reminded of this one any more."))
        return redirect(planned.benefit)
    empty = MeasureForm(benefit=planned.benefit, is_baseline=planned.is_baseline)
    return show(request, planned, empty, skip_form=form)


def plan(request, pk):
    """When it is to be measured."""
    benefit = find_benefit(request, pk)
    permit(may_change(request.user, benefit))

    form = DateForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, Measurement.plan, benefit, form.cleaned_data["due"], by=request.user, field="due")
    ):
        messages.success(request, _("The measurement is planned. Owner and team are reminded before."))
        return redirect("benefits:plan", pk)
    return show_plan(request, benefit, form)


@require_POST
def move(request, pk):
    planned = find_measurement(request, pk)
    permit(may_move(request.user, planned))

    form = DateForm(request.POST, prefix=f"m{planned.pk}")
    if form.is_valid() and tried(form, planned.move, form.cleaned_data["due"], by=request.user, field="due"):
        messages.success(request, _("The measurement has another day."))
        return redirect("benefits:plan", planned.benefit_id)
    return show_plan(request, planned.benefit, DateForm(), wrong=form)


@require_POST
def take_off(request, pk):
    planned = find_measurement(request, pk)
    permit(may_move(request.user, planned))

    planned.take_off(by=request.user)

    messages.success(request, _("The measurement is off the plan."))
    return redirect("benefits:plan", planned.benefit_id)


def thank(request, made: Measurement):
    """Say what the number means, on the benefit's page."""
    words = [_("It is written down.")]
    if not made.is_baseline:
        words.append(Figure(find_benefit(request, made.benefit_id)).answer.words)
    messages.success(request, " ".join(words))
    return redirect(made.benefit)


def show(request, measurement: Measurement, form, *, skip_form: SkipForm | None = None, corrects: bool = False):
    context = {
        "measurement": measurement,
        "benefit": measurement.benefit,
        "idea": measurement.benefit.idea,
        "figure": Figure(measurement.benefit),
        "form": form,
        "may_skip": bool(measurement.pk and not corrects and may_skip(request.user, measurement)),
        "skip_form": skip_form or SkipForm(),
        "corrects": corrects,
    }
    return render(request, "benefits/measure.html", context)


def show_plan(request, benefit, form: DateForm, *, wrong: DateForm | None = None):
    rows = []
    for one in benefit.follow_ups:
        own = f"m{one.pk}"
        is_wrong = wrong is not None and wrong.prefix == own
        rows.append((one, wrong if is_wrong else DateForm(prefix=own, initial={"due": one.due})))
    context = {"benefit": benefit, "idea": benefit.idea, "rows": rows, "form": form, "wrong": wrong}
    return render(request, "benefits/plan.html", context)
