"""Numbers of benefits as people write them: with their unit, and small ones in words within a sentence."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from oppdrift.toolbox.look.plots.axes import number

from .models.row import Row
from .models.words import MeasuredIn, Per

NBSP = "\u00a0"


def plain(value: Decimal | int) -> str:
    """74, 4,5 or 1 200: as few decimals as it has, two at most."""
    shown = Decimal(value).quantize(Decimal("0.01")).normalize()
    places = max(0, -int(shown.as_tuple().exponent))
    return number(float(shown), places)


def written(benefit: Row, value: Decimal | int | None) -> str:
    """62 %, 23 dager, 340 timer i året, 12 bomturer i uken; "" when not known."""
    return "" if value is None else f"{short(benefit, value)}{every(benefit)}"


def short(benefit: Row, value: Decimal | int | None) -> str:
    """The same without what time it is for, as in a table and at a line."""
    if value is None:
        return ""
    shown = plain(value)
    if benefit.measured_in == MeasuredIn.PERCENT:
        return f"{shown}{NBSP}%"
    if benefit.measured_in == MeasuredIn.COUNT:
        return shown
    return f"{shown}{NBSP}{unit_words(benefit, value)}"


def in_plot(benefit: Row, value: Decimal | int | None) -> str:
    """The same again, with great sums of money in millions."""
    millions = Decimal(value or 0) / 1_000_000
    if benefit.measured_in == MeasuredIn.KRONER and abs(millions) >= 1:
        return _("%(n)s mill. kr") % {"n": plain(millions)}
    return short(benefit, value)


def unit_words(benefit: Row, value: Decimal | int) -> str:
    """The unit after a number: dag or dager."""
    count = 1 if abs(value) == 1 else 2
    match benefit.measured_in:
        case MeasuredIn.PERCENT:
            return "%"
        case MeasuredIn.KRONER:
            return "kr"
        case MeasuredIn.MINUTES:
            return ngettext("minute", "minutes", count)
        case MeasuredIn.HOURS:
            return ngettext("hour", "hours", count)
        case MeasuredIn.DAYS:
            return ngettext("day", "days", count)
    return benefit.counted_what


def every(benefit: Row) -> str:
    """What time the number is for, with a space before."""
    words = {
        Per.WEEK: pgettext("after a number", "a week"),
        Per.MONTH: pgettext("after a number", "a month"),
        Per.YEAR: pgettext("after a number", "a year"),
    }
    return f" {words[Per(benefit.per)]}" if benefit.per else ""


def heading(benefit: Row) -> str:
    """Over a plot: the indicator and its unit. "Oppdrag løst på første besøk, prosent"."""
    unit: Any = benefit.counted_what if benefit.measured_in == MeasuredIn.COUNT else benefit.get_measured_in_display()
    return ", ".join(
        str(part) for part in (benefit.indicator or benefit.title, f"{unit}{every(benefit)}".strip()) if part
    )


def difference(benefit: Row, value: Decimal) -> str:
    """How much, within a sentence: fire prosentpoeng, én dag, 340 timer, 120 000 kr. Without a sign."""
    value = abs(Decimal(value)).quantize(Decimal("0.01")).normalize()
    if benefit.measured_in == MeasuredIn.KRONER:
        return f"{plain(value)}{NBSP}kr"
    if value == 1:
        return _one(benefit)
    words = in_words(value)
    if benefit.measured_in == MeasuredIn.PERCENT:
        return _("%(n)s percentage points") % {"n": words}
    if benefit.measured_in == MeasuredIn.COUNT:
        return f"{words} {benefit.counted_what}".strip()
    return f"{words} {unit_words(benefit, value)}"


def _one(benefit: Row) -> str:
    match benefit.measured_in:
        case MeasuredIn.PERCENT:
            return _("one percentage point")
        case MeasuredIn.MINUTES:
            return _("one minute")
        case MeasuredIn.HOURS:
            return _("one hour")
        case MeasuredIn.DAYS:
            return _("one day")
    return f"1 {benefit.counted_what}".strip()


def in_words(value: Decimal) -> str:
    """Whole numbers from two to twelve as words, others as figures."""
    words = [
        "", "", _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"), _("ten"),
        _("eleven"), _("twelve"),
    ]  # fmt: skip
    return words[int(value)] if value == int(value) and 2 <= value < len(words) else plain(value)
