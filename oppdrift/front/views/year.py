"""The year on one page, for those who run a round: every alive round of theirs, or one."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import render

from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.prepared import prepared

from ..rooms import steps_for
from ..wording import in_words
from ..year import YearOf
from ..year_counts import counts_of


def year(request, pk: int | None = None):
    person = request.user
    rounds = [round for round in _run_by(person) if pk is None or round.pk == pk]
    if pk is None:
        rounds = [round for round in rounds if round.is_alive] or rounds[-1:]
    if not rounds:
        raise Http404
    steps = steps_for(person)
    counts = counts_of(rounds, person)
    years = [YearOf(round, person, counts[round.pk]) for round in rounds]
    coming = sorted((one for year in years for one in year.coming), key=lambda one: one.at)
    context = {
        "years": years,
        "next_words": in_words(coming[0].name, coming[0].when) if coming and not steps else "",
        "earlier": _earlier(),
        "ideas": _own(person) if sight.ties(person).own else [],
        "step": steps[0] if steps else None,
        "then": [{"when": step.due, "title": step.title, "url": step.url} for step in steps[1:5]],
    }
    return render(request, "front/year.html", context)


@prepared
def _run_by(person: Person) -> QuerySet[Round]:
    return Round.objects.run_by(person).order_by("year", "pk").prefetch_related("milestones")


@prepared
def _earlier() -> QuerySet[Round]:
    return Round.objects.exclude(closed_at=None).order_by("-year", "-pk")[:5]


@prepared
def _own(person: Person) -> QuerySet[Idea]:
    return Idea.objects.of(person).order_by("-created_at")[:5]
