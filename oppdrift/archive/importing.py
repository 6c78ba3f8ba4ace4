"""An earlier round brought in at the command line: what was read, what would be done, and then, if said so, done."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.money import grouped, kroner

from .models import Batch
from .plan import Plan, Planned
from .wording import columns_read, left_out, status_name, whose_total

FIRST_YEAR = 1990


def import_round(
    path: Path,
    name: str,
    year: int,
    total: int | None = None,
    confirm: bool = False,
    same: Iterable[int] = (),
    other: Iterable[int] = (),
    sheet: str = "",
    out: TextIO | None = None,
) -> Batch | None:
    """Show what the file holds and bring it in if confirmed; the batch, or None when nothing was changed.

    Raises CannotRead or NotNow, with a sentence, when it cannot be done. `same` and `other` answer near matches by row.
    """
    out = out or sys.stdout
    if not name.strip():
        raise ValueError(_("Give the round a name."))
    if not FIRST_YEAR <= year <= today().year:
        raise ValueError(_("An earlier round is of a year from %(first)s to now.") % {"first": FIRST_YEAR})
    with open(path, "rb") as file:
        batch = Batch.of(file, path.name, name=name, year=year, total=total, sheet=sheet)
        batch.answer({**dict.fromkeys(same, "same"), **dict.fromkeys(other, "other")}, by=None)
        plan = batch.plan()
        tell(batch, plan, out)
        if plan.changes_nothing:
            print(_("Everything in the file is known already."), _("Nothing was changed."), file=out)
            return None
        if not (answer := plan.can_be_done()):
            hint = _("Answer with --same ROW or --other ROW.") if plan.asked and not plan.bad else ""
            raise NotNow(f"{answer} {hint}".strip())
        if not confirm and not said_yes(out):
            print(_("Nothing was changed."), file=out)
            return None
        with transaction.atomic():
            batch.keep(Upload(file, name=path.name), by=None)
            batch.confirm(by=None)
    print(_("It is brought in: %(name)s.") % {"name": batch.called}, file=out)
    return batch


def said_yes(out: TextIO) -> bool:
    """Asked only where somebody sits at the keyboard."""
    if not sys.stdin or not sys.stdin.isatty():
        print(_("Add --yes to bring it in."), file=out)
        return False
    print(_("Bring this in? Write yes:"), end=" ", file=out, flush=True)
    return sys.stdin.readline().strip().casefold() in ("yes", "y", "ja", "j")


def tell(batch: Batch, plan: Plan, out: TextIO) -> None:
    print(f"{batch.file_name} → {batch.called}", file=out)
    for line in columns_read(batch):
        print(line, file=out)
    print(file=out)
    for row in plan.rows:
        print(line_of(row), file=out)
        for column, words in row.problems:
            where = {"row": row.row, "column": column, "words": words}
            sentence = _("row %(row)s, column %(column)s: %(words)s") if column else _("row %(row)s: %(words)s")
            print(f"      ! {sentence % where}", file=out)
        for words in row.notes:
            print(f"      {words}", file=out)
        if row.status == "near":
            print("      ?", _("Is this «%(title)s» of %(unit)s?") % named(row), file=out)
        if row.status == "changed":
            before = kroner(row.decision.amount) if row.decision else ""
            words = _("It was %(before)s.") if before else _("It was not known before.")
            print("     ", words % {"before": before}, file=out)
    print(file=out)
    for line in totals(plan):
        print(line, file=out)
    for line in left_out(batch):
        print(line, file=out)


def named(row: Planned) -> dict[str, str]:
    return {"title": row.like[0], "unit": row.like[1] or _("an unknown unit")}


def line_of(row: Planned) -> str:
    entry = row.entry
    amount = grouped(entry["amount"]) if entry["amount"] is not None else "–"
    cells = [f"{row.row:>5}", f"{status_name(row.status):<12}", f"{shortened(entry['unit'] or '–', 30):<30}"]
    return "  ".join([*cells, f"{shortened(entry['title'] or '–', 44):<44}", f"{amount:>12}"])


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def totals(plan: Plan) -> list[str]:
    count = {"n": len(plan.rows), "sum": kroner(plan.total)}
    lines = [ngettext("%(n)s row, %(sum)s granted.", "%(n)s rows, %(sum)s granted.", len(plan.rows)) % count]
    for whose, amount, difference in plan.differences:
        if difference:
            values = {"stated": kroner(amount), "difference": kroner(abs(difference))}
            words = (
                _("The rows come to %(difference)s less.")
                if difference < 0
                else _("The rows come to %(difference)s more.")
            )
            lines.append(f"{whose_total(whose)}: {values['stated']}. {words % values}")
        else:
            words = _("The rows come to the same.")
            lines.append(f"{whose_total(whose)}: {kroner(amount)}. {words}")
    if plan.applied is not None:
        lines.append(_("%(sum)s was applied for.") % {"sum": kroner(plan.applied)})
    if plan.unknown_amounts:
        lines.append(
            ngettext(
                "The amount of %(n)s row is not known, and not in the sum.",
                "The amounts of %(n)s rows are not known, and not in the sum.",
                plan.unknown_amounts,
            )
            % {"n": plan.unknown_amounts}
        )
    return lines
