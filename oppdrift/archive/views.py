"""Bringing in an earlier round: choose a file, see what was read, answer, confirm, perhaps take back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppdrift.toolbox.answers import permit
from oppdrift.toolbox.money import kroner
from oppdrift.toolbox.tables.reading import CannotRead

from .forms import AnswersForm, ColumnsForm, ReadForm
from .models import Batch
from .policies import may_bring_in, may_change, may_take_back
from .wording import columns_read, left_out, status_name, whose_total

PER_PAGE = 50
DRAWN_AS = {
    "new": "new_version", "same": "done", "changed": "draft", "near": "unclear", "double": "cancelled", "bad": "failed",
}  # fmt: skip


def imports(request: HttpRequest) -> HttpResponse:
    permit(may_bring_in(request.user))  # type: ignore[arg-type]
    batches = Batch.objects.seen_by(request.user).select_related("round", "read_by").defer("rows", "columns")
    page = Paginator(batches, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "archive/imports.html", {"page": page})


def begin(request: HttpRequest) -> HttpResponse:
    """The file is read and shown; nothing of it is brought in yet."""
    permit(may_bring_in(request.user))  # type: ignore[arg-type]
    form = ReadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect(form.keep(by=request.user))  # type: ignore[arg-type]
    return render(request, "archive/begin.html", {"form": form})


def batch(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_batch(request, pk)
    if found.is_unread and found.state == "read":
        return redirect("archive:columns", pk)
    plan = found.plan()
    page = Paginator(plan.rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [(row, DRAWN_AS[row.status], status_name(row.status).capitalize()) for row in page]
    surroundings = {
        "batch": found,
        "plan": plan,
        "page": page,
        "rows": shown,
        "answers": AnswersForm(plan=plan),
        "can_confirm": may_change(request.user, found) and plan.can_be_done(),  # type: ignore[arg-type]
        "totals": totals(plan),
        "about": columns_read(found) + left_out(found),
        "sheets": [sheet for sheet in found.columns.get("sheets", []) if sheet != found.columns["sheet"]],
        "source": found.source,
    }
    return render(request, f"archive/{'batch' if found.state == 'read' else 'brought_in'}.html", surroundings)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_batch(request, pk)
    permit(may_bring_in(request.user))  # type: ignore[arg-type]
    form = AnswersForm(request.POST, plan=found.plan())
    if form.is_valid():
        found.answer(form.answers, by=request.user)  # type: ignore[arg-type]
    return redirect(found)


@require_POST
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_batch(request, pk)
    permit(may_bring_in(request.user))  # type: ignore[arg-type]
    try:
        found.choose_sheet(request.POST.get("sheet", ""), by=request.user)  # type: ignore[arg-type]
    except CannotRead as error:
        messages.error(request, str(error))
    return redirect(found)


def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is what: the guess stands chosen, and what is chosen is remembered for the same headers."""
    found = get_batch(request, pk)
    permit(may_change(request.user, found))  # type: ignore[arg-type]
    guess = {"begins": found.columns.get("begins", 1), "places": found.columns.get("places", {})}
    form = ColumnsForm(request.POST or None, table=found.table(), **guess)
    if request.method == "POST" and form.is_valid():
        try:
            found.choose_columns(form.cleaned_data["begins"], form.places, by=request.user)  # type: ignore[arg-type]
        except CannotRead as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Read with the columns you chose. The same headers are read so next time."))
            return redirect(found)
    surroundings = {
        "batch": found,
        "form": form,
        "sheets": [sheet for sheet in found.columns.get("sheets", []) if sheet != found.columns.get("sheet")],
    }
    return render(request, "archive/columns.html", surroundings, status=422 if form.errors else 200)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_batch(request, pk)
    permit(may_bring_in(request.user))  # type: ignore[arg-type]
    found.confirm(by=request.user)  # type: ignore[arg-type]
    made = sum(1 for entry in found.rows if entry["became"]["made"])
    words = ngettext("%(n)s new idea is brought in.", "%(n)s new ideas are brought in.", made)
    messages.success(request, words % {"n": made})
    return redirect(found)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_batch(request, pk)
    permit(may_bring_in(request.user))  # type: ignore[arg-type]
    found.drop(by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The file is dropped. Nothing of it was brought in."))
    return redirect("archive:imports")


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """What would go is shown first, or why it cannot."""
    found = get_batch(request, pk)
    permit(may_bring_in(request.user))  # type: ignore[arg-type]
    if request.method == "POST":
        found.take_back(by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("What was brought in from the file is taken back."))
        return redirect(found)
    became = [entry["became"] for entry in found.rows if "became" in entry]
    surroundings = {
        "batch": found,
        "made": sum(1 for each in became if each["made"]),
        "changed": sum(1 for each in became if each["decision"] and not each["made"]),
        "can_take_back": may_take_back(request.user, found),  # type: ignore[arg-type]
    }
    return render(request, "archive/take_back.html", surroundings)


def get_batch(request: HttpRequest, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.seen_by(request.user).select_related("round", "read_by"), pk=pk)


def totals(plan) -> list[dict]:
    """Big numbers beside the heading: what the rows come to, and what was said elsewhere."""
    found = [{"label": _("The rows come to"), "number": kroner(plan.total), "unit": ""}]
    for whose, amount, difference in plan.differences:
        if not difference:
            words = _("%(whose)s, the same as the rows")
        else:
            words = (
                _("%(whose)s, %(sum)s less than the rows")
                if difference > 0
                else _("%(whose)s, %(sum)s more than the rows")
            )
        label = words % {"whose": whose_total(whose), "sum": kroner(abs(difference))}
        found.append({"label": label, "number": kroner(amount), "unit": ""})
    return found
