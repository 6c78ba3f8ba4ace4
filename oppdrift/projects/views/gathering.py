"""Calling projects together, and noting who came."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppdrift.gatherings.models import Gathering
from oppdrift.projects import together
from oppdrift.projects.forms import CallForm
from oppdrift.projects.models import Project
from oppdrift.projects.policies import may_change_round, may_note_presence, may_see_round
from oppdrift.toolbox.answers import permit

from .finding import find_round


def find_gathering(request, pk: int) -> Gathering:
    return get_object_or_404(
        Gathering.objects.seen_by(request.user).filter(kind__in=together.KINDS).select_related("appointment", "round"),
        pk=pk,
    )


@require_safe
def gatherings(request, pk):
    """Joint gatherings and tailored sessions of a round: whom of the projects they ask, and who came."""
    round = find_round(request, pk)
    permit(may_see_round(request.user, round))
    rows = Gathering.objects.filter(round=round, kind__in=together.KINDS).counted().select_related("appointment")
    rows = together.with_presence(rows)
    context = {"round": round, "coming": list(rows.coming_up()), "past": list(rows.past()), "here": "gatherings"}
    return render(request, "projects/gatherings.html", context)


def call(request, pk):
    round = find_round(request, pk)
    permit(may_change_round(request.user, round))
    projects = Project.objects.led_by(request.user).of_round(round).alive().select_related("idea").alphabetically()

    form = CallForm(request.POST or None, projects=projects)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        chosen, parts = fields.pop("projects"), fields.pop("parts")
        made, asked = together.call(round, chosen, parts, by=request.user, **fields)

        told = ngettext(
            "One person is asked. The letter waits in the outbox.",
            "%(n)d people are asked. The letters wait in the outbox.",
            asked,
        )
        messages.success(request, told % {"n": asked})
        return redirect(made)
    return render(request, "projects/call.html", {"round": round, "form": form, "here": "gatherings"})


@require_POST
def invite(request, pk):
    """Those of the round's projects who are not asked yet."""
    gathering = find_gathering(request, pk)
    permit(may_change_round(request.user, gathering.round))

    asked = together.invite_missing(gathering, by=request.user)

    if asked:
        told = ngettext(
            "One person is asked. The letter waits in the outbox.",
            "%(n)d people are asked. The letters wait in the outbox.",
            asked,
        )
        messages.success(request, told % {"n": asked})
    else:
        messages.success(request, _("Everybody is asked already."))
    return redirect("projects:gatherings", gathering.round_id)


def presence(request, pk):
    """Who came, project by project: for the lead all, for a coach their own."""
    gathering = find_gathering(request, pk)
    permit(may_note_presence(request.user, gathering))
    groups = together.expected(gathering, request.user)

    if request.method == "POST":
        together.note(
            gathering, groups, {int(key) for key in request.POST.getlist("came") if key.isdigit()}, by=request.user
        )

        messages.success(request, _("It is noted who came."))
        return redirect(gathering)
    return render(request, "projects/presence.html", {"gathering": gathering, "groups": groups})
