"""What the panel says to a team, on a page of its own."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from oppdrift.ideas.models import Idea
from oppdrift.people.requests import SignedInRequest
from oppdrift.toolbox.answers import permit

from ..policies import may_read_feedback
from ..section import feedback_for


@require_safe
def feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    idea = get_object_or_404(Idea.objects.seen_by(request.user).select_related("round"), pk=pk)
    permit(may_read_feedback(request.user, idea))
    found = feedback_for(idea)
    if found is None:
        raise Http404
    return render(request, "pitching/feedback.html", {"idea": idea, "feedback": found})
