"""For everybody: which gatherings there are, one of them, signing up and off, the calendar file."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.gatherings import telling
from oppdrift.gatherings.forms import MaterialForm
from oppdrift.gatherings.models import Gathering, Note, SignUp
from oppdrift.gatherings.policies import may_sign_off, may_sign_up, runs
from oppdrift.history.models import File
from oppdrift.rounds.models import Round
from oppdrift.toolbox import calendars
from oppdrift.toolbox.answers import permit

A_PAGE = 50


@require_safe
def gatherings(request):
    seen = Gathering.objects.seen_by(request.user).counted().with_state_of(request.user).select_related("appointment")
    past = Paginator(seen.past(), A_PAGE).get_page(request.GET.get("page"))
    may_arrange = Round.objects.run_by(request.user).filter(closed_at=None).exists()
    coming = list(seen.coming_up()[:A_PAGE])
    soonest = next((gathering for gathering in coming if not gathering.is_cancelled), None)
    context = {"coming": coming, "next": soonest, "page": past, "may_arrange": may_arrange}
    return render(request, "gatherings/gatherings.html", context)


@require_safe
def gathering(request, pk):
    return show(request, find(request, pk))


def show(request, gathering: Gathering, *, material_form: MaterialForm | None = None):
    return render(request, "gatherings/gathering.html", about(gathering, request.user, material_form))


def about(gathering: Gathering, person, material_form: MaterialForm | None = None) -> dict[str, Any]:
    """What the page of a gathering shows to this reader."""
    has_begun = gathering.appointment.has_begun
    counted = Gathering.objects.counted().get(pk=gathering.pk)
    return {
        "coming_count": counted.coming_count,
        "waiting_count": counted.waiting_count,
        "free": counted.free_count,
        "gathering": gathering,
        "appointment": gathering.appointment,
        "sign_up": gathering.sign_up_of(person),
        "can_sign_up": may_sign_up(person, gathering),
        "can_sign_off": may_sign_off(person, gathering),
        "runs": runs(person, gathering.round),
        "programme_page": settings.PROGRAMME_PAGE if gathering.kind == Gathering.Kind.CONFERENCE else "",
        "materials": list(File.objects.of(gathering)),
        "material_form": material_form or MaterialForm(),
        "notes": Note.objects.seen_by(person).filter(gathering=gathering).select_related("idea") if has_begun else [],
    }


@require_POST
def sign_up(request, pk):
    gathering = find(request, pk)
    permit(may_sign_up(request.user, gathering))

    row = gathering.sign_up(request.user, by=request.user)

    if row.state == SignUp.State.COMING:
        messages.success(request, _("You have a place. We have sent you a letter with a calendar entry."))
    else:
        told = _("It is full. You are number %(number)s on the waiting list, and hear from us when you get a place.")
        messages.warning(request, told % {"number": row.number_in_queue})
    return redirect(gathering)


@require_POST
def sign_off(request, pk):
    gathering = find(request, pk)
    permit(may_sign_off(request.user, gathering))

    gathering.sign_off(request.user, by=request.user)

    messages.success(request, _("You are signed off."))
    return redirect("gatherings:gatherings")


@require_safe
def calendar(request, pk):
    """One entry to take into one's own calendar."""
    text = calendars.calendar_file([telling.entry(find(request, pk))])
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="oppdrift-{pk}.ics"'
    return answer


def find(request, pk) -> Gathering:
    """A gathering this person sees."""
    seen = Gathering.objects.seen_by(request.user).select_related("appointment", "round")
    return get_object_or_404(seen, pk=pk)
