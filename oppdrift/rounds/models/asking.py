"""What can be asked about rounds as a whole."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

from oppdrift.toolbox.clock import now

from .role import Role, rounds_held_by
from .stage import Stage

if TYPE_CHECKING:
    from .round import Round  # noqa: F401


class RoundQuerySet(models.QuerySet["Round"]):
    def published(self) -> "RoundQuerySet":
        return self.filter(published_at__lte=now())

    def alive(self) -> "RoundQuerySet":
        """Begun and not closed: several at once each November."""
        return self.published().filter(closed_at=None)

    def with_open_call(self) -> "RoundQuerySet":
        """Those that take new applications now (to the second: `Round.is_open` decides)."""
        second_ago = now() - dt.timedelta(seconds=1)
        opened = models.Q(opens_at=None) | models.Q(opens_at__lte=now())
        return self.alive().filter(opened, deadline__gt=second_ago, stages__icontains=f'"{Stage.CALL}"')

    def led_by(self, person) -> "RoundQuerySet":
        """Rounds this person leads (not as a substitute)."""
        return self.filter(pk__in=rounds_held_by(person, [Role.Kind.LEAD]))

    def run_by(self, person) -> "RoundQuerySet":
        """Rounds this person leads or substitutes the lead of."""
        return self.filter(pk__in=rounds_held_by(person, [Role.Kind.LEAD, Role.Kind.SUBSTITUTE]))

    def without_lead(self) -> "RoundQuerySet":
        """Whose leads have all left."""
        leads = Role.objects.in_force().filter(round=models.OuterRef("pk"), kind=Role.Kind.LEAD)
        return self.filter(~models.Exists(leads))

    def with_lead(self) -> "RoundQuerySet":
        """With name and mail address of who is in charge, as `lead_name` and `lead_email`."""
        leads = Role.objects.in_force().filter(round=models.OuterRef("pk"), kind=Role.Kind.LEAD).order_by("since")
        return self.annotate(
            lead_name=models.Subquery(leads.values("person__name")[:1]),
            lead_email=models.Subquery(leads.values("person__email")[:1]),
        )

    def seen_by(self, person) -> "RoundQuerySet":
        """Published rounds are for everybody; one being made is for those who run it."""
        if not person.is_authenticated:
            return self.published()
        return self.filter(models.Q(published_at__lte=now()) | models.Q(pk__in=self.model.objects.run_by(person)))
