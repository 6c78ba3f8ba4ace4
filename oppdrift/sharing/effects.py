"""What came of projects, for cards, pages and the catalogue: benefits with their measurements, and who copies them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from oppdrift.benefits import figures
from oppdrift.benefits.figure import Figure
from oppdrift.benefits.figures import Figures
from oppdrift.benefits.models import Adoption, Benefit


def effects_of(ideas: Iterable[int]) -> dict[int, Figures]:
    """By key of the idea, of those that have benefits. Two statements."""
    found: dict[int, list[Figure]] = {}
    for figure in figures.among(Benefit.objects.filter(idea__in=list(ideas))).all:
        found.setdefault(figure.benefit.idea_id, []).append(figure)
    return {idea: Figures(all) for idea, all in found.items()}


def copied_by(ideas: Iterable[int]) -> dict[int, int]:
    """How many have begun to use each solution. One statement."""
    rows: Any = Adoption.objects.public().filter(idea__in=list(ideas)).order_by().values("idea")
    return {row["idea"]: row["n"] for row in rows.annotate(n=Count("pk"))}
