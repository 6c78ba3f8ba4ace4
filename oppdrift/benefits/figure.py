"""What the measurements say of one benefit."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import cached_property

from oppdrift.toolbox.look.plots import Mini, Plot

from . import answers, drawing, numbers, wording
from .models import Benefit, Measurement
from .models.words import Better


@dataclass(frozen=True)
class Figure:
    """One benefit with what is known of it. Every number says from which measurement it comes."""

    benefit: Benefit

    # What was seen

    @property
    def baseline(self) -> Measurement | None:
        return self.benefit.baseline

    @property
    def latest(self) -> Measurement | None:
        return self.benefit.latest

    @property
    def next(self) -> Measurement | None:
        """What is to be measured next."""
        return next((one for one in self.benefit.follow_ups if one.is_waiting), None)

    @property
    def is_measured(self) -> bool:
        return self.latest is not None

    @property
    def is_overdue(self) -> bool:
        return not self.benefit.is_dropped and any(one.is_overdue for one in self.benefit.in_force)

    @property
    def is_counted(self) -> bool:
        return self.benefit.is_quantitative

    # What it means

    @property
    def change(self) -> Decimal | None:
        """From baseline to the latest measurement; None: not known."""
        if self.baseline is None or self.latest is None:
            return None
        before, after = self.baseline.value, self.latest.value
        return None if before is None or after is None else after - before

    @property
    def gain(self) -> Decimal | None:
        """The change for the better: below 0 when it became worse."""
        return self._for_the_better(self.change)

    @property
    def distance(self) -> Decimal | None:
        """What is left to the target; 0 or below: it is reached."""
        target, latest = self.benefit.target, self.latest
        if target is None or latest is None or latest.value is None:
            return None
        return self._for_the_better(target - latest.value)

    @property
    def is_reached(self) -> bool:
        return self.distance is not None and self.distance <= 0

    @property
    def is_certain(self) -> bool:
        """Is the change greater than what both measurements may be off?"""
        if not self.gain:
            return False
        before, after = self._reach(self.baseline), self._reach(self.latest)
        return before[1] < after[0] or after[1] < before[0]

    @staticmethod
    def _reach(seen: Measurement | None) -> tuple[Decimal, Decimal]:
        """The lowest and highest that a counted measurement may have been."""
        assert seen is not None
        assert seen.value is not None
        return (seen.value if seen.low is None else seen.low, seen.value if seen.high is None else seen.high)

    def _for_the_better(self, value: Decimal | None) -> Decimal | None:
        return -value if value is not None and self.benefit.better == Better.DOWN else value

    # Kroner

    @property
    def kroner(self) -> int | None:
        """What the measured gain is worth in kroner a year; None: not priced, or not known."""
        return whole(self.gain, self.benefit.kroner_a_unit)

    @property
    def kroner_expected(self) -> int | None:
        """What it would be worth at the target; None: not priced, or not known."""
        target, before = self.benefit.target, self.baseline.value if self.baseline else None
        if target is None or before is None:
            return None
        return whole(self._for_the_better(target - before), self.benefit.kroner_a_unit)

    # Words and pictures

    @cached_property
    def answer(self) -> answers.Answer:
        return answers.answer_of(self)

    @cached_property
    def plot(self) -> Plot:
        return Plot(drawing.series_of(self.benefit))

    @cached_property
    def mini(self) -> Mini:
        return Mini(drawing.series_of(self.benefit))

    @property
    def heading(self) -> str:
        return numbers.heading(self.benefit)

    @property
    def rows(self) -> list[Measurement]:
        """Baseline first, then every measurement, also those not made."""
        return self.benefit.in_force

    @cached_property
    def lines(self) -> list[wording.Line]:
        """The same as the plot's table."""
        return [wording.line_of(self, one) for one in self.rows]

    @property
    def has_observations(self) -> bool:
        return any(line.observations for line in self.lines)

    @property
    def caption(self) -> str:
        return wording.caption_of(self)

    @property
    def before(self) -> str:
        return wording.before_of(self)

    @property
    def after(self) -> str:
        return wording.after_of(self)

    @property
    def baseline_written(self) -> str:
        return numbers.written(self.benefit, self.baseline.value) if self.baseline else ""

    @property
    def target_written(self) -> str:
        return numbers.written(self.benefit, self.benefit.target)

    @property
    def late(self) -> Measurement | None:
        """What should have been measured longest ago."""
        return next((one for one in self.benefit.in_force if one.is_overdue), None)

    @property
    def notes(self) -> list[str]:
        return list(wording.notes_of(self))


def whole(amount: Decimal | None, price: Decimal | None) -> int | None:
    """Rounded once, here, so that a sum agrees with the numbers it is made of."""
    if amount is None or price is None:
        return None
    return int((amount * price).quantize(Decimal(1), rounding=ROUND_HALF_UP))
