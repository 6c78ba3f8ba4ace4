"""A benefit: what becomes better as a change, for whom, how it is seen, and who takes it out in the line."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models.round import Stage
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.models import changed

from .measurement import Measurement
from .owning import Owning
from .row import Row


def followed_up(idea: str = "") -> Q:
    """Ideas whose round follows projects up; of those brought in from earlier years, all."""
    return (
        Q(**{f"{idea}round__stages__icontains": f'"{Stage.PROJECTS}"'})
        | Q(**{f"{idea}round": None})
        | Q(**{f"{idea}source": Idea.Source.IMPORTED})
    )


COUNTED_BY = {"is_quantitative", "measured_in", "per"}  # what a number of it is a number of


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def seen_by(self, person) -> "BenefitQuerySet":
        """By those who belong to the idea, its owner in the line among them, and by whoever leads it."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(Q(idea__in=Idea.objects.of(person)) | Q(idea__in=Idea.objects.cleared_for(person)))

    def published(self) -> "BenefitQuerySet":
        """Of ideas that anybody can read of."""
        return self.filter(idea__in=Idea.objects.published())

    def of(self, idea: Idea) -> "BenefitQuerySet":
        return self.filter(idea=idea)

    def in_round(self, round) -> "BenefitQuerySet":
        return self.filter(idea__round=round)

    def in_force(self) -> "BenefitQuerySet":
        """Not dropped."""
        return self.filter(dropped_at=None)

    def owned_by(self, person) -> "BenefitQuerySet":
        return self.filter(owner=person)

    def without_owner(self) -> "BenefitQuerySet":
        """Nobody is named, or the one who was has left."""
        return self.filter(Q(owner=None) | Q(owner__is_active=False))

    def with_measurements(self, *, say_who: bool = True) -> "BenefitQuerySet":
        """With what counts of their measurements, for as many benefits as there are in one statement.

        `say_who`: with those who made them, whom pages for everybody do not name.
        """
        counting = Measurement.objects.in_force()
        counting = counting.select_related("made_by") if say_who else counting
        return self.prefetch_related(models.Prefetch("measurements", counting, to_attr="counting"))


class Benefit(Owning):
    """A change for the better (or, found later, for the worse) with the way it is seen."""

    objects = BenefitQuerySet.as_manager()

    class Meta(Row.Meta):
        pass

    # From promise to dropped

    @classmethod
    def can_begin(cls, idea: Idea) -> Answer:
        """Benefits are written for what has become a project, with money or without."""
        if idea.withdrawn_at:
            return No(_("The idea is withdrawn."))
        if idea.round and not idea.round.uses(Stage.PROJECTS) and idea.source != Idea.Source.IMPORTED:
            return No(_("The round does not follow projects up."))
        if not Decision.objects.going_on().filter(idea=idea).exists():
            return No(_("Benefits are written down when it is decided that the project goes on."))
        return True

    @classmethod
    @transaction.atomic
    def begin(
        cls, idea: Idea, *, by: Person, plan: Iterable[tuple[dt.date, int | None]] = (), **fields: Any
    ) -> "Benefit":
        """Write a benefit down, promised or found on the way, with the dates (and months after the end) of its
        measurements."""
        ensure(cls.can_begin(idea))
        owner = fields.pop("owner", None)
        benefit = cls.objects.create(idea=idea, created_by=by, **fields)
        Event.record("benefit.begun" if benefit.is_foreseen else "benefit.found", benefit, by=by, kind=benefit.kind)
        for due, months in plan:
            Measurement.plan(benefit, due, months=months, by=by)
        if owner:
            benefit.name_owner(owner, by=by)
        return benefit

    def can_change(self) -> Answer:
        return No(_("The benefit is dropped. Take it up again first.")) if self.dropped_at else True

    def can_count_otherwise(self) -> Answer:
        """Numbers that stand beside each other must go on meaning the same."""
        if self.made:
            return No(_("It has been measured as it is. Write a new benefit for what is counted in another way."))
        return True

    @transaction.atomic
    def change(self, *, by: Person, **fields: Any) -> None:
        """Other words or another target. What the owner has agreed to is agreed upon anew."""
        self.lock()
        ensure(self.can_change())
        different = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if not different:
            return
        if different.keys() & COUNTED_BY:
            ensure(self.can_count_otherwise())
        if self.agreed_at and different.keys() & set(self.AGREED_UPON):
            different["agreed_at"] = None
        changed(self, **different)
        Event.record("benefit.changed", self, by=by, fields=" ".join(sorted(different)))

    def can_drop(self) -> Answer:
        return No(_("It is dropped already.")) if self.dropped_at else True

    @transaction.atomic
    def drop(self, why: str, *, by: Person) -> None:
        """Give it up, with the reason. It stays to be seen, and counts as promised and dropped."""
        self.lock()
        ensure(self.can_drop())
        if not why.strip():
            ensure(No(_("Write why. Others learn from it.")))
        changed(self, dropped_at=now(), dropped_why=why.strip())
        Event.record("benefit.dropped", self, by=by)

    def can_take_up(self) -> Answer:
        return True if self.dropped_at else No(_("It is not dropped."))

    @transaction.atomic
    def take_up(self, *, by: Person) -> None:
        """Go on with one that was dropped."""
        self.lock()
        ensure(self.can_take_up())
        changed(self, dropped_at=None, dropped_why="")
        Event.record("benefit.taken_up", self, by=by)
