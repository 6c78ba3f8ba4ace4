"""The team's page after the release: what was decided, why, what assessors say to them, and their answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.applications.models import Application
from oppdrift.gatherings.models import Gathering
from oppdrift.ideas.models import Decision, Idea
from oppdrift.rounds.models import Milestone
from oppdrift.toolbox.answers import permit

from ..feedback import words_to_team
from ..models import OfferAnswer
from ..policies_shortlist import may_answer


def outcome(request, pk):
    """For those who belong to the idea, and for who leads the case."""
    person = request.user
    close = Idea.objects.of(person) | Idea.objects.cleared_for(person)
    application = get_object_or_404(
        Application.objects.filter(idea__in=close.values("pk")).select_related("idea", "round"), pk=pk
    )
    decisions = Decision.objects.known().at(Decision.Stage.SHORTLIST)
    decision = get_object_or_404(decisions.select_related("offer"), idea=application.idea)
    offer = getattr(decision, "offer", None)
    if offer:
        decision.idea = application.idea
        offer.decision = decision
    is_admitted = decision.outcome == Decision.Outcome.ADMITTED
    dates = application.round.milestones.filter(kind__in=[Milestone.Kind.TRAINING, Milestone.Kind.PITCH_DAY])
    training = Gathering.objects.filter(
        round=application.round, kind=Gathering.Kind.PITCH_TRAINING, appointment__cancelled_at=None
    ).select_related("appointment")
    context = {
        "application": application,
        "idea": application.idea,
        "decision": decision,
        "offer": offer,
        "is_team": application.idea.team().filter(person=person).exists(),
        "may_answer": may_answer(person, offer) if offer else False,
        "words": words_to_team(application),
        "dates": list(dates) if is_admitted else [],
        "training": list(training) if is_admitted else [],
        "lead": application.lead_in_charge(),
    }
    return render(request, "assessing/outcome.html", context)


@require_POST
def answer(request, pk):
    """Yes or no to the offer."""
    offers = OfferAnswer.objects.seen_by(request.user).at(Decision.Stage.SHORTLIST)
    offer = get_object_or_404(offers.select_related("decision__idea__application"), pk=pk)
    permit(may_answer(request.user, offer))
    given = request.POST.get("answer")
    if given not in OfferAnswer.Choice.values:
        messages.error(request, _("Choose yes or no."))
    else:
        offer.give(given, by=request.user)
        messages.success(request, _("Your answer is saved. You can change it until the day to answer has passed."))
    return redirect("assessing:outcome", offer.decision.idea.application.pk)
