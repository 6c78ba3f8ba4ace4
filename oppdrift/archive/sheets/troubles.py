"""What may be wrong with a row, as a code and small values; the sentence is made when read."""

from typing import Any

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "unit_missing": _("The unit is missing. Write it, or «ukjent» if nobody knows."),
    "unit_long": _("The unit has more than %(most)s signs."),
    "title_missing": _("The title is missing."),
    "title_long": _("The title has more than %(most)s signs."),
    "title_merged": _("The title is merged with the row above. Write one in each row."),
    "amount_unreadable": _("«%(text)s» is no amount in kroner."),
    "amount_negative": _("The amount is negative: %(text)s."),
    "amount_large": _("The amount is larger than can be kept: %(text)s."),
    "amount_merged": _("The amount is merged with the row above, so nobody knows each one's share."),
    "amount_zero": _("The amount is 0. Add a column «Resultat» that says what was decided, or leave the cell empty."),
    "no_money": _("Money stands in a row that was not granted any."),
    "outcome_unknown": _("«%(text)s» is no outcome that is known here, such as «tildelt» or «ikke tildelt»."),
    "year_unreadable": _("«%(text)s» is no year."),
    "formula": _("The formula has no value. Open the file, let it calculate, and save it."),
    "error": _("The cell shows the error %(text)s."),
    "double": _("Unit and title are the same as in row %(row)s."),
}
NOTES = {
    "amount_unknown": _("The amount is not known."),
    "amount_small": _("Is it really only %(text)s?"),
    "outcome_open": _("What was decided is not known."),
}


def trouble(code: str, column: str = "", **values: Any) -> dict[str, Any]:
    """As it is kept with the row."""
    return {"code": code, "column": column, "values": values}


def in_words(kept: dict[str, Any]) -> str:
    """The sentence, in the reader's language."""
    return str({**PROBLEMS, **NOTES}[kept["code"]]) % kept["values"]
