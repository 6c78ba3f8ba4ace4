"""What the first page shows anybody of what came of it: a few projects with their numbers, and the newest story."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from oppdrift.benefits.figures import Figures
from oppdrift.sharing.effects import copied_by, effects_of
from oppdrift.sharing.models import Showcase, Story
from oppdrift.toolbox.finding import in_words

CARDS = 3
AMONG = 12  # the newest pages; of these, those whose numbers tell most


@dataclass(frozen=True)
class Card:
    """One published project, for `sharing/_card.html`."""

    showcase: Showcase
    effects: Figures | None
    copied: int

    @property
    def copied_words(self) -> str:
        return in_words(self.copied)

    @property
    def tells(self) -> tuple:
        """Measured ones first, those that others have copied before the rest."""
        main = self.effects.main if self.effects else None
        return (not (main and main.after), -self.copied)


def what_came_of_it() -> dict[str, Any]:
    """The cards, how many projects have a page, and the newest story with a picture or drawing. Six statements."""
    published = Showcase.objects.published()
    count = published.count()
    newest = (
        list(published.select_related("idea__round").order_by("-idea__published_at", "pk")[:AMONG]) if count else []
    )
    ideas = [showcase.idea_id for showcase in newest]
    effects, copied = (effects_of(ideas), copied_by(ideas)) if ideas else ({}, {})
    found = [Card(each, effects.get(each.idea_id), copied.get(each.idea_id, 0)) for each in newest]
    told = Story.objects.published().newest_first().select_related("round", "picture")
    return {
        "cards": sorted(found, key=lambda card: card.tells)[:CARDS],
        "published": count,
        "story": told.filter(~Q(drawing="") | Q(picture__isnull=False)).first() or told.first(),
    }
