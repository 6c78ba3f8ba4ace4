"""Last year's round, looked over before this year's is made of it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from oppdrift.rounds.copying import Plan
from oppdrift.rounds.forms import CopyForm
from oppdrift.rounds.models import Round
from oppdrift.rounds.policies import may_copy
from oppdrift.toolbox.answers import permit
from oppdrift.toolbox.clock import OSLO


def copy(request, pk):
    """What would come along and when. "look" shows it again with the chosen days; "make" makes it."""
    source = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_copy(request.user, source))
    plan = Plan(source, _year(request, source.year + 1))
    form = CopyForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        plan = Plan(source, plan.year, chosen=_chosen(plan, form))
        if "make" in request.POST:
            made = plan.make(by=request.user, name=form.cleaned_data["name"])
            messages.success(request, _("The round is made, as a draft. Look over its texts and name its people."))
            return redirect("rounds:edit", made.pk)
        form = CopyForm(request.POST, plan=plan)
    surroundings = {
        "round": source,
        "plan": plan,
        "form": form,
        "questions": plan.edition.questions.count(),
        "criteria": plan.edition.criteria.count(),
        "roles": source.roles.in_force().count(),
    }
    return render(request, "rounds/copy.html", surroundings)


def _year(request, otherwise: int) -> int:
    asked = request.POST.get("year") or request.GET.get("year") or ""
    return int(asked) if asked.isdigit() and 2000 <= int(asked) <= 2100 else otherwise


def _chosen(plan: Plan, form: CopyForm) -> dict[str, dt.datetime]:
    """The moments that differ from the proposed ones."""
    chosen: dict[str, dt.datetime] = {}
    for row in plan.rows:
        value: Any = form.cleaned_data.get(f"at_{row.key}")
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time(0), tzinfo=OSLO)
        if value and value != row.after:
            chosen[row.key] = value
    return chosen
