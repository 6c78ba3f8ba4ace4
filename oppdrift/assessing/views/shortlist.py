"""For the lead: an outcome with a reason for each, the letters as they will be read, and the release."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Decision
from oppdrift.rounds.models import Round
from oppdrift.rounds.models.round import Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import No, NotNow, permit

from .. import shortlist
from ..feedback import words_to_team
from ..forms_shortlist import DecisionForm, PlanForm, workshops
from ..models import Improvement, OfferAnswer
from ..picking import Picking
from ..policies import may_run
from ..policies_shortlist import may_decide, may_go_on, may_plan
from ..ranking import Ranking
from .finding import declare_first


def _find_round(request, pk):
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, round))
    return round


def overview(request, pk):
    """What is decided so far, what the plan was, what is missing before the release."""
    round = _find_round(request, pk)
    return _overview(request, Picking(round, request.user))


def _overview(request, picking, form=None):
    context = {
        "round": picking.round,
        "picking": picking,
        "form": form or PlanForm(picking),
        "may_plan": picking.ranking.is_whole,
    }
    return render(request, "assessing/shortlist.html", context, status=422 if form else 200)


@require_POST
def plan(request, pk):
    """The day to answer, and why not as many as planned."""
    round = _find_round(request, pk)
    permit(may_plan(request.user, round))
    picking = Picking(round, request.user)
    form = PlanForm(picking, request.POST)
    if not form.is_valid():
        return _overview(request, picking, form)
    wanted = form.written()
    with transaction.atomic():
        if "answer_by" in wanted:
            shortlist.change_answer_by(round, wanted["answer_by"], by=request.user)
        if "places_reason" in wanted:
            shortlist.explain_places(round, wanted["places_reason"], by=request.user)
    messages.success(request, _("Saved."))
    return redirect("assessing:shortlist", pk)


@require_POST
def go_on(request, pk):
    """A team has said no, and nobody else is asked."""
    offer = get_object_or_404(
        OfferAnswer.objects.seen_by(request.user).at(shortlist.SHORTLIST).select_related("decision__idea"), pk=pk
    )
    permit(may_go_on(request.user, offer))

    offer.go_on(by=request.user)

    messages.success(request, _("You go on without “%(title)s”.") % {"title": offer.record.title})
    return redirect("assessing:shortlist", offer.record.round_id)


def decide(request, pk):
    """One application: its figures, what assessors say to the team, outcome and reason, and the letters."""
    rows = Application.objects.handed_in().filter(round__in=Round.objects.run_by(request.user))
    application = get_object_or_404(rows.select_related("idea", "round"), pk=pk)
    if elsewhere := declare_first(request, application):
        return elsewhere
    permit(may_decide(request.user, application))
    decision = Decision.objects.in_force().at(Decision.Stage.SHORTLIST).filter(idea=application.idea).first()
    known = {"outcome": decision.outcome, "reason": decision.reason} if decision else None
    form = DecisionForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            made = shortlist.decide(application, **form.cleaned_data, by=request.user)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, application, decision, made)
    ranking = Ranking(application.round, request.user)
    line = ranking.line_of(application)
    context = {
        "application": application,
        "idea": application.idea,
        "round": application.round,
        "decision": decision,
        "form": form,
        "line": line,
        "totals": ranking.totals,
        "words": words_to_team(application),
        "improvement": Improvement.objects.invited().filter(application=application).with_versions().first(),
        "may_improve": application.round.uses(Stage.IMPROVING) and workshops(application.round_id).exists(),
        "letters": shortlist.TELLING.letters_shown(decision) if decision else [],
        "offer": OfferAnswer.objects.filter(decision=decision).first() if decision else None,
    }
    return render(request, "assessing/decide.html", context, status=422 if form.errors else 200)


def _saved(request, application, before, made):
    if made == before:
        messages.info(request, _("Nothing was changed."))
    elif made.replaces_id and made.replaces.released_at:
        messages.success(request, _("The correction waits for release, with its own letters in the outbox."))
    else:
        messages.success(request, _("Saved. The letters lie in the outbox, and nobody is told before the release."))
    if "next" in request.POST and (following := Picking(application.round, request.user).next_after(application)):
        return redirect("assessing:decide", following)
    if "next" in request.POST:
        return redirect("assessing:shortlist", application.round_id)
    return redirect("assessing:decide", application.pk)


def release(request, pk):
    """First how many of each and who gets letters (GET), then the deed (POST)."""
    round = _find_round(request, pk)
    picking = Picking(round, request.user)
    if request.method == "POST":
        permit(may_plan(request.user, round))
        told = shortlist.release(round, by=request.user)
        words = ngettext(
            "Released: %(n)s decision is told, and its letters are on their way.",
            "Released: %(n)s decisions are told at the same moment, and their letters are on their way.",
            told,
        )
        messages.success(request, words % {"n": told})
        return redirect("assessing:shortlist", pk)
    for decision in picking.pending:
        decision.receivers = picking.receivers.get(decision.pk, [])
    missing = picking.missing if picking.ranking.is_whole else [str(may_plan(request.user, round))]
    context = {
        "round": round,
        "picking": picking,
        "answer": No(" ".join(missing)) if missing else True,
        "outbox_url": reverse(settings.OUTBOX_PAGE) + "?state=bound",
    }
    return render(request, "assessing/release.html", context)
