"""All that one person may see: their own benefits, the rounds they lead, one round."""

from typing import Any

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from oppdrift.benefits import figures
from oppdrift.benefits.figures import Figures
from oppdrift.benefits.models import Adoption, Benefit
from oppdrift.benefits.models.benefit import followed_up
from oppdrift.benefits.policies import may_see_round
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import permit


@require_safe
def benefits(request):
    """«Gevinster» in the menu."""
    person = request.user
    own = figures.among(Benefit.objects.filter(idea__in=Idea.objects.of(person)))
    led = Benefit.objects.filter(idea__in=Idea.objects.cleared_for(person))
    rounds = list(Round.objects.run_by(person).order_by("-year", "-pk"))
    all_led = figures.among(led.select_related("idea__round")) if rounds else Figures()
    context = {
        "own": by_project(own, projects_of(Idea.objects.of(person))),
        "own_figures": own,
        "rounds": [(round, part) for round in rounds if (part := of_round(all_led, round)).all],
        "figures": all_led,
        "runs": bool(rounds),
    }
    return render(request, "benefits/benefits.html", context)


def of_round(all: Figures, round: Round) -> Figures:
    return Figures([each for each in all.all if each.benefit.idea.round_id == round.pk])


@require_safe
def round_of(request, pk):
    """Promised, measured, overdue, and what to look at; without what is hidden from the reader."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_see_round(request.user, round))

    led = Idea.objects.cleared_for(request.user).filter(round=round)
    found = figures.among(Benefit.objects.filter(idea__in=led))
    context: dict[str, Any] = {
        "round": round,
        "figures": found,
        "projects": by_project(found, projects_of(led)),
        "hidden_rows": range(hidden_in(round, request.user)),
        "adopted": Adoption.objects.in_use().filter(idea__in=led).count(),
    }
    return render(request, "benefits/round.html", context)


def projects_of(ideas) -> list[Idea]:
    """Those of these ideas that have become projects, whose benefits are to be followed."""
    decided = Decision.objects.going_on().values("idea")
    return list(ideas.alive().filter(followed_up(), pk__in=decided).alphabetically())


def by_project(all: Figures, projects: list[Idea]) -> list[tuple[Idea, Figures]]:
    """Each project with its part, those without a benefit too."""
    parts: dict[int, list] = {idea.pk: [] for idea in projects}
    ideas = {idea.pk: idea for idea in projects}
    for each in all.all:
        ideas.setdefault(each.benefit.idea_id, each.benefit.idea)
        parts.setdefault(each.benefit.idea_id, []).append(each)
    return [(ideas[pk], Figures(part)) for pk, part in parts.items()]


def hidden_in(round: Round, person: Person) -> int:
    """How many projects of the round are hidden from this reader by impartiality."""
    barred = Idea.objects.hidden_from(person).filter(round=round)
    return len(projects_of(barred.exclude(pk__in=Idea.objects.of(person))))
