"""The lead's table: who reads what, by hand or from a proposal; and what is taken away from those who left."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Round
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import NotNow, permit

from ..filling import proposal
from ..forms import FillForm
from ..hidden import hidden_from
from ..matrix import Matrix
from ..models import Assignment
from ..policies import may_run
from ..policies_shortlist import leads_round

ROWS = 50


def assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give applications to assessors, and take them away. With `readers`, a proposal of so many each stands ticked."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, round))
    led = Application.objects.in_round(round).handed_in().filter(idea__in=Idea.objects.led_by(request.user))
    page: Page[Any] = Paginator(led.select_related("idea").order_by("number"), ROWS).get_page(request.GET.get("page"))
    fill = FillForm(request.GET if "readers" in request.GET else None)
    readers = (fill.cleaned_data["readers"] or 0) if fill.is_valid() else 0
    proposed = proposal(round, request.user, readers) if readers and request.method == "GET" else set()
    matrix = Matrix(round, request.user, list(page.object_list), proposed)
    refusal = ""

    if request.method == "POST":
        try:
            new, gone = _save(request, matrix)
        except NotNow as error:
            refusal = str(error)
        else:
            _tell(request, new, gone)
            return redirect(_next(round, page, readers))

    context = {
        "round": round,
        "page": page,
        "matrix": matrix,
        "rows": matrix.rows(request.POST if refusal else None),
        "fill": fill,
        "readers": readers,
        "loads": [(load, sum(person == load.person.pk for _application, person in proposed)) for load in matrix.loads],
        "proposed": len(proposed),
        "hidden": hidden_from(request.user, round),
        "leads": leads_round(request.user, round),
        "refusal": refusal,
    }
    return render(request, "assessing/assignment.html", context, status=409 if refusal else 200)


def _save(request: SignedInRequest, matrix: Matrix) -> tuple[list[tuple[Application, Person]], list[Any]]:
    """Only what this page changed: a tick that another lead has set meanwhile stays as they set it."""
    give, end = [], []
    for application in matrix.applications:
        for assessor in [*matrix.assessors, *matrix.former]:
            name = f"{application.pk}-{assessor.pk}"
            was, wanted = f"was-{name}" in request.POST, f"give-{name}" in request.POST
            row = matrix.given.get((application.pk, assessor.pk))
            if wanted and not was and not row:
                give.append((application, assessor))
            if was and not wanted and row and not row.is_done:
                end.append(row)
    Assignment.rearrange(give=give, end=end, by=request.user)
    return give, end


def _tell(request: SignedInRequest, give: list[tuple[Application, Person]], end: list[Any]) -> None:
    """What was saved: each by name, as long as they can be read at a glance."""
    if not give and not end:
        messages.info(request, _("Nothing was changed."))
        return
    words = _("Saved: %(new)s assigned, %(gone)s taken away.") % {"new": len(give), "gone": len(end)}
    messages.success(request, words)
    if len(give) + len(end) > FEW:
        return
    for application, assessor in give:
        words = _("%(name)s reads “%(title)s”.") % {"name": assessor.name, "title": application.idea.title}
        messages.info(request, words)
    for row in end:
        words = _("%(name)s no longer reads “%(title)s”.") % {
            "name": row.assessor.name,
            "title": row.application.idea.title,
        }
        messages.info(request, words)


FEW = 6


def _next(round: Round, page: Page, readers: int) -> str:
    """The same page again; of a proposal the next one, so that it is gone through to the end."""
    asked: dict[str, int] = {}
    if readers and page.has_next():
        asked = {"page": page.number + 1, "readers": readers}
    elif page.number > 1 and not readers:
        asked = {"page": page.number}
    address = reverse("assessing:assignment", args=[round.pk])
    return f"{address}?{urlencode(asked)}" if asked else address


@require_POST
def take_away(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything that people who are no longer assessors were to read."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, round))

    _new, gone = Assignment.rearrange(give=[], end=Matrix(round, request.user, []).left_behind, by=request.user)

    words = ngettext(
        "%(n)d assignment is taken away. Give it to somebody else.",
        "%(n)d assignments are taken away. Give them to others.",
        gone,
    )
    messages.success(request, words % {"n": gone})
    return redirect("assessing:assignment", pk)
