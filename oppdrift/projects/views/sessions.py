"""Guidance sessions: book, read, move, cancel, write what came out of it, tick the next step."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.projects import telling
from oppdrift.projects.forms import CancelSessionForm, HeldForm, SessionForm
from oppdrift.projects.models import GuidanceSession
from oppdrift.projects.policies import may_book, may_cancel, may_finish_step, may_hold, may_move
from oppdrift.toolbox import calendars
from oppdrift.toolbox.answers import NotNow, permit

from .finding import about, find


def find_session(request, pk: int) -> GuidanceSession:
    """One this person sees."""
    seen = GuidanceSession.objects.seen_by(request.user).select_related(
        "project__idea__round", "project__owner", "appointment", "coach", "next_step_owner"
    )
    return get_object_or_404(seen, pk=pk)


def book(request, pk):
    found = find(request, pk)
    permit(may_book(request.user, found))

    form = SessionForm(request.POST or None, project=found, person=request.user)
    if request.method == "POST" and form.is_valid():
        coach: Any = form.cleaned_data.get("coach") or form.only_coach
        try:
            session = GuidanceSession.book(found, coach, by=request.user, **form.booked())
        except NotNow as refusal:
            form.add_error("starts_at", str(refusal))
        else:
            messages.success(request, _("It is booked. Team and coach have got a letter with a calendar entry."))
            return redirect(session)
    last = found.sessions.with_open_step().select_related("next_step_owner", "appointment").latest_first().first()
    return render(request, "projects/session_book.html", about(found, form=form, last=last))


@require_safe
def session(request, pk):
    found = find_session(request, pk)
    person = request.user
    context = about(
        found.project,
        session=found,
        appointment=found.appointment,
        last=found.before(),
        may_move=may_move(person, found),
        may_cancel=may_cancel(person, found),
        may_hold=may_hold(person, found),
        may_finish_step=may_finish_step(person, found),
    )
    return render(request, "projects/session.html", context)


def move(request, pk):
    found = find_session(request, pk)
    permit(may_move(request.user, found))

    form = SessionForm(request.POST or None, project=found.project, session=found, person=request.user)
    if request.method == "POST" and form.is_valid():
        found.move(by=request.user, **form.booked())

        messages.success(request, _("The changes are saved."))
        return redirect(found)
    return render(request, "projects/session_move.html", about(found.project, session=found, form=form))


def cancel(request, pk):
    found = find_session(request, pk)
    permit(may_cancel(request.user, found))

    form = CancelSessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found.cancel(by=request.user, reason=form.cleaned_data["reason"])

        messages.success(request, _("It is cancelled, and team and coach are told."))
        return redirect(found.project)
    return render(request, "projects/session_cancel.html", about(found.project, session=found, form=form))


def hold(request, pk):
    """What came out of it."""
    found = find_session(request, pk)
    permit(may_hold(request.user, found))

    own = GuidanceSession.objects.select_related("project__idea").get(pk=found.pk)
    form = HeldForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        found.hold(
            by=request.user, notes=clean["notes"], next_step=clean["next_step"], owner=clean["next_step_owner"],
            due=clean["next_step_due"],
        )  # fmt: skip

        messages.success(request, _("It is kept on the project's page."))
        return redirect(found.project)
    context = about(found.project, session=found, form=form, last=found.before())
    return render(request, "projects/session_hold.html", context)


@require_POST
def finish_step(request, pk):
    found = find_session(request, pk)
    permit(may_finish_step(request.user, found))

    found.finish_step(by=request.user)

    messages.success(request, _("The step is done."))
    return redirect(found.project)


@require_safe
def calendar(request, pk):
    """One entry to take into one's own calendar."""
    text = calendars.calendar_file([telling.entry(find_session(request, pk))])
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="oppdrift-{pk}.ics"'
    return answer
