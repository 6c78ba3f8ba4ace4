"""The page of a project for those close to it, and what is done with the project as a whole."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppdrift.gatherings.models import Gathering
from oppdrift.people.models import Person
from oppdrift.projects import coaching, reporting, together
from oppdrift.projects.forms import CheckInForm, MovingForm, OwnerForm
from oppdrift.projects.models import CheckIn, Project
from oppdrift.projects.policies import CARRIES, leads, may_check_in, may_lead, parts_in
from oppdrift.toolbox.answers import NotNow, ensure, permit

from .finding import about, find

FEW = 6


@require_safe
def mine(request):
    """My projects; for a coach what they need to know of each: last contact, next session, next step."""
    rows = Project.objects.of(request.user).with_contact().with_guidance().select_related("idea__round", "owner")
    projects = list(rows.order_by("-idea__round__year", "idea__title_key"))
    coached = set(Project.objects.coached_by(request.user).values_list("pk", flat=True))
    context = {
        "coached": [row for row in projects if row.pk in coached],
        "others": [row for row in projects if row.pk not in coached],
        "gatherings": together.to_note(request.user) if coached else [],
    }
    return render(request, "projects/mine.html", context)


@require_safe
def project(request, pk):
    found = find(request, pk)
    context = about(found, **agreed(found), **guidance(found), **around(found, request.user))
    return render(request, "projects/project.html", context)


def agreed(project: Project) -> dict[str, Any]:
    """What holds, and what waits for somebody. Two statements."""
    rows = list(project.agreements.exclude(state="replaced").prefetch_related("signatures__person"))
    return {
        "agreement": next((row for row in rows if row.is_agreed), None),
        "open_agreement": next((row for row in rows if not row.is_agreed), None),
        "reports": reporting.with_due(project),
    }


def guidance(project: Project) -> dict[str, Any]:
    """Sessions to come, those that have been, the next step, and the hours. Four statements."""
    sessions = project.sessions.select_related("appointment", "coach", "next_step_owner")
    return {
        "coming": list(sessions.coming()[:FEW]),
        "to_be_noted": list(sessions.to_be_noted()[:FEW]),
        "held": list(sessions.held().latest_first()[:FEW]),
        "hours_used": coaching.hours_of(project),
    }


def around(project: Project, reader: Person) -> dict[str, Any]:
    """People, what was told last, where the project is going, and what the reader may do."""
    parts, is_lead = parts_in(reader, project), leads(reader, project)
    invited = Gathering.objects.on().coming_up().filter(invitations__idea=project.idea).distinct()
    return {
        "team": list(project.idea.team()),
        "coaches": list(project.coaches()),
        "grant": getattr(project, "grant", None),
        "check_ins": list(project.check_ins.select_related("by")[:3]),
        "gatherings": list(invited.select_related("appointment")[:FEW]),
        "is_lead": is_lead,
        "takes_part": bool(parts & CARRIES) or is_lead,
        "is_coach": "coach" in parts,
        "may_check_in": bool(parts & CARRIES) and bool(CheckIn.can_write(project)),
    }


def check_in(request, pk):
    """How it goes, in a few words."""
    found = find(request, pk)
    permit(may_check_in(request.user, found))

    form = CheckInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        CheckIn.write(found, clean["going"], clean["text"], wish=clean["wish"], by=request.user)

        messages.success(request, _("Those close to the project can read it now."))
        return redirect(found)
    return render(request, "projects/check_in.html", about(found, form=form))


# State and owner

MOVES_WITH_WORDS = ("hold", "stop")


def move(request, pk, verb):
    """Put on hold or stop, with why; go on, finish, take up again."""
    if verb not in Project.MOVES:
        raise Http404
    found = find(request, pk)
    permit(may_lead(request.user, found))
    with_words = verb in MOVES_WITH_WORDS

    form = MovingForm(request.POST or None, verb=verb)
    if request.method == "POST" and (not with_words or form.is_valid()):
        getattr(found, verb)(by=request.user, **(form.cleaned_data if with_words else {}))

        messages.success(request, _("It is noted. The project's page shows it."))
        return redirect(found)
    if request.method != "POST":
        ensure(getattr(found, f"can_{verb}")())
    planned = getattr(found, "grant", None) and found.grant.planned
    return render(request, "projects/move.html", about(found, form=form, verb=verb, planned=planned))


def owner(request, pk):
    """Somebody else answers for the project."""
    found = find(request, pk)
    permit(may_lead(request.user, found))

    form = OwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = Person.objects.with_address(form.cleaned_data["address"], name=form.cleaned_data["name"])
        try:
            found.change_owner(person, by=request.user)
        except NotNow as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("%(name)s owns the project now.") % {"name": person.name})
            return redirect(found)
    return render(request, "projects/owner.html", about(found, form=form))
