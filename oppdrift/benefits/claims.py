"""Two projects that count on the same hours or the same budget line. The program points them out; people agree who has
it, by writing more exactly what each claims or how each is realised."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Benefit
from .models.words import Kind, Realised

TAKES = (Realised.BUDGET, Realised.ALTERNATIVE)  # what is won there is won once


@dataclass(frozen=True)
class Clash:
    """Benefits of different projects that may count the same thing."""

    benefits: tuple[Benefit, ...]
    is_certain: bool  # they name the same; else they may

    @property
    def words(self) -> str:
        """Why they are pointed out."""
        first = self.benefits[0]
        unit = first.claim_unit.name if first.claim_unit else ""
        if self.is_certain:
            where = f"{first.claim}, {unit}" if unit else first.claim
            return _("Both count on “%(claim)s”.") % {"claim": where}
        return _("Both count on time saved in %(unit)s. Are they the same hours?") % {"unit": unit}


def clashes_among(benefits: Iterable[Benefit]) -> list[Clash]:
    """The certain ones first. What is realised in neither way takes nothing from anybody."""
    taking = [each for each in benefits if each.realised in TAKES]
    by_claim: dict[str, list[Benefit]] = defaultdict(list)
    by_unit: dict[int, list[Benefit]] = defaultdict(list)
    for benefit in taking:
        if benefit.claim_key:
            by_claim[benefit.claim_key].append(benefit)
        if benefit.claim_unit_id and benefit.kind == Kind.SAVED_TIME:
            by_unit[benefit.claim_unit_id].append(benefit)
    certain = [
        Clash(tuple(group), True)
        for same in by_claim.values()
        for group in by_place(same)
        if len({each.idea_id for each in group}) > 1
    ]
    known = {each.pk for clash in certain for each in clash.benefits}
    perhaps = [
        Clash(tuple(group), False)
        for group in by_unit.values()
        if len({each.idea_id for each in group}) > 1
        and any(not each.claim_key and each.pk not in known for each in group)
    ]
    return certain + perhaps


def by_place(same: list[Benefit]) -> list[list[Benefit]]:
    """The same words in two units are two things; without a unit they may be anywhere."""
    anywhere = [each for each in same if each.claim_unit_id is None]
    units = {each.claim_unit_id for each in same if each.claim_unit_id is not None}
    if not units:
        return [anywhere]
    return [[*(each for each in same if each.claim_unit_id == unit), *anywhere] for unit in sorted(units)]
