"""What assessors found unclear, gathered for the lead and written for the team: questions, without names and scores."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from oppdrift.applications.models import Application

from .models import Score


@dataclass
class Point:
    """One criterion with all that was asked about it."""

    criterion: str
    questions: list[str] = field(default_factory=list)


def questions_about(applications: Iterable[Application]) -> dict[int, list[Point]]:
    """By the application's key: what is unclear in its newest assessed version, criterion by criterion. One statement.

    Until somebody has assessed a revised version, that is the version the questions were asked of.
    """
    rows = (
        Score.objects.filter(
            assessment__application__in=applications,
            assessment__state="handed_in",
            assessment__discounted_at=None,
            is_unclear=True,
        )
        .order_by("assessment__application", "-assessment__version__number", "criterion__order", "assessment")
        .values_list(
            "assessment__application", "assessment__version__number", "criterion__key", "criterion__name", "unclear"
        )
    )
    found: dict[int, dict[str, Point]] = {}
    numbers: dict[int, int] = {}
    for application, number, key, name, question in rows:
        if numbers.setdefault(application, number) == number:
            point = found.setdefault(application, {}).setdefault(key, Point(name))
            point.questions.append(" ".join(question.split()))
    return {application: list(points.values()) for application, points in found.items()}


def as_text(points: Iterable[Point]) -> str:
    """As the team would read it: a paragraph a criterion, its name first."""
    return "\n\n".join("\n".join([f"{point.criterion}:", *point.questions]) for point in points)


def gathered(application: Application) -> str:
    """The questions of one application as a text to begin from; "" when nothing is unclear."""
    return as_text(questions_about([application]).get(application.pk, []))
