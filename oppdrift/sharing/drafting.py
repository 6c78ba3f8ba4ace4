"""The first words of a public page, taken from what the team has written before."""

from typing import Any

from oppdrift.applications.models import Version
from oppdrift.ideas.models import Decision, Idea
from oppdrift.projects.models import Agreement, Grant, Report

# Text of the page: where its words may come from, the nearest to today first.
SOURCES = {
    "challenge": ["description.problem", "application.challenge", "idea.problem"],
    "core": ["description.doing", "application.solution", "idea.wish"],
    "adapting": ["final.spread", "agreement.spread", "application.spread"],
    "setback": ["final.learned"],
}
LONGEST = 400  # characters of the sentence under the title


def first_words(idea: Idea) -> dict[str, Any]:
    """Texts and numbers of a page nobody has edited."""
    written = what_is_written(idea)
    words = {name: next((written[key] for key in keys if written.get(key)), "") for name, keys in SOURCES.items()}
    return {
        "title": idea.title,
        "summary": first_sentence(idea.wish or words["core"]),
        **words,
        "cost": granted(idea),
    }


def what_is_written(idea: Idea) -> dict[str, str]:
    """By source and part: the idea's two fields, the newest version, the agreement in force, reports handed in."""
    found: dict[str, Any] = {"idea.problem": idea.problem, "idea.wish": idea.wish}
    if version := Version.objects.filter(application__idea=idea).order_by("number").last():
        found |= {f"application.{key}": text for key, text in version.answers.items()}
    if agreement := Agreement.objects.agreed().filter(project__idea=idea).first():
        found["agreement.spread"] = agreement.spread
    for report in Report.objects.filter(project__idea=idea).exclude(submitted_at=None):
        found |= {f"{report.kind}.{key}": text for key, text in report.texts.items()}
    return {key: str(text or "").strip() for key, text in found.items()}


def first_sentence(text: str) -> str:
    """The first sentence, whole; nothing where even that is too long for its place."""
    line = next(iter(text.strip().splitlines()), "")
    ends = (place for place, sign in enumerate(line) if sign in ".?" and line[place + 1 : place + 2] in (" ", ""))
    sentence = line[: next(ends, len(line)) + 1]
    return sentence if len(sentence) <= LONGEST else ""


def granted(idea: Idea) -> int | None:
    """Kroner of the grant, else of the decision the team knows; none where no money was given or nobody knows it."""
    if grant := Grant.objects.filter(project__idea=idea).first():
        return grant.amount
    known = Decision.objects.known().filter(idea=idea, stage=Decision.Stage.FINAL, outcome=Decision.Outcome.ADMITTED)
    return known.values_list("amount", flat=True).first()
