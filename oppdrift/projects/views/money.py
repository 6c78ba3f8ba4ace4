"""Money: of one project, of a round, of all years; the list for the finance department."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.projects import money
from oppdrift.projects.forms import GrantForm, MadeForm, RefundForm, TransferForm
from oppdrift.projects.models import Grant, Project, Transfer
from oppdrift.projects.policies import leads, may_lead, may_see_round
from oppdrift.toolbox.answers import NotNow, permit
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.tables.out import xlsx_response

from .finding import about, find, find_round


def find_grant(request, pk: int) -> Grant:
    found = find(request, pk)
    grant = get_object_or_404(Grant, project=found)
    grant.project = found
    return grant


def find_transfer(request, pk: int) -> Transfer:
    seen = Transfer.objects.filter(grant__project__in=Project.objects.seen_by(request.user))
    return get_object_or_404(seen.select_related("grant__project__idea__round", "grant__project__owner"), pk=pk)


# One project


@require_safe
def project_money(request, pk):
    grant = find_grant(request, pk)
    context = about(
        grant.project,
        grant=grant,
        transfers=list(grant.transfers.all()),
        changes=list(grant.changes.select_related("by")),
        is_lead=leads(request.user, grant.project),
    )
    return render(request, "projects/project_money.html", context)


def change_grant(request, pk):
    grant = find_grant(request, pk)
    permit(may_lead(request.user, grant.project))

    known = {"amount": grant.amount, "conditions": grant.conditions}
    form = GrantForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            grant.rule(amount=clean["amount"], reason=clean["reason"], conditions=clean["conditions"], by=request.user)
        except NotNow as refusal:
            form.add_error("reason" if not clean["reason"].strip() else "amount", str(refusal))
        else:
            messages.success(request, _("The grant is changed."))
            return redirect("projects:money_of", pk)
    return render(request, "projects/grant.html", about(grant.project, grant=grant, form=form))


def plan_transfer(request, pk):
    grant = find_grant(request, pk)
    permit(may_lead(request.user, grant.project))

    known = Transfer.objects.of_round(grant.project.round).led_by(request.user).exclude(account="")
    last = known.order_by("-pk").first()
    initial = {"amount": grant.unplanned or None, "account": last.account if last else ""}
    form = TransferForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        clean = dict(form.cleaned_data)
        try:
            grant.plan(clean.pop("amount"), by=request.user, read=request.POST.get("read"), **clean)
        except NotNow as refusal:
            form.add_error("amount", str(refusal))
        else:
            messages.success(request, _("The transfer is planned."))
            return redirect("projects:money_of", pk)
    return render(request, "projects/transfer.html", about(grant.project, grant=grant, form=form))


def refund(request, pk):
    grant = find_grant(request, pk)
    permit(may_lead(request.user, grant.project))

    form = RefundForm(request.POST or None, initial={"made_on": today()})
    if request.method == "POST" and form.is_valid():
        clean = dict(form.cleaned_data)
        try:
            grant.refund(clean.pop("amount"), by=request.user, read=request.POST.get("read"), **clean)
        except NotNow as refusal:
            form.add_error("amount", str(refusal))
        else:
            messages.success(request, _("It is noted that the money came back."))
            return redirect("projects:money_of", pk)
    return render(request, "projects/refund.html", about(grant.project, grant=grant, form=form))


def make_transfer(request, pk):
    """It has been moved in the accounts."""
    transfer = find_transfer(request, pk)
    project = transfer.grant.project
    permit(may_lead(request.user, project))

    form = MadeForm(request.POST or None, initial={"made_on": today(), "account": transfer.account})
    if request.method == "POST" and form.is_valid():
        if answer := transfer.can_make(form.cleaned_data["made_on"]):
            transfer.make(by=request.user, **form.cleaned_data)

            messages.success(request, _("It is noted that the money is transferred."))
            return redirect("projects:money_of", project.pk)
        form.add_error("made_on", str(answer))
    return render(request, "projects/transfer_made.html", about(project, transfer=transfer, form=form))


@require_POST
def drop_transfer(request, pk):
    transfer = find_transfer(request, pk)
    permit(may_lead(request.user, transfer.grant.project))

    transfer.drop(by=request.user)

    messages.success(request, _("The transfer is dropped. The sum can be planned anew."))
    return redirect("projects:money_of", transfer.grant.project_id)


# A round


@require_safe
def round_money(request, pk):
    round = find_round(request, pk)
    permit(may_see_round(request.user, round))
    projects = Project.objects.led_by(request.user).of_round(round).funded().select_related("idea", "grant")
    due = Transfer.objects.of_round(round).led_by(request.user).planned().select_related("grant__project__idea")
    context = {
        "round": round,
        "sums": money.of_round(round, request.user),
        "years": money.by_year(round, request.user),
        "projects": list(projects.alphabetically()),
        "planned": list(due[:50]),
        "here": "money",
        "years_page": settings.YEARS_PAGE,
    }
    return render(request, "projects/money.html", context)


@require_safe
def export(request, pk):
    """For the finance department."""
    round = find_round(request, pk)
    permit(may_see_round(request.user, round))
    headers = [
        _("Project"), _("Unit"), _("Project owner"), _("Kind"), _("State"), _("Kroner"), _("Account string"),
        _("Transferred on"), _("To be transferred on"), _("What lets it go"),
    ]  # fmt: skip
    return xlsx_response(f"oppdrift-{round.pk}.xlsx", _("Transfers"), headers, money.for_finance(round, request.user))
