"""Coaches: who guides what, with how many hours; couple, take off, hand over."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppdrift.ideas.models import Part
from oppdrift.people.models import Person
from oppdrift.projects import coaching
from oppdrift.projects.forms import CoachForm, HandOverForm
from oppdrift.projects.models import Project
from oppdrift.projects.policies import may_change_round, may_lead, may_see_round
from oppdrift.toolbox.answers import NotNow, permit

from .finding import about, find, find_round


@require_safe
def coaches(request, pk):
    round = find_round(request, pk)
    permit(may_see_round(request.user, round))
    context = {"round": round, **coaching.overview(round, request.user), "here": "coaches"}
    return render(request, "projects/coaches.html", context)


def couple(request, pk):
    found = find(request, pk)
    permit(may_lead(request.user, found))

    form = CoachForm(request.POST or None, round=found.round)
    if request.method == "POST" and form.is_valid():
        coach = form.cleaned_data["coach"]
        try:
            coaching.couple(found, coach, by=request.user)
        except NotNow as refusal:
            form.add_error("coach", str(refusal))
        else:
            told = _("%(name)s guides the project. A letter to both sides waits in the outbox.")
            messages.success(request, told % {"name": coach.name})
            return redirect(found)
    has_coaches = coaching.overview(found.round, request.user)
    return render(request, "projects/couple.html", about(found, form=form, **has_coaches))


@require_POST
def uncouple(request, pk, person):
    found = find(request, pk)
    permit(may_lead(request.user, found))
    coach = get_object_or_404(Person, pk__in=found.coaches().values("person"), pk=person)

    coaching.uncouple(found, coach, by=request.user)

    messages.success(request, _("%(name)s no longer guides the project.") % {"name": coach.name})
    return redirect(found)


def hand_over(request, pk, person):
    """All or some of a coach's projects in the round, to another coach, in one act."""
    round = find_round(request, pk)
    permit(may_change_round(request.user, round))
    led = Project.objects.led_by(request.user).of_round(round)
    projects = led.coached_by_key(person).alive().select_related("idea__round").alphabetically()
    guide = Part.objects.filter(kind=Part.Kind.COACH, idea__in=led.values("idea"))
    before = get_object_or_404(Person, pk__in=guide.values("person"), pk=person)

    form = HandOverForm(request.POST or None, round=round, without=before, projects=projects)
    if request.method == "POST" and form.is_valid():
        after = form.cleaned_data["coach"]
        try:
            count = coaching.hand_over(form.cleaned_data["projects"], before, after, by=request.user)
        except NotNow as refusal:
            form.add_error("coach", str(refusal))
        else:
            told = ngettext(
                "%(name)s has taken over one project. Teams and coaches are told.",
                "%(name)s has taken over %(n)d projects. Teams and coaches are told.",
                count,
            )
            messages.success(request, told % {"name": after.name, "n": count})
            return redirect("projects:coaches", round.pk)
    context = {"round": round, "before": before, "form": form, "count": projects.count()}
    return render(request, "projects/hand_over.html", context)
