"""The year on one page, for those who run a round: every alive round of theirs, or one."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from oppdrift.ideas.models import Idea
from oppdrift.rounds.models import Round

from ..rooms import steps_for
from ..wording import in_words
from ..year import YearOf


def year(request, pk: int | None = None):
    run = Round.objects.run_by(request.user).prefetch_related("milestones")
    if pk:
        rounds = [get_object_or_404(run, pk=pk)]
    else:
        rounds = list(run.alive().order_by("year", "pk")) or list(run.order_by("-year", "-pk")[:1])
    if not rounds:
        raise Http404
    steps = steps_for(request.user)
    years = [YearOf(round, request.user) for round in rounds]
    coming = sorted((one for year in years for one in year.coming), key=lambda one: one.at)
    context = {
        "years": years,
        "next_words": in_words(coming[0].name, coming[0].when) if coming and not steps else "",
        "earlier": Round.objects.exclude(closed_at=None).order_by("-year", "-pk")[:5],
        "ideas": Idea.objects.of(request.user).order_by("-created_at")[:5],
        "step": steps[0] if steps else None,
        "then": [{"when": step.due, "title": step.title, "url": step.url} for step in steps[1:5]],
    }
    return render(request, "front/year.html", context)
