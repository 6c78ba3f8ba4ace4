"""What stands around a picture of a benefit: its table, its source, from where to where, and what becomes of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.toolbox import dates, money

from .models import Measurement
from .models.words import Realised
from .numbers import plain, short, written

if TYPE_CHECKING:
    from .figure import Figure


@dataclass(frozen=True)
class Line:
    """A row of the table beside the plot."""

    measurement: Measurement
    name: str
    value: str  # "" when there is none
    range: str  # how far off it may be
    observations: int | None


def line_of(figure: "Figure", one: Measurement) -> Line:
    benefit = figure.benefit
    span = ""
    if one.value is not None and (one.low is not None or one.high is not None):
        ends = [one.value if end is None else end for end in (one.low, one.high)]
        span = "–".join(plain(end) for end in ends)
    return Line(one, name_of(one), short(benefit, one.value), span, one.observations)


def name_of(one: Measurement) -> str:
    """Nullpunkt, okt. 2024; 6 måneder, juli 2025; juli 2025"""
    day = dates.month(one.day)
    if one.is_baseline:
        return _("Baseline, %(day)s") % {"day": day}
    if one.after_months:
        words = ngettext("%(n)d month", "%(n)d months", one.after_months) % {"n": one.after_months}
        return f"{words}, {day}"
    return day


def caption_of(figure: "Figure") -> str:
    """Where the numbers come from, of how many, and what the pale field is."""
    benefit, said = figure.benefit, []
    if benefit.source:
        said.append(_("Source: %(source)s.") % {"source": benefit.source.rstrip(". ")})
    counts = [one.observations for one in benefit.in_force if one.observations]
    if counts:
        few, many = min(counts), max(counts)
        span = money.grouped(few) if few == many else _("%(few)s to %(many)s") % {"few": few, "many": many}
        said.append(_("%(n)s observations each time.") % {"n": span})
    if any(one.low is not None or one.high is not None for one in benefit.in_force):
        said.append(_("The pale field around a point shows how uncertain it is."))
    return " ".join(said)


def before_of(figure: "Figure") -> str:
    """62, of "62 til 81 %"; "" when the baseline is not known."""
    baseline = figure.baseline
    return plain(baseline.value) if baseline and baseline.value is not None and figure.latest else ""


def after_of(figure: "Figure") -> str:
    """81 %; "" when nothing has been measured."""
    latest = figure.latest
    return written(figure.benefit, latest.value) if latest else ""


def notes_of(figure: "Figure") -> Iterator[str]:
    """The target, and what becomes of what is won."""
    benefit = figure.benefit
    if benefit.target is not None:
        yield _("Target %(value)s.") % {"value": written(benefit, benefit.target)}
    sum = money.kroner(figure.kroner)
    if benefit.realised == Realised.ALTERNATIVE:
        yield _("Used for: %(what)s.") % {"what": benefit.used_for.rstrip(". ")}
        worth = _("Worth %(sum)s a year, but not counted as money saved.") % {"sum": sum}
        yield worth if sum else _("Not counted as money saved.")
    elif benefit.realised == Realised.BUDGET and sum:
        yield _("A budget is %(sum)s smaller a year.") % {"sum": sum}
    elif sum:
        yield _("Worth %(sum)s a year, but no budget becomes smaller.") % {"sum": sum}
    elif benefit.is_priced and benefit.is_quantitative:
        yield _("To be priced, but the sum is not known yet.")
    elif benefit.realised != Realised.BUDGET:
        yield _("Not priced.")
