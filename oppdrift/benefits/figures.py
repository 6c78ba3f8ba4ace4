"""What the measurements say: of one benefit, of a project, of a round, of all years.

    figures.of(idea)                    all of one project, for the project's pages and the public one
    figures.among(Benefit.objects.…)    the same of any benefits that the reader may see

Three rules hold everywhere. Unknown is not zero: what is not measured, has no baseline or no price is in no sum, and is
counted beside it. Kroner are summed by how they are realised, and only a smaller budget is called money saved.
Non-priced benefits stand beside with equal weight and are never added, not even to each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from oppdrift.ideas.models import Idea

from .claims import Clash, clashes_among
from .figure import Figure
from .models import Benefit
from .models.benefit import BenefitQuerySet
from .models.words import Realised


@dataclass(frozen=True)
class Sum:
    """Kroner a year of benefits realised in one way: what is known, and how many are not."""

    realised: str
    figures: tuple[Figure, ...]

    @cached_property
    def known(self) -> list[Figure]:
        return [each for each in self.figures if each.kroner is not None]

    @property
    def kroner(self) -> int | None:
        """None when nothing of it is known."""
        return sum(each.kroner or 0 for each in self.known) if self.known else None

    @property
    def expected(self) -> int | None:
        """What those would be worth at their targets whose targets and baselines are known; never added to `kroner`."""
        sums = [each.kroner_expected for each in self.figures if each.kroner_expected is not None]
        return sum(sums) if sums else None

    @property
    def unknown(self) -> int:
        """How many are priced and realised so, without a sum."""
        return len(self.figures) - len(self.known)


@dataclass
class Figures:
    """Many benefits together. `all` holds the dropped ones too; nothing else does."""

    all: list[Figure] = field(default_factory=list)

    @cached_property
    def in_force(self) -> list[Figure]:
        return [each for each in self.all if not each.benefit.is_dropped]

    @cached_property
    def dropped(self) -> list[Figure]:
        return [each for each in self.all if each.benefit.is_dropped]

    # Promised and measured

    @cached_property
    def promised(self) -> list[Figure]:
        """Of what was foreseen, what is still meant."""
        return [each for each in self.in_force if each.benefit.is_foreseen]

    @cached_property
    def measured(self) -> list[Figure]:
        return [each for each in self.promised if each.is_measured]

    @cached_property
    def found(self) -> list[Figure]:
        """What nobody had foreseen, good or bad."""
        return [each for each in self.in_force if not each.benefit.is_foreseen]

    @cached_property
    def negative(self) -> list[Figure]:
        return [each for each in self.in_force if each.benefit.is_negative]

    @cached_property
    def overdue(self) -> list[Figure]:
        return [each for each in self.in_force if each.is_overdue]

    @cached_property
    def without_baseline(self) -> list[Figure]:
        return [each for each in self.in_force if each.baseline is None]

    @cached_property
    def without_owner(self) -> list[Figure]:
        return [each for each in self.in_force if each.benefit.needs_owner]

    @cached_property
    def not_agreed(self) -> list[Figure]:
        return [each for each in self.in_force if not each.benefit.agreed_at and not each.benefit.needs_owner]

    # Kroner, and what is not kroner

    @cached_property
    def clashes(self) -> list[Clash]:
        """Benefits of different projects that claim the same hours or the same budget line."""
        return clashes_among([each.benefit for each in self.in_force])

    @cached_property
    def held_out(self) -> list[Figure]:
        """Priced, and claimed by two: in no sum until it is agreed who has it."""
        doubled = {benefit.pk for clash in self.clashes if clash.is_certain for benefit in clash.benefits}
        return [each for each in self.in_force if each.benefit.is_priced and each.benefit.pk in doubled]

    def sum_of(self, realised: str) -> Sum:
        held = {each.benefit.pk for each in self.held_out}
        return Sum(
            realised,
            tuple(
                each
                for each in self.in_force
                if each.benefit.is_priced and each.benefit.realised == realised and each.benefit.pk not in held
            ),
        )

    @cached_property
    def saved(self) -> Sum:
        """The only kroner that are saved: budgets that became smaller."""
        return self.sum_of(Realised.BUDGET)

    @cached_property
    def used_otherwise(self) -> Sum:
        """What time or goods that now serve something else are worth."""
        return self.sum_of(Realised.ALTERNATIVE)

    @cached_property
    def neither(self) -> Sum:
        return self.sum_of(Realised.NEITHER)

    @cached_property
    def undecided(self) -> Sum:
        """Priced, and nobody has said what becomes of it."""
        return self.sum_of("")

    @property
    def sums(self) -> list[Sum]:
        """Those there is something in; never added."""
        return [each for each in (self.saved, self.used_otherwise, self.neither, self.undecided) if each.figures]

    @cached_property
    def not_priced(self) -> list[Figure]:
        return [each for each in self.in_force if not each.benefit.is_priced]

    @cached_property
    def main(self) -> Figure | None:
        """What a card shows: the first counted benefit with a baseline and a measurement, else the first measured."""
        best = [each for each in self.promised if each.change is not None]
        return next(iter([*best, *self.measured, *self.promised]), None)

    @property
    def others(self) -> list[Figure]:
        return [each for each in self.in_force if each is not self.main]


def among(benefits: BenefitQuerySet | Iterable[Benefit]) -> Figures:
    """Of these benefits. Two statements when they are a question to the database."""
    if isinstance(benefits, BenefitQuerySet):
        benefits = benefits.select_related("idea", "owner", "claim_unit").with_measurements()
    return Figures([Figure(benefit) for benefit in benefits])


def of(idea: Idea) -> Figures:
    """Of one project."""
    return among(Benefit.objects.of(idea))
