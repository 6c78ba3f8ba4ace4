"""What is done to an application as a whole."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.toolbox import dates
from oppdrift.toolbox.answers import NotNow, permit
from oppdrift.toolbox.clock import now

from ..forms import ExtendForm, ReviseForm
from ..models import TooLate
from ..policies import may_bring_back, may_extend, may_reopen, may_submit, may_withdraw
from .application import show
from .writing import find


@require_POST
def submit(request, pk):
    arrived = now()  # before anything else: how long the answer takes must not make it late
    application = find(request, pk)
    permit(may_submit(request.user, application))
    try:
        application.submit(by=request.user, at=arrived)
    except TooLate:
        return render(
            request, "applications/too_late.html", {"application": application, "arrived": arrived}, status=409
        )
    except NotNow:
        if problems := application.problems():
            return show(request, application, problems=problems, status=422)
        raise
    messages.success(request, handed_in(application))
    return redirect(application)


def handed_in(application) -> str:
    if application.deadline:
        return _("The application is handed in. You can correct it until %(deadline)s.") % {
            "deadline": dates.moment(application.deadline)
        }
    return _("The application is handed in.")


@require_POST
def revise(request, pk):
    arrived = now()
    application = find(request, pk)
    permit(may_submit(request.user, application))
    form = ReviseForm(request.POST)
    problems = application.problems()
    if problems or not form.is_valid():
        return show(request, application, problems=problems, revise_form=form, status=422)
    application.revise(by=request.user, changed=form.cleaned_data["changed"], at=arrived)

    messages.success(request, _("The new version is handed in. It is read instead of the one before."))
    return redirect(application)


@require_POST
def reopen(request, pk):
    application = find(request, pk)
    permit(may_reopen(request.user, application))

    application.reopen(by=request.user)

    messages.success(request, _("You can correct the text now. What you handed in counts until you hand in again."))
    return redirect("applications:write", pk)


def withdraw(request, pk):
    application = find(request, pk)
    permit(may_withdraw(request.user, application))
    if request.method == "POST":
        application.withdraw(by=request.user)

        messages.success(request, _("The application is withdrawn. Nothing is erased."))
        return redirect(application)
    return render(request, "applications/withdraw.html", {"application": application})


@require_POST
def bring_back(request, pk):
    application = find(request, pk)
    permit(may_bring_back(request.user, application))

    application.bring_back(by=request.user)

    messages.success(request, _("The application is back."))
    return redirect(application)


def extend(request, pk):
    application = find(request, pk)
    permit(may_extend(request.user, application))
    form = ExtendForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid():
        application.extend(form.cleaned_data["until"], reason=form.cleaned_data["reason"], by=request.user)

        messages.success(request, _("The deadline is extended. The letter to the team waits in the outbox."))
        return redirect(application)
    return render(request, "applications/extend.html", {"application": application, "form": form})
