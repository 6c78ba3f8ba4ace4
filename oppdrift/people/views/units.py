"""The organisation, for those who run the programme: a tree, and what its units were before."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.people.forms import AboutUnit, LastDay, NewUnit, Successor
from oppdrift.people.models import Unit
from oppdrift.people.policies import may_manage
from oppdrift.toolbox.answers import permit


def units(request):
    permit(may_manage(request.user))
    with_all = Unit.objects.select_related("leader", "successor", "parent").annotate(staff=Count("people"))
    everything = list(with_all.order_by("name_key"))
    current = [unit for unit in everything if not unit.is_closed]
    surroundings = {
        "areas": tree_of(current),
        "closed": [unit for unit in everything if unit.is_closed],
        "number": len(current),
    }
    return render(request, "people/units.html", surroundings)


def tree_of(units: Sequence[Unit]) -> list[dict]:
    """Each {area, below} at the top; `below` is all that is under it, each {unit, depth} with depth from 0."""
    known = {unit.pk for unit in units}
    children: dict[int | None, list[Unit]] = {}
    for unit in units:
        above = unit.parent_id if unit.parent_id in known else None
        children.setdefault(above, []).append(unit)

    def below(unit: Unit, depth: int) -> list[dict]:
        found: list[dict] = []
        for child in children.get(unit.pk, []):
            found += [{"unit": child, "depth": depth}, *below(child, depth + 1)]
        return found

    return [{"area": unit, "below": below(unit, 0)} for unit in children.get(None, [])]


def add(request):
    permit(may_manage(request.user))
    form = NewUnit(request.POST or None, initial={"parent": request.GET.get("under")})
    if request.method == "POST" and form.is_valid():
        unit = Unit.objects.add(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(unit)s is added.") % {"unit": unit.name})
        return redirect(unit)
    return render(request, "people/add_unit.html", {"form": form})


def unit(request, pk):
    permit(may_manage(request.user))
    unit = found(pk)
    form = AboutUnit(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Saved."))
        return redirect(unit)
    return show_unit(request, unit, form=form)


def found(pk: int) -> Unit:
    whole = Unit.objects.select_related("parent", "leader", "successor").prefetch_related("changes__by")
    return get_object_or_404(whole, pk=pk)


def show_unit(request, unit, *, form=None, last_day=None, successor=None):
    surroundings = {
        "unit": unit,
        "form": form or AboutUnit(unit=unit),
        "last_day": last_day or LastDay(unit=unit),
        "successor": successor or Successor(unit=unit),
        "can_close": unit.can_close(),
        "changes": unit.changes.all(),
        "former_names": unit.former_names,
        "staff": unit.people.count(),
        "parts": unit.children.current(),
    }
    return render(request, "people/unit.html", surroundings)


def close(request, pk):
    permit(may_manage(request.user))
    unit = found(pk)
    if request.method != "POST":
        return redirect(unit)
    form = LastDay(request.POST, unit=unit)
    if not form.is_valid():
        return show_unit(request, unit, last_day=form)
    unit.close(form.cleaned_data["last_day"], by=request.user)
    messages.success(request, _("Saved."))
    return redirect(unit)


def merge(request, pk):
    permit(may_manage(request.user))
    unit = found(pk)
    if request.method != "POST":
        return redirect(unit)
    form = Successor(request.POST, unit=unit)
    if not form.is_valid():
        return show_unit(request, unit, successor=form)
    successor = form.cleaned_data["successor"]
    unit.merge_into(successor, by=request.user)
    messages.success(request, _("%(unit)s is part of %(successor)s now.") % {"unit": unit, "successor": successor})
    return redirect(successor)


@require_POST
def reopen(request, pk):
    permit(may_manage(request.user))
    unit = get_object_or_404(Unit, pk=pk)
    unit.reopen(by=request.user)
    messages.success(request, _("%(unit)s is open again.") % {"unit": unit.name})
    return redirect(unit)
