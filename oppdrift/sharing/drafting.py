"""The first words of a public page, taken from what the team has written before."""

from typing import Any

from oppdrift.applications.models import Version
from oppdrift.ideas.models import Decision, Idea

# Text of the page: the question of the application that is nearest to it.
FROM_APPLICATION = {"challenge": "challenge", "core": "solution", "adapting": "spread"}
SENTENCE = 400  # characters at most of the sentence under the title


def first_words(idea: Idea) -> dict[str, Any]:
    """Texts and numbers of a page nobody has edited: the newest version's, else the idea's own."""
    version = Version.objects.filter(application__idea=idea).order_by("number").last()
    answers = version.answers if version else {}
    words = {name: str(answers.get(key) or "").strip() for name, key in FROM_APPLICATION.items()}
    words["challenge"] = words["challenge"] or idea.problem
    words["core"] = words["core"] or idea.wish
    return {
        "title": idea.title,
        "summary": first_sentence(idea.wish or words["core"]),
        **words,
        "cost": granted(idea),
    }


def first_sentence(text: str) -> str:
    """The first sentence, whole; nothing where even that is too long for its place."""
    line = next(iter(text.strip().splitlines()), "")
    end = next(
        (place for place in range(len(line)) if line[place] in ".?" and line[place + 1 : place + 2] in (" ", "")), None
    )
    sentence = line if end is None else line[: end + 1]
    return sentence if len(sentence) <= SENTENCE else ""


def granted(idea: Idea) -> int | None:
    """Kroner of the decision the team knows; none where no money was given or the sum is not known."""
    known = Decision.objects.known().filter(idea=idea, stage=Decision.Stage.FINAL, outcome=Decision.Outcome.ADMITTED)
    return known.values_list("amount", flat=True).first()
