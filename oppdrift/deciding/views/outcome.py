"""The team's page after the release: what was decided, why, and their answer to what they are offered."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.assessing.feedback import words_to_team
from oppdrift.assessing.models import OfferAnswer
from oppdrift.ideas.models import Decision, Idea
from oppdrift.ideas.policies import in_team
from oppdrift.pitching.section import feedback_for
from oppdrift.rounds.models import Round, Stage
from oppdrift.toolbox.answers import permit

from ..candidates import FINAL
from ..policies import may_answer


@require_safe
def outcome(request, pk):
    """For those who belong to the idea, and for who leads the case."""
    person = request.user
    close = Idea.objects.of(person) | Idea.objects.cleared_for(person)
    idea = get_object_or_404(close.select_related("round", "application").distinct(), pk=pk)
    decision = get_object_or_404(Decision.objects.known().at(FINAL).select_related("offer"), idea=idea)
    offer = getattr(decision, "offer", None)
    decision.idea = idea
    if offer:
        offer.decision = decision
    is_team = in_team(person, idea)
    context = {
        "idea": idea,
        "round": idea.round,
        "decision": decision,
        "offer": offer,
        "is_team": is_team,
        "may_answer": may_answer(person, offer) if offer and is_team else False,
        "words": _words(idea),
        "feedback": feedback_for(idea) if idea.round and idea.round.uses(Stage.PITCHING) else None,
        "lead": idea.lead_in_charge(),
        "next": next_round() if decision.outcome == Decision.Outcome.DECLINED else None,
    }
    return render(request, "deciding/outcome.html", context)


def _words(idea: Any) -> list[str]:
    """What those who read the application say, where this is the first time that the team is told anything."""
    application = getattr(idea, "application", None)
    if application is None or idea.round is None or idea.round.uses(Stage.SHORTLIST):
        return []
    return words_to_team(application)


def next_round() -> Round | None:
    """The next call that takes applications, or will."""
    return Round.objects.with_open_call().order_by("deadline").first()


@require_POST
def answer(request, pk):
    """Yes or no to the offer."""
    offers = OfferAnswer.objects.seen_by(request.user).at(FINAL).select_related("decision__idea")
    offer = get_object_or_404(offers, pk=pk)
    permit(may_answer(request.user, offer))
    given = request.POST.get("answer")
    if given not in OfferAnswer.Choice.values:
        messages.error(request, _("Choose yes or no."))
    else:
        offer.give(given, by=request.user)
        messages.success(request, _("Your answer is saved. You can change it until the day to answer has passed."))
    return redirect("deciding:outcome", offer.decision.idea_id)
