"""What came of projects, in the few words that a card, a page or a catalogue has room for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from oppdrift.benefits import figures, numbers
from oppdrift.benefits.figure import Figure
from oppdrift.benefits.figures import Figures
from oppdrift.benefits.models import Adoption, Benefit
from oppdrift.benefits.models.words import Kind, Realised


@dataclass(frozen=True)
class Effect:
    """One benefit as strangers read it: from, to, and what the number does not mean."""

    figure: Figure

    @property
    def title(self) -> str:
        return self.figure.benefit.title

    @property
    def before(self) -> str:
        """62, without its unit; "" where nothing is known to compare with."""
        seen = self.figure.baseline
        has_both = self.figure.change is not None and seen is not None and seen.value is not None
        return numbers.plain(seen.value) if has_both and seen and seen.value is not None else ""

    @property
    def after(self) -> str:
        """81 %, as measured last; "" while it is not, or is told in words."""
        seen = self.figure.latest
        return numbers.written(self.figure.benefit, seen.value) if seen else ""

    @property
    def change(self) -> str:
        """62 til 81 %"""
        if not self.before:
            return self.after
        return _("%(before)s to %(after)s") % {"before": self.before, "after": self.after}

    @property
    def answer(self) -> str:
        return self.figure.answer.words

    @property
    def note(self) -> str:
        """Target, and that time saved is not money saved."""
        benefit, said = self.figure.benefit, []
        if benefit.target is not None:
            said.append(_("Target %(value)s.") % {"value": numbers.written(benefit, benefit.target)})
        if benefit.realised == Realised.ALTERNATIVE and benefit.used_for:
            said.append(_("Used for %(what)s.") % {"what": benefit.used_for})
        if benefit.kind == Kind.SAVED_TIME and benefit.realised != Realised.BUDGET:
            said.append(_("Not counted as money saved."))
        elif not benefit.is_priced:
            said.append(_("Not priced."))
        return " ".join(said)


@dataclass(frozen=True)
class Effects:
    """All of one project, the one that tells most first."""

    figures: Figures

    @property
    def main(self) -> Effect | None:
        return Effect(self.figures.main) if self.figures.main else None

    @property
    def others(self) -> list[Effect]:
        return [Effect(figure) for figure in self.figures.others]

    @property
    def all(self) -> list[Effect]:
        return [*([self.main] if self.main else []), *self.others]


def effects_of(ideas: Iterable[int]) -> dict[int, Effects]:
    """By key of the idea; dropped ones left out. Two statements."""
    found: dict[int, list[Figure]] = {}
    for figure in figures.among(Benefit.objects.in_force().filter(idea__in=list(ideas))).all:
        found.setdefault(figure.benefit.idea_id, []).append(figure)
    return {idea: Effects(Figures(all)) for idea, all in found.items()}


def copied_by(ideas: Iterable[int]) -> dict[int, int]:
    """How many have begun to use each solution. One statement."""
    rows: Any = Adoption.objects.public().filter(idea__in=list(ideas)).order_by().values("idea")
    return {row["idea"]: row["n"] for row in rows.annotate(n=Count("pk"))}
