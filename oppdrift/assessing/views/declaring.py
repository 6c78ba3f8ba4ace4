"""Saying whether one may judge, before reading; and settling it for those who are unsure."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Part
from oppdrift.people.models import Person
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Role, Round, Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import NotNow, permit
from oppdrift.toolbox.forms import wrong_in

from ..forms import DeclarationForm, SettleForm
from ..models import Declaration
from ..policies import judging_roles, may_declare, may_run, may_settle, settlers
from ..queue import to_declare, undeclared

ROWS = 50


def impartiality(request: SignedInRequest, pk: int) -> HttpResponse:
    """Titles, units and people of all applications, no text; one answer for each."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    roles = judging_roles(request.user, round)
    permit(may_declare(roles))
    page = Paginator(_with_people(to_declare(request.user, round)), ROWS).get_page(request.GET.get("page"))
    rows = _rows(request, roles, page.object_list)

    if request.method == "POST":
        saved = _save(request, rows)
        if saved is not None:
            return _after_saving(request, round, roles, saved)

    wrong = [line for row in rows for line in wrong_in(row.form)]
    context = {
        "round": round,
        "page": page,
        "rows": rows,
        "wrong": wrong,
        "runs": bool(roles & {*Role.RUNS}),
        "left": sum(row.known is None for row in rows),
        "came_from": _came_from(request),
    }
    return render(request, "assessing/impartiality.html", context)


class Asked(NamedTuple):
    """One application on the page of declarations."""

    application: Application
    form: DeclarationForm
    known: Declaration | None
    newcomers: list[Person]  # in the team since the person answered


class ToSettle(NamedTuple):
    """A declaration with the form to settle or correct it."""

    declaration: Declaration
    form: SettleForm


def _with_people(applications: QuerySet[Application]) -> QuerySet[Application]:
    team = Part.objects.in_force().filter(kind=Part.Kind.TEAM).select_related("person")
    return applications.prefetch_related(Prefetch("idea__parts", team, to_attr="people"))


def _rows(request: SignedInRequest, roles: set[str], applications: Iterable[Any]) -> list[Asked]:
    """`applications`: each idea with its team as `people`."""
    known = {
        row.idea_id: row
        for row in Declaration.objects.by(request.user).filter(idea__in=[each.idea_id for each in applications])
    }
    is_lead = bool(roles & {*Role.RUNS})
    rows = []
    for application in applications:
        said = known.get(application.idea_id)
        form = DeclarationForm(
            request.POST or None,
            prefix=f"i{application.idea_id}",
            known=said,
            leads=is_lead,
            title=application.idea.title,
        )
        newcomers = [part.person for part in application.idea.people if said and part.since > said.declared_at]
        rows.append(Asked(application, form, said, newcomers))
    return rows


def _save(request: SignedInRequest, rows: list[Asked]) -> int | None:
    """Keep what is said and right; None when something is not.

    By its other button the page says "no ties to the rest": to those that stood on it without an answer.
    """
    saved, refused = 0, False
    for application, form, known, _newcomers in rows:
        has_shown = f"{form.prefix}-relation" in request.POST
        if not form.is_valid():
            refused = True
        elif form.says_something or ("rest" in request.POST and has_shown and not known):
            said = form.cleaned_data
            answer = said["answer"] or Declaration.Answer.NONE
            try:
                Declaration.declare(
                    application.idea, answer, ground=said["ground"], relation=said["relation"], by=request.user
                )
                saved += 1
            except NotNow as error:
                form.add_error("answer", str(error))
                refused = True
    return None if refused else saved


def _after_saving(request: SignedInRequest, round: Round, roles: set[str], saved: int) -> HttpResponse:
    """On to what has no answer yet; then back to where the person came from, or to what they can do now."""
    left = undeclared(request.user, round)
    if saved:
        messages.success(request, _("Saved."))
    if number := left.values_list("number", flat=True).first():
        n = left.count()
        words = ngettext("%(n)d application has no answer yet.", "%(n)d applications have no answer yet.", n)
        messages.info(request, words % {"n": n})
        page = to_declare(request.user, round).filter(number__lt=number).count() // ROWS + 1
        address = reverse("assessing:impartiality", args=[round.pk])
        return redirect(f"{address}?page={page}" if page > 1 else address)
    if application := _came_from(request):
        return redirect("applications:application", application)
    if not roles & {*Role.RUNS}:
        return redirect("assessing:queue")
    if not round.uses(Stage.ASSESSING):
        return redirect("applications:list", round.pk)
    return redirect("assessing:progress", round.pk)


def _came_from(request: SignedInRequest) -> int | None:
    """The application that somebody wanted to read when they were sent here."""
    key = request.POST.get("from") or request.GET.get("from", "")
    return int(key) if key.isdecimal() and len(key) < 19 else None


def settling(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is unsure or disqualified, for those who settle it."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, round))
    return render(request, "assessing/settling.html", {"round": round, "wrong": None, **_to_settle(request, round)})


def _to_settle(request: SignedInRequest, round: Round, wrong: SettleForm | None = None) -> dict:
    rows = list(
        Declaration.objects.filter(idea__round=round)
        .exclude(person=request.user)
        .exclude(answer=Declaration.Answer.NONE, settled_as="")
        .select_related("idea", "person", "settled_by")
        .order_by("idea__title_key", "person__name_key")
    )
    handled_by = settlers(round)
    rows = [row for row in rows if request.user.pk in handled_by(row.idea_id)]
    waiting = [
        ToSettle(row, wrong if wrong and wrong.prefix == f"d{row.pk}" else SettleForm(prefix=f"d{row.pk}"))
        for row in rows
    ]
    return {
        "unsettled": [each for each in waiting if each.declaration.is_unsettled],
        "barred": [each for each in waiting if each.declaration.bars],
        "freed": [each for each in waiting if each.declaration.is_free],
    }


@require_POST
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    declaration = get_object_or_404(Declaration.objects.select_related("idea", "person", "idea__round"), pk=pk)
    round = get_object_or_404(Round.objects.run_by(request.user), pk=declaration.idea.round_id)
    permit(may_settle(request.user, declaration))

    form = SettleForm(request.POST, prefix=f"d{pk}")
    if not form.is_valid():
        context = {"round": round, "wrong": form, **_to_settle(request, round, wrong=form)}
        return render(request, "assessing/settling.html", context)
    declaration.settle(form.cleaned_data["answer"], reason=form.cleaned_data["reason"], by=request.user)

    messages.success(
        request, _("Settled: %(name)s, %(title)s.") % {"name": declaration.person, "title": declaration.idea}
    )
    return redirect("assessing:settling", round.pk)
