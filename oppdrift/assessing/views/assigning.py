"""The lead's table: applications down, assessors across, a tick where one reads the other."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Disqualification, Idea, Part
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import NotNow, permit

from ..hidden import hidden_from
from ..models import Assessment, Assignment, Declaration
from ..policies import may_run
from ..policies_shortlist import leads_round
from ..queue import workloads

ROWS = 50


def assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give applications to assessors, and take them away."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, round))
    led = Application.objects.in_round(round).handed_in().filter(idea__in=Idea.objects.led_by(request.user))
    page = Paginator(led.select_related("idea").order_by("number"), ROWS).get_page(request.GET.get("page"))
    applications, loads = list(page.object_list), workloads(round, request.user)
    assessors = [load.person for load in loads]
    refusal = ""

    if request.method == "POST":
        try:
            return _save(request, round, page.number, applications, assessors)
        except NotNow as error:
            refusal = str(error)

    context = {
        "round": round,
        "page": page,
        "loads": loads,
        "rows": _table(applications, assessors, request.POST if refusal else None),
        "hidden": hidden_from(request.user, round),
        "leads": leads_round(request.user, round),
        "refusal": refusal,
    }
    return render(request, "assessing/assignment.html", context, status=409 if refusal else 200)


def _table(applications: list, assessors: list, typed=None) -> list:
    """Rows of (application, cells, count); a cell says what stands in the way, if anything does."""
    ideas = [application.idea_id for application in applications]
    said = {(row.idea_id, row.person_id): row for row in Declaration.objects.filter(idea__in=ideas)}
    by_law = Disqualification.objects.in_force().filter(idea__in=ideas).values_list("idea", "person")
    as_member = Part.objects.in_force().filter(idea__in=ideas, kind__in=Part.BELONGS).values_list("idea", "person")
    barred = set(by_law.order_by().union(as_member.order_by()))
    given = {(row.application_id, row.assessor_id): row for row in _assigned(applications)}
    rows = []
    for application in applications:
        cells = []
        for assessor in assessors:
            key = (application.idea_id, assessor.pk)
            row, declaration = given.get((application.pk, assessor.pk)), said.get(key)
            state = "free"
            if key in barred:
                state = "barred"
            elif not declaration:
                state = "undeclared"
            elif not declaration.is_free:
                state = "barred" if declaration.bars else "unsure"
            name = f"{application.pk}-{assessor.pk}"
            ticked = f"give-{name}" in typed if typed is not None else row is not None
            cells.append({"name": name, "state": state, "assignment": row, "ticked": ticked, "assessor": assessor})
        rows.append(
            {"application": application, "cells": cells, "count": sum(bool(cell["assignment"]) for cell in cells)}
        )
    return rows


def _assigned(applications: list):
    done = Assessment.objects.handed_in().filter(
        application=OuterRef("application"), assessor=OuterRef("assessor"), discounted_at=None
    )
    rows = Assignment.objects.in_force().filter(application__in=applications).annotate(is_done=Exists(done))
    return rows.select_related("assessor", "application__idea").order_by()


def _save(request: SignedInRequest, round: Round, number: int, applications: list, assessors: list) -> HttpResponse:
    """Only what this page changed: a tick that another lead has set meanwhile stays as they set it."""
    given = {(row.application_id, row.assessor_id): row for row in _assigned(applications)}
    give, end = [], []
    for application in applications:
        for assessor in assessors:
            name = f"{application.pk}-{assessor.pk}"
            was, wanted = f"was-{name}" in request.POST, f"give-{name}" in request.POST
            row = given.get((application.pk, assessor.pk))
            if wanted and not was and not row:
                give.append((application, assessor))
            if was and not wanted and row and not row.is_done:
                end.append(row)
    new, gone = Assignment.rearrange(give=give, end=end, by=request.user)
    if new or gone:
        words = _("Saved: %(new)s assigned, %(gone)s taken away.") % {"new": new, "gone": gone}
        messages.success(request, words)
        for application, assessor in give:
            words = _("%(name)s reads “%(title)s”.") % {"name": assessor.name, "title": application.idea.title}
            messages.info(request, words)
        for row in end:
            words = _("%(name)s no longer reads “%(title)s”.") % {
                "name": row.assessor.name,
                "title": row.application.idea.title,
            }
            messages.info(request, words)
    else:
        messages.info(request, _("Nothing was changed."))
    answer = redirect("assessing:assignment", round.pk)
    if number > 1:
        answer["Location"] += f"?page={number}"
    return answer
