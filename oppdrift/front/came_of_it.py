"""What the first page shows anybody of what came of it: a few projects with their numbers, and the newest story."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, When, Window

from oppdrift.benefits.figures import Figures
from oppdrift.benefits.models import Adoption
from oppdrift.sharing.effects import effects_of
from oppdrift.sharing.models import Showcase, Story
from oppdrift.toolbox.finding import in_words
from oppdrift.toolbox.models import number_of
from oppdrift.toolbox.prepared import prepared

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
    """The cards, how many projects have a page, and the newest story, one with a picture or drawing first.

    Two statements, and two more where projects have a page.
    """
    newest: list[Any] = _newest()
    effects = effects_of([showcase.idea_id for showcase in newest]) if newest else {}
    found = [Card(each, effects.get(each.idea_id), each.copied) for each in newest]
    return {
        "cards": sorted(found, key=lambda card: card.tells)[:CARDS],
        "published": newest[0].published if newest else 0,
        "story": _story.first(),
    }


@prepared
def _newest() -> QuerySet:
    """With how many have begun to use each solution, and how many pages there are in all."""
    pages = Showcase.objects.published().select_related("idea__round")
    copied = number_of(Adoption.objects.public().filter(idea=OuterRef("idea")))
    return pages.annotate(copied=copied, published=Window(Count("pk"))).order_by("-idea__published_at", "pk")[:AMONG]


@prepared
def _story() -> QuerySet[Story]:
    seen = Case(When(~Q(drawing="") | Q(picture__isnull=False), then=0), default=1)
    told = Story.objects.published().newest_first().select_related("round", "picture")
    return told.order_by(seen, *told.query.order_by)[:1]
