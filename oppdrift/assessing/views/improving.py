"""For the lead: what is unclear but promising, and the invitation to make it clearer."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppdrift.applications.models import Application
from oppdrift.gatherings.models import SignUp
from oppdrift.ideas.models import Idea, Part
from oppdrift.rounds.models import Milestone, Round
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import NotNow, ensure, permit

from ..forms_shortlist import ImprovementForm, ProlongForm, workshops
from ..hidden import hidden_from
from ..models import Improvement
from ..policies import may_run
from ..policies_shortlist import leads_round, may_drop, may_invite, may_prepare, may_prolong
from ..ranking import means_by_version
from ..unclear import as_text, questions_about
from .finding import declare_first


def unclear(request, pk):
    """What assessors ask about, what is prepared, who is invited, and what a new version did to the mean."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, round))
    led = Application.objects.in_round(round).handed_in().filter(idea__in=Idea.objects.cleared_for(request.user))
    asked = led.filter(standing__unclear__gt=0, improvement=None).select_related("idea", "standing")
    found: list[Any] = list(asked.order_by("-standing__unclear", "number"))
    mine = Improvement.objects.in_round(round).cleared_for(request.user).with_versions()
    chosen = list(mine.select_related("application__idea", "gathering__appointment"))
    points = questions_about(found)
    for application in found:
        application.points = points.get(application.pk, [])
    prepared = [each for each in chosen if not each.invited_at]
    context = {
        "round": round,
        "found": [application for application in found if application.points],
        "prepared": prepared,
        "ready": sum(bool(each.gathering_id) for each in prepared),
        "invited": _followed([each for each in chosen if each.invited_at]),
        "hidden": hidden_from(request.user, round),
        "leads": leads_round(request.user, round),
    }
    return render(request, "assessing/improving_list.html", context)


def _followed(invited: list[Any]) -> list[dict]:
    """Who comes to the workshop, whether a new version has come, and the mean before and after. Two statements."""
    means = means_by_version([each.application_id for each in invited])
    teams = Part.objects.in_force().filter(kind=Part.Kind.TEAM, idea__in=[each.record for each in invited])
    team_of: dict[int, list[int]] = {each.record.pk: [] for each in invited}
    for idea, person in teams.values_list("idea", "person"):
        team_of[idea].append(person)
    coming = set(
        SignUp.objects.coming()
        .filter(gathering__in={each.gathering_id for each in invited if each.gathering_id})
        .values_list("gathering", "person")
    )
    rows = []
    for each in invited:
        by_number = means.get(each.application_id, {})
        before = by_number.get(each.asked_about)
        after = by_number.get(each.newest) if each.has_new_version else None
        team = team_of[each.record.pk]
        rows.append(
            {
                "improvement": each,
                "team": len(team),
                "coming": sum((each.gathering_id, person) in coming for person in team),
                "before": before,
                "after": after,
                "change": after["mean"] - before["mean"] if before and after else None,
            }
        )
    return rows


def improving(request, pk):
    """One application: the questions, what the team is to be asked, the invitation."""
    application = _find(request, pk)
    if elsewhere := declare_first(request, application):
        return elsewhere
    permit(may_prepare(request.user, application))
    improvement = Improvement.objects.filter(application=application).select_related("gathering__appointment").first()
    points = questions_about([application]).get(application.pk, [])
    if improvement and improvement.invited_at:
        return _shown(request, application, improvement, points, ProlongForm(improvement))

    form = ImprovementForm(application, request.POST or None, initial=_beginning(application, improvement, points))
    if request.method == "POST" and form.is_valid():
        try:
            prepared = Improvement.prepare(application, **form.cleaned_data, by=request.user)
            if "invite" in request.POST:
                permit(may_invite(request.user, prepared))
                prepared.invite(by=request.user)
                messages.success(request, _said_of(1))
                return redirect("assessing:improving", application.pk)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. The team knows nothing of it until you invite."))
            return redirect("assessing:unclear", application.round_id)
    has_workshops = workshops(application.round_id).exists()
    return _page(request, application, improvement, points, form, form=form, workshops=has_workshops)


def _shown(request, application, improvement, points, form):
    outbox = reverse(settings.OUTBOX_PAGE)
    return _page(request, application, improvement, points, form, prolong=form, outbox_url=outbox)


def _page(request, application, improvement, points, typed, **more):
    """`typed`: the form of the page, whichever it is."""
    context = {
        "application": application,
        "idea": application.idea,
        "round": application.round,
        "improvement": improvement,
        "points": points,
        **more,
    }
    return render(request, "assessing/improving.html", context, status=422 if typed.errors else 200)


def _find(request, pk):
    """Among what is handed in in rounds the reader runs; a disqualified lead gets a reason, others nothing."""
    rows = Application.objects.handed_in().filter(round__in=Round.objects.run_by(request.user))
    return get_object_or_404(rows.select_related("idea", "round"), pk=pk)


def _beginning(application: Application, improvement: Improvement | None, points: list) -> dict:
    if improvement:
        return {"unclear": improvement.unclear, "gathering": improvement.gathering_id, "until": improvement.until}
    workshop = workshops(application.round_id).order_by("appointment__starts_at").first()
    return {"unclear": as_text(points), "gathering": workshop, "until": _usual_until(application.round)}


def _usual_until(round: Round):
    """The moment given to another team of the round, or what the round has a date for."""
    known = Improvement.objects.in_round(round).order_by("-made_at").first()
    if known:
        return known.until
    named = round.milestones.filter(kind=Milestone.Kind.IMPROVEMENT).last()
    return (named.until or None) if named else None


@require_POST
def invite(request, pk):
    improvement = get_object_or_404(Improvement, application=_find(request, pk))
    permit(may_prepare(request.user, improvement.application))
    ensure(may_invite(request.user, improvement))
    improvement.invite(by=request.user)
    messages.success(request, _said_of(1))
    return redirect("assessing:improving", pk)


@require_POST
def invite_all(request, pk):
    """All that are prepared and have a workshop, each by itself; what stands in the way of one is said."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, round))
    prepared = Improvement.objects.being_prepared().in_round(round).cleared_for(request.user)
    done = 0
    for improvement in prepared.select_related("application__idea", "gathering__appointment"):
        try:
            improvement.invite(by=request.user)
            done += 1
        except NotNow as refusal:
            messages.warning(request, f"{improvement.application.idea.title}: {refusal}")
    if done:
        messages.success(request, _said_of(done))
    return redirect("assessing:unclear", pk)


def _said_of(teams: int) -> str:
    words = ngettext(
        "One team is invited. The letters lie in the outbox until you have read them and let them go.",
        "%(n)s teams are invited. The letters lie in the outbox until you have read them and let them go.",
        teams,
    )
    return words % {"n": teams}


@require_POST
def drop(request, pk):
    improvement = get_object_or_404(Improvement, application=_find(request, pk))
    permit(may_prepare(request.user, improvement.application))
    ensure(may_drop(request.user, improvement))
    improvement.drop(by=request.user)
    messages.success(request, _("The team will not be invited."))
    return redirect("assessing:unclear", improvement.application.round_id)


@require_POST
def prolong(request, pk):
    application = _find(request, pk)
    permit(may_prepare(request.user, application))
    improvement = get_object_or_404(
        Improvement.objects.select_related("gathering__appointment"), application=application
    )
    form = ProlongForm(improvement, request.POST)
    if not form.is_valid():
        return _shown(request, application, improvement, questions_about([application]).get(pk, []), form)
    until = form.cleaned_data["until"]
    permit(may_prolong(request.user, improvement, until))
    improvement.prolong(until, by=request.user)
    messages.success(request, _("The team has more time. Tell them, no letter is written by itself."))
    return redirect("assessing:improving", pk)
