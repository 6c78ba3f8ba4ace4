"""How an import is spoken of, at the command line and on the page alike."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from .sheets.columns import NAMES

if TYPE_CHECKING:
    from .models import Batch

STATUSES: dict[str, str | Promise] = {
    "new": pgettext_lazy("row of a file", "new"),
    "same": pgettext_lazy("row of a file", "known"),
    "changed": pgettext_lazy("row of a file", "changed"),
    "near": pgettext_lazy("row of a file", "looks like"),
    "double": pgettext_lazy("row of a file", "same as"),
    "bad": pgettext_lazy("row of a file", "unreadable"),
}
TOTALS = {
    "hand": gettext_lazy("The total you gave"),
    "file": gettext_lazy("The total in the file"),
}


def status_name(status: str) -> str:
    return str(STATUSES[status])


def whose_total(whose: str) -> str:
    return str(TOTALS[whose])


def columns_read(batch: "Batch") -> list[str]:
    """Which column was taken for what, and which for nothing."""
    about = batch.columns
    if "fields" not in about:
        return []
    used = ", ".join(f"{letter} {str(NAMES[name]).lower()}" for name, letter in about["fields"].items())
    lines = [_("Columns: %(columns)s.") % {"columns": used}]
    if about["unused"]:
        lines.append(_("Not used: %(columns)s.") % {"columns": ", ".join(about["unused"])})
    if len(about["sheets"]) > 1:
        others = ", ".join(f"«{sheet}»" for sheet in about["sheets"] if sheet != about["sheet"])
        lines.append(_("Sheet: «%(sheet)s». There are also %(others)s.") % {"sheet": about["sheet"], "others": others})
    return lines


def left_out(batch: "Batch") -> list[str]:
    """What stands in the file and is no row of this round."""
    about = batch.columns
    if "fields" not in about:
        return []
    lines = []
    if about["total"]:
        lines.append(_("Row %(row)s is a total, and no project.") % {"row": about["total"]["row"]})
    for row, text in about["left_out"]:
        lines.append(_("Row %(row)s was left out: «%(text)s».") % {"row": row, "text": text})
    for year, count in sorted(about["other_years"].items()):
        words = ngettext("%(n)s row of %(year)s was left out.", "%(n)s rows of %(year)s were left out.", count)
        lines.append(words % {"n": count, "year": year})
    return lines
