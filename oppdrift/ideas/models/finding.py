"""What is asked of ideas in words: who stands where, what is alive, what is found."""

from typing import TYPE_CHECKING

from django.db import models

from oppdrift.ideas import sight
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.text import fold

if TYPE_CHECKING:
    from .idea import Idea  # noqa: F401


class IdeaQuerySet(models.QuerySet["Idea"]):
    def led_by(self, person) -> "IdeaQuerySet":
        """Handled by the person as lead, or as substitute where the lead is barred: title, people, numbers."""
        return self.filter(sight.leading(person))

    def cleared_for(self, person) -> "IdeaQuerySet":
        """The same, once the person has said to have no ties: what is handed in, what is said of it and decided."""
        return self.filter(sight.cleared(person))

    def judged_by(self, person) -> "IdeaQuerySet":
        """Assessed, heard or decided upon by the person, who is not barred from it."""
        return self.filter(sight.judging(person))

    def led_or_judged_by(self, person) -> "IdeaQuerySet":
        """Whoever these are may not be in the team: that must not be done to them by others."""
        return self.filter(sight.leading(person) | sight.judging(person))

    def of(self, person) -> "IdeaQuerySet":
        """The person's own: they belong to it."""
        return self.filter(pk__in=sight.belonging(person))

    def close_to(self, person) -> "IdeaQuerySet":
        """The person's own, and those they lead or judge."""
        return self.filter(sight.close(person))

    def seen_by(self, person) -> "IdeaQuerySet":
        """Shared with colleagues, or close to the person."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(models.Q(shared=True) | sight.close(person))

    def hidden_from(self, person) -> "IdeaQuerySet":
        """In rounds the person runs or judges in, but not for them: "hidden: impartiality"."""
        return self.filter(pk__in=sight.disqualified(person))

    def alive(self) -> "IdeaQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def published(self) -> "IdeaQuerySet":
        """Whose page anybody can read, without signing in."""
        return self.filter(published_at__lte=now(), withdrawn_at=None)

    def search(self, words: str) -> "IdeaQuerySet":
        """All the words occur in title, texts or unit, in any spelling that folds the same."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_key__contains=word)
        return found

    def alphabetically(self) -> "IdeaQuerySet":
        """As a Norwegian dictionary: æ, ø and å last."""
        return self.order_by("title_key", "pk")
