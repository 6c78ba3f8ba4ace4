"""What `sharing/_told.html` shows of an idea to one reader: its public page, and its talk at a conference."""

from typing import Any

from oppdrift.ideas.models import Idea
from oppdrift.sharing.models import Showcase, Slot
from oppdrift.sharing.sight import projects

ITS_CONFERENCE = ("conference__gathering__appointment",)


def told_of(idea: Idea, *, is_near: bool) -> dict[str, Any]:
    """Three statements at most. `is_near`: belongs to the idea or leads its case; others see what is published."""
    showcase = Showcase.objects.filter(idea=idea).first()
    if showcase:
        showcase.idea = idea
    if not is_near:
        return {"showcase": showcase if idea.is_published else None, "is_near": False}
    return {
        "showcase": showcase,
        "is_near": True,
        "becomes_page": showcase is None and projects().filter(pk=idea.pk).exists(),
        "talk": Slot.objects.filter(idea=idea).select_related(*ITS_CONFERENCE).order_by("-pk").first(),
    }
