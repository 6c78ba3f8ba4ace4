"""The year on one page, for those who run a round."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from oppdrift.rounds.models import Round

from ..rooms import steps_for
from ..year import YearOf


def year(request, pk: int | None = None):
    """The year of one round; without a key the newest alive one that the person runs."""
    run = Round.objects.run_by(request.user)
    alive = list(run.alive().order_by("-year", "-pk"))
    if pk:
        round = get_object_or_404(run, pk=pk)
    elif not (round := next(iter(alive or run.order_by("-year")[:1]), None)):
        raise Http404
    steps = steps_for(request.user)
    context = {
        "round": round,
        "year": YearOf(round),
        "others": [one for one in alive if one != round],
        "earlier": Round.objects.exclude(closed_at=None).order_by("-year")[:5],
        "step": steps[0] if steps else None,
        "then": [{"when": step.due, "title": step.title, "url": step.url} for step in steps[1:5]],
    }
    return render(request, "front/year.html", context)
