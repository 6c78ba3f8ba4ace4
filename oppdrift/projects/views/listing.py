"""The projects of a round for those who run it: which are alive, which are silent, what to start."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.projects import listing, reporting
from oppdrift.projects.beginning import can_own, unanswered, unstarted
from oppdrift.projects.forms import StartForm
from oppdrift.projects.models import Project
from oppdrift.projects.policies import may_change_round, may_see_round
from oppdrift.toolbox.answers import permit

from .finding import find_round

A_PAGE = 50


@require_safe
def projects(request, pk):
    round = find_round(request, pk)
    permit(may_see_round(request.user, round))
    counts = listing.counts(round, request.user)
    paginator: Paginator[Project] = Paginator(cast(Any, listing.rows.of(round, request.user)), A_PAGE)
    paginator.count = counts["all"]  # counted already
    context = {
        "round": round,
        "page": paginator.get_page(request.GET.get("page")),
        "counts": counts,
        "here": "projects",
    }
    return render(request, "projects/projects.html", context)


def start(request, pk):
    """Those that may start, each with its owner: one press for all, or for some."""
    round = find_round(request, pk)
    permit(may_change_round(request.user, round))
    led = {"idea__round": round, "idea__in": Idea.objects.cleared_for(request.user)}
    decisions = list(unstarted().filter(**led).select_related("idea__round").order_by("idea__title_key"))
    suggested = listing.suggested_owners(decisions)

    data = request.POST or None
    forms = [
        StartForm(data, prefix=str(each.pk), initial={"address": suggested.get(each.idea_id, ("", ""))[1]})
        for each in decisions
    ]
    if request.method == "POST" and started(request, decisions, forms):
        return redirect("projects:projects", round.pk)
    context = {
        "round": round,
        "rows": [(one, form, suggested.get(one.idea_id)) for one, form in zip(decisions, forms, strict=True)],
        "forms": forms,
        "waiting": list(unanswered().filter(**led).select_related("idea", "offer").order_by("idea__title_key")),
        "here": "start",
    }
    return render(request, "projects/start.html", context)


def started(request, decisions, forms) -> bool:
    """Start those that are ticked, or none of them."""
    valid = [form.is_valid() for form in forms]
    if not all(valid):
        return False
    chosen = [(one, form) for one, form in zip(decisions, forms, strict=True) if form.cleaned_data["start"]]
    owners: dict[int, Person | None] = {}
    for one, form in chosen:
        address, name = form.cleaned_data["address"], form.cleaned_data["name"]
        owner = Person.objects.with_address(address, name=name) if address else None
        if owner and not (answer := can_own(one.idea, owner)):
            form.add_error("address", str(answer))
        owners[one.pk] = owner
    if any(form.errors for form in forms):
        return False
    if not chosen:
        messages.error(request, _("Choose at least one."))
        return False
    Project.start_all([one for one, _form in chosen], owners, by=request.user)
    count = ngettext("One project has started.", "%(n)d projects have started.", len(chosen)) % {"n": len(chosen)}
    messages.success(request, count + " " + _("Letters to teams and owners wait in the outbox."))
    return True


@require_POST
def remind(request, pk):
    round = find_round(request, pk)
    permit(may_change_round(request.user, round))

    written = reporting.remind(round, by=request.user)

    if written:
        told = ngettext(
            "One letter waits in the outbox until you have read it.",
            "%(n)d letters wait in the outbox until you have read them.",
            len(written),
        )
        messages.success(request, told % {"n": len(written)})
    else:
        messages.success(request, _("Nobody needs a reminder today."))
    return redirect("projects:projects", round.pk)
