"""Saying whether one may judge, before reading; and settling it for those who are unsure."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppdrift.ideas.models import Part
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox.answers import NotNow, permit
from oppdrift.toolbox.forms import wrong_in

from ..forms import DeclarationForm, SettleForm
from ..models import Declaration
from ..policies import judging_roles, may_declare, may_run, may_settle, settlers
from ..queue import to_declare, undeclared

ROWS = 50


def impartiality(request: HttpRequest, pk: int) -> HttpResponse:
    """Titles, units and people of all applications, no text; one answer for each."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    roles = judging_roles(request.user, round)
    permit(may_declare(roles))
    page = Paginator(_with_people(to_declare(request.user, round)), ROWS).get_page(request.GET.get("page"))
    rows = _rows(request, roles, page.object_list)

    if request.method == "POST":
        saved = _save(request, rows)
        if saved is not None:
            return _after_saving(request, round, saved)

    wrong = [line for _application, form, _known in rows for line in wrong_in(form)]
    context = {"round": round, "page": page, "rows": rows, "wrong": wrong}
    return render(request, "assessing/impartiality.html", context)


def _with_people(applications):
    team = Part.objects.in_force().filter(kind=Part.Kind.TEAM).select_related("person")
    return applications.prefetch_related(Prefetch("idea__parts", team, to_attr="people"))


def _rows(request: HttpRequest, roles: set[str], applications) -> list:
    known = {
        row.idea_id: row
        for row in Declaration.objects.by(request.user).filter(idea__in=[each.idea_id for each in applications])
    }
    is_lead = bool(roles & {Role.Kind.LEAD, Role.Kind.SUBSTITUTE})
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
        application.newcomers = [
            part.person for part in application.idea.people if said and part.since > said.declared_at
        ]
        rows.append((application, form, said))
    return rows


def _save(request: HttpRequest, rows: list) -> int | None:
    """Keep what is said and right; None when something is not."""
    saved, refused = 0, False
    for application, form, _known in rows:
        if not form.is_valid():
            refused = True
        elif form.says_something:
            said = form.cleaned_data
            try:
                Declaration.declare(
                    application.idea, said["answer"], ground=said["ground"], relation=said["relation"], by=request.user
                )
                saved += 1
            except NotNow as error:
                form.add_error("answer", str(error))
                refused = True
    return None if refused else saved


def _after_saving(request: HttpRequest, round: Round, saved: int) -> HttpResponse:
    left = undeclared(request.user, round).count()
    if saved:
        messages.success(request, _("Saved."))
    if left:
        messages.info(
            request,
            ngettext("%(n)d application has no answer yet.", "%(n)d applications have no answer yet.", left)
            % {"n": left},
        )
        return redirect("assessing:impartiality", round.pk)
    if may_run(request.user, round):
        return redirect("assessing:progress", round.pk)
    return redirect("assessing:queue")


def settling(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is unsure or disqualified, for those who settle it."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, round))
    return render(request, "assessing/settling.html", {"round": round, "wrong": None, **_to_settle(request, round)})


def _to_settle(request: HttpRequest, round: Round, wrong: SettleForm | None = None) -> dict:
    rows = list(
        Declaration.objects.filter(idea__round=round)
        .exclude(person=request.user)
        .exclude(answer=Declaration.Answer.NONE, settled_as="")
        .select_related("idea", "person", "settled_by")
        .order_by("idea__title_key", "person__name_key")
    )
    handled_by = settlers(round)
    rows = [row for row in rows if request.user.pk in handled_by(row.idea_id)]
    for row in rows:
        row.form = wrong if wrong and wrong.prefix == f"d{row.pk}" else SettleForm(prefix=f"d{row.pk}")
    return {
        "unsettled": [row for row in rows if row.is_unsettled],
        "barred": [row for row in rows if row.bars],
        "freed": [row for row in rows if row.is_free],
    }


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
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
