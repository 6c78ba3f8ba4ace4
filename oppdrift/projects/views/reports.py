"""The reports of a project: read, write, hand in, return, accept."""

from django.contrib import messages
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.projects import drafting, reporting, telling
from oppdrift.projects.forms import CommentForm
from oppdrift.projects.models import Report
from oppdrift.projects.policies import may_accept, may_report, may_send_back, may_write_report
from oppdrift.projects.writing import Page, ReportForm
from oppdrift.toolbox.answers import NotNow, permit

from . import writing
from .finding import about, find


def find_report(request, pk: int, kind: str) -> Report:
    found = find(request, pk)
    report = get_object_or_404(found.reports.select_related("saved_by"), kind=kind)
    report.project = found
    report.due = reporting.due_dates(found.round)[kind]
    return report


@require_safe
def report(request, pk, kind):
    return show(request, find_report(request, pk, kind), CommentForm())


def show(request, found: Report, comment_form: CommentForm):
    """What was handed in last is what is read; before that, what is written so far."""
    version, person = found.latest(), request.user
    texts = version.texts if version and not found.is_owed else found.texts
    context = about(
        found.project,
        report=found,
        version=version,
        parts=[(part, texts.get(part.key, "")) for part in found.parts],
        is_empty=not any(texts.values()),
        answers=[
            each
            for each in found.versions.select_related("answered_by")
            if each.comment and not (found.state == Report.State.RETURNED and each == version)
        ],
        may_write=may_write_report(person, found),
        may_send_back=may_send_back(person, found),
        may_accept=may_accept(person, found),
        comment_form=comment_form,
    )
    return render(request, "projects/report.html", context)


def page_of(request, found: Report, sent: QueryDict | None = None) -> tuple[Page, dict[str, drafting.Source]]:
    """The page of writing, and where first words come from."""
    agreement = found.project.agreements.agreed().first() or found.project.agreements.open().first()
    sources = drafting.for_report(found.project, found.kind, agreement)
    form = ReportForm(sent, report=found, begun={key: source.text for key, source in sources.items()})
    return Page(found, form, request.user, sent), sources


def write(request, pk, kind):
    """All parts on one page. What is known from elsewhere stands in the parts that nobody has written in."""
    found = find_report(request, pk, kind)
    permit(may_write_report(request.user, found))

    page, sources = page_of(request, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and page.form.is_valid():
        if held := page.save(request.POST):
            return writing.two_wrote(request, page, held)
        if "hand_in" not in request.POST:
            messages.success(request, _("The report is saved. It is not handed in yet."))
            return redirect("projects:write_report", pk, kind)
        try:
            found.hand_in(by=request.user)
        except NotNow as refusal:
            page, sources = page_of(request, find_report(request, pk, kind))
            page.form.refusal = str(refusal)
        else:
            messages.success(request, _("The report is handed in."))
            return redirect(found)
    parts = [(each, None if found.kept()[name] else sources.get(name)) for name, each in page.fields.items()]
    context = writing.shown(page, report=found, parts=parts, returned=found.latest())
    return render(request, "projects/report_write.html", context)


@require_POST
def save(request, pk, kind):
    found = find_report(request, pk, kind)
    permit(may_report(request.user, found.project))
    return writing.save(request, page_of(request, found)[0])


@require_POST
def settle(request, pk, kind, beside):
    found = find_report(request, pk, kind)
    permit(may_write_report(request.user, found))
    return writing.settle(request, page_of(request, found)[0], beside)


@require_POST
def send_back(request, pk, kind):
    found = find_report(request, pk, kind)
    permit(may_send_back(request.user, found))

    form, read = CommentForm(request.POST), request.POST.get("read")
    comment = form.cleaned_data["comment"] if form.is_valid() else ""
    if form.is_valid() and not (answer := found.can_send_back(comment, read)):
        form.add_error("comment", str(answer))
    if form.errors:
        return show(request, found, form)
    with transaction.atomic():
        found.send_back(comment, by=request.user, read=read)
        telling.of_report("report_returned", found, by=request.user, comment=comment)

    messages.success(request, _("The team has got your comments."))
    return redirect(found)


@require_POST
def accept(request, pk, kind):
    found = find_report(request, pk, kind)
    permit(may_accept(request.user, found))

    form, read = CommentForm(request.POST), request.POST.get("read")
    comment = form.cleaned_data["comment"] if form.is_valid() else ""
    if form.is_valid() and not (answer := found.can_accept(read)):
        form.add_error("comment", str(answer))
    if form.errors:
        return show(request, found, form)
    with transaction.atomic():
        found.accept(by=request.user, comment=comment, read=read)
        telling.of_report("report_accepted", found, by=request.user, comment=comment)

    messages.success(request, _("The report is accepted, and the team is told."))
    return redirect(found)
