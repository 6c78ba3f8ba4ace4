"""What came of projects, for cards, pages and the catalogue: benefits with their measurements, and who copies them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from oppdrift.benefits import figures
from oppdrift.benefits.figure import Figure
from oppdrift.benefits.figures import Figures
from oppdrift.benefits.models import Adoption, Benefit
from oppdrift.toolbox.prepared import prepared


def effects_of(ideas: Iterable[int]) -> dict[int, Figures]:
    """By key of the idea, of those that have benefits. Two statements."""
    found: dict[int, list[Figure]] = {}
    for figure in figures.among(_benefits_of(list(ideas))).all:
        found.setdefault(figure.benefit.idea_id, []).append(figure)
    return {idea: Figures(all) for idea, all in found.items()}


@prepared
def _benefits_of(ideas: list[int]) -> QuerySet[Benefit]:
    return Benefit.objects.filter(idea__in=ideas).select_related("claim_unit").with_measurements(say_who=False)


def copied_by(ideas: Iterable[int]) -> dict[int, int]:
    """How many have begun to use each solution. One statement."""
    return dict(_copies(list(ideas)))


@prepared
def _copies(ideas: list[int]) -> QuerySet[Adoption, tuple[int, int]]:
    rows: Any = Adoption.objects.public().filter(idea__in=ideas).order_by().values("idea")
    return rows.annotate(n=Count("pk")).values_list("idea", "n")
