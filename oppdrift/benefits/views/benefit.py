"""One benefit: read, change, name an owner, agree, drop."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.benefits import numbers, telling
from oppdrift.benefits.figure import Figure
from oppdrift.benefits.forms import BenefitForm, DropForm, OwnerForm
from oppdrift.benefits.models import Benefit, BenefitVersion, Measurement
from oppdrift.benefits.policies import may_agree, may_change, may_drop, may_take_up, works_on
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import permit
from oppdrift.toolbox.reading import refusal_is_told

from .finding import find_benefit, tried
from .project import around, suggested_owners


@require_safe
def benefit(request, pk):
    found = find_benefit(request, pk)
    works = bool(works_on(request.user, found.idea))
    agreed = found.versions.select_related("agreed_by").last()
    context = {
        "benefit": found,
        "idea": found.idea,
        "figure": Figure(found),
        "replaced": replaced(found),
        "agreed": agreed,
        "target_when_agreed": target_in(agreed, found),
        "may_work": works and not found.is_dropped,
        "may_take_up": works and found.is_dropped,
        "may_agree": bool(may_agree(request.user, found)),
        "is_owner": found.owner_id == request.user.pk,
    }
    return render(request, "benefits/benefit.html", context)


def target_in(agreed: BenefitVersion | None, benefit: Benefit) -> str:
    """The target that the owner last agreed to, when it is another one now."""
    kept = agreed.words.get("target") if agreed else None
    if kept is None or (benefit.target is not None and Decimal(kept) == benefit.target):
        return ""
    return numbers.written(benefit, Decimal(kept))


def replaced(benefit: Benefit) -> list[Measurement]:
    """Numbers that were wrong, with what stands instead."""
    rows = benefit.measurements.exclude(replaced_by=None)
    return list(rows.select_related("made_by", "replaced_by__made_by").order_by("taken_on", "pk"))


def edit(request, pk):
    found = find_benefit(request, pk)
    permit(may_change(request.user, found))

    # The form gets an instance of its own: what does not fit must not stand on the page's benefit.
    form = BenefitForm(request.POST or None, instance=Benefit.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid() and tried(form, change, found, form, by=request.user):
        told = _("The benefit is saved.")
        if found.owner and not found.agreed_at:
            told = _("The benefit is saved. The owner must agree to it as it is now.")
        messages.success(request, told)
        return redirect(found)
    return render(request, "benefits/edit.html", {"form": form, "benefit": found, **around(found.idea)})


@transaction.atomic
def change(benefit: Benefit, form: BenefitForm, *, by: Person) -> None:
    benefit.change(by=by, **form.words)
    form.save_baseline(benefit, by=by)


def owner(request, pk):
    """Name who owns it, or hand it over."""
    found = find_benefit(request, pk)
    permit(may_change(request.user, found))

    suggestions = suggested_owners(found.idea)
    if found.owner:
        suggestions = suggestions.exclude(pk=found.owner.pk)
    form = OwnerForm(request.POST or None, suggestions=suggestions)
    if request.method == "POST" and form.is_valid() and tried(form, name, found, form, by=request.user):
        told = _("%(name)s is named as owner, and gets a letter with a question to agree.")
        messages.success(request, told % {"name": found.owner})
        return redirect(found)
    return render(request, "benefits/owner.html", {"form": form, "benefit": found, "idea": found.idea})


@transaction.atomic
def name(benefit: Benefit, form: OwnerForm, *, by: Person) -> None:
    benefit.name_owner(form.found(), by=by)
    telling.of_owner(benefit, by=by)


@require_POST
def agree(request, pk):
    found = find_benefit(request, pk)
    permit(may_agree(request.user, found))

    with refusal_is_told(request):
        found.agree(by=request.user, read=request.POST.get("read"))
        messages.success(request, _("You own this benefit now, as it is written. What you agreed to is kept."))
    return redirect(found)


def drop(request, pk):
    found = find_benefit(request, pk)
    permit(may_drop(request.user, found))

    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found.drop(form.cleaned_data["why"], by=request.user)

        messages.success(request, _("The benefit is given up. It stays in the list with your reason."))
        return redirect("benefits:of", found.idea_id)
    context: dict[str, Any] = {"form": form, "benefit": found, "idea": found.idea}
    return render(request, "benefits/drop.html", context)


@require_POST
def take_up(request, pk):
    found = find_benefit(request, pk)
    permit(may_take_up(request.user, found))

    found.take_up(by=request.user)

    messages.success(request, _("The benefit counts again."))
    return redirect(found)
