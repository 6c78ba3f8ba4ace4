"""What each row means: unit, title, amount, outcome, and what is wrong with it."""

import re
from decimal import Decimal
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from oppdrift.ideas.models import Decision
from oppdrift.toolbox.money import NotMoney, kroner, parse_kroner
from oppdrift.toolbox.tables.reading import BadCell, CannotRead, Row, Value, as_text, column_name, read_table
from oppdrift.toolbox.text import fold

from .columns import Columns, Remembered, by_hand, recognise
from .troubles import trouble

MOST_ENTRIES = 1_000
LONGEST_TITLE, LONGEST_UNIT = 150, 200
LARGEST_AMOUNT = 2_147_483_647  # kroner, what the database keeps
SMALL = 1_000  # kroner; less than this is more likely a number of thousands

Outcome = Decision.Outcome
WITHDRAWN = "withdrawn"
OUTCOMES = {
    Outcome.ADMITTED: "tildelt, innvilget, innvilga, bevilget, ja, yes, admitted, granted, funded, awarded, "
    "går videre, gikk videre, går vidare, gjekk vidare, fikk midler, fekk midlar, støttet, godkjent, approved, tilsagn",
    Outcome.DECLINED: "avslag, avslått, nei, no, declined, rejected, ikke tildelt, ikkje tildelt, ikke innvilget, "
    "ikkje innvilga, ikke med videre, ikkje med vidare, ikke videre, ikkje vidare, ikke støttet, ikke godkjent, "
    "ikkje godkjent, not funded, not granted, not admitted, not this time",
    Outcome.GUIDANCE: "veiledning, rettleiing, kun veiledning, berre rettleiing, veiledning uten midler, guidance, "
    "rettleiing utan midlar, guidance only, guidance without funding",
    Outcome.RESERVE: "reserve, reserveliste, venteliste, reserve list",
    WITHDRAWN: "trukket, trekt, withdrawn, trukket av søker",
}
MEANINGS = {fold(phrase): outcome for outcome, known in OUTCOMES.items() for phrase in known.split(", ")}
UNKNOWN = {"ukjent", "ukjend", "unknown"}
TOTALS = re.compile(r"(sum|total|totalt|totalsum|i alt|til ?sammen|samlet|samla|totals?)( .*)?")

Entry = dict[str, Any]


def read_round(
    content: BinaryIO,
    name: str,
    year: int,
    sheet: str = "",
    *,
    remembered: Remembered,
    chosen: tuple[int, dict[str, int]] | None = None,
) -> tuple[list[Entry], dict[str, Any]]:
    """The rows of a round, and what was understood of the file. Raises CannotRead with a sentence.

    `chosen`: at which row the rows begin, and where each field stands, said by hand.
    """
    table = read_table(content, name, sheet)
    columns = by_hand(table, *chosen) if chosen else recognise(table, year, remembered)
    rows = table.rows[columns.first_row :]
    use_grants_that_say_yes_or_no(columns, rows)
    rows, total, left_out = without_total(rows, columns)
    rows, other_years = of_year(rows, columns, year)
    if not rows:
        words = _("There are headers, but no rows of %(year)s below them.")
        raise CannotRead(words % {"year": year})
    if len(rows) > MOST_ENTRIES:
        raise CannotRead(_("The file has more than %(most)s rows. Divide it.") % {"most": MOST_ENTRIES})
    entries = [entry_of(row, columns, year) for row in rows]
    name_doubles(entries)
    about = {
        "fields": {field: columns.letter(field) for field in columns.places},
        "places": columns.places,
        "begins": columns.first_row,
        "headers": columns.headers,
        "unused": columns.unused,
        "sheet": table.sheet,
        "sheets": table.sheets,
        "total": total,
        "left_out": left_out,
        "other_years": other_years,
    }
    return entries, about


def use_grants_that_say_yes_or_no(columns: Columns, rows: list[Row]) -> None:
    """A column "Innvilget" with yes and no is an outcome, and the amount is another column or unknown."""
    column = columns.places.get("amount")
    if column is None:
        return
    said = [row.text(column) for row in rows if row.text(column)]
    if said and all(outcome_of(text) for text in said):
        columns.places.setdefault("outcome", column)
        del columns.places["amount"]


# What is no entry


def without_total(rows: list[Row], columns: Columns) -> tuple[list[Row], Any, list[list]]:
    """The rows without a total at the end and what stands below it: (rows, {row, amount}, [[line, text]])."""
    for index in range(len(rows) - 1, -1, -1):
        if index and is_total(rows[index], columns):
            amount, _trouble = amount_of(rows[index], columns, "amount")
            left_out = [[row.line, " ".join(as_text(c) for c in row.cells if c != "")] for row in rows[index + 1 :]]
            return rows[:index], {"row": rows[index].line, "amount": amount}, left_out
        if not is_remark(rows[index], columns):
            break
    return rows, None, []


def is_total(row: Row, columns: Columns) -> bool:
    unit, title = (fold(row.text(columns.places[name])) for name in ("unit", "title"))
    if "amount" not in columns.places or row[columns.places["amount"]] == "":
        return False
    words = {word for word in (unit, title) if word}
    if not words:
        named = [
            fold(as_text(cell)) for n, cell in enumerate(row.cells) if n != columns.places["amount"] and cell != ""
        ]
        return all(TOTALS.fullmatch(name) for name in named if not name.replace(" ", "").isdigit())
    return len(words) == 1 and bool(TOTALS.fullmatch(words.pop()))


def is_remark(row: Row, columns: Columns) -> bool:
    """One text and no amount, as people write below a table."""
    amount = columns.places.get("amount")
    return len({as_text(cell) for cell in row.cells if cell != ""}) == 1 and (amount is None or row[amount] == "")


def of_year(rows: list[Row], columns: Columns, year: int) -> tuple[list[Row], dict[str, int]]:
    """Rows of this year, and how many there are of others. What is no year stays, to be named."""
    if "year" not in columns.places:
        return rows, {}
    kept: list[Row] = []
    others: dict[str, int] = {}
    for row in rows:
        said = row.text(columns.places["year"])
        if re.fullmatch(r"(19|20)\d\d", said) and said != str(year):
            others[said] = others.get(said, 0) + 1
        else:
            kept.append(row)
    return kept, others


# One row


def entry_of(row: Row, columns: Columns, year: int) -> Entry:
    problems, notes = [], []

    def text(name: str) -> str:
        place = columns.places.get(name)
        if place is None:
            return ""
        if isinstance(value := row[place], BadCell):
            problems.append(bad(value, columns.letter(name)))
            return ""
        return as_text(value)

    unit, title = text("unit"), text("title")
    amount, wrong = amount_of(row, columns, "amount")
    applied, wrong_applied = amount_of(row, columns, "applied")
    problems += [each for each in (wrong, wrong_applied) if each]
    said = text("outcome")
    outcome = outcome_of(said) or ""
    if not outcome and "outcome" not in columns.places and not wrong:
        outcome = Outcome.ADMITTED
    if not outcome and amount and not said:
        outcome = Outcome.ADMITTED
    problems += wrong_words(row, columns, unit, title)
    if said and not outcome and fold(said) not in UNKNOWN:
        problems.append(trouble("outcome_unknown", columns.letter("outcome"), text=said))
    if (when := text("year")) and when != str(year):
        problems.append(trouble("year_unreadable", columns.letter("year"), text=when))
    problems += wrong_money(columns, amount, outcome)
    if not problems:
        if outcome == Outcome.ADMITTED and amount is None:
            notes.append(trouble("amount_unknown"))
        if not outcome:
            notes.append(trouble("outcome_open"))
        if amount and amount < SMALL:
            notes.append(trouble("amount_small", columns.letter("amount"), text=kroner(amount)))
    unit = "" if fold(unit) in UNKNOWN else unit
    return {
        "row": row.line,
        "unit": unit,
        "title": title,
        "amount": amount or None if outcome not in (Outcome.ADMITTED, Outcome.RESERVE) else amount,
        "applied": applied,
        "outcome": str(outcome),
        "description": text("description"),
        "key": key_of(unit, title),
        "raw": {column_name(n): as_text(cell) for n, cell in enumerate(row.cells) if cell != ""},
        "problems": problems,
        "notes": notes,
        "answer": "",
    }


def bad(cell: BadCell, column: str) -> dict[str, Any]:
    return trouble("formula", column) if cell.is_formula else trouble("error", column, text=cell.shown)


def wrong_words(row: Row, columns: Columns, unit: str, title: str) -> list[dict[str, Any]]:
    problems = []
    for name, text, most in (("unit", unit, LONGEST_UNIT), ("title", title, LONGEST_TITLE)):
        place = columns.places[name]
        if not text and not isinstance(row[place], BadCell):
            problems.append(trouble(f"{name}_missing", columns.letter(name)))
        elif len(text) > most:
            problems.append(trouble(f"{name}_long", columns.letter(name), most=most))
        elif name == "title" and place in row.merged:
            problems.append(trouble("title_merged", columns.letter(name)))
    return problems


def wrong_money(columns: Columns, amount: int | None, outcome: str) -> list[dict[str, Any]]:
    if amount == 0 and outcome in (Outcome.ADMITTED, Outcome.RESERVE):
        return [trouble("amount_zero", columns.letter("amount"))]
    if amount and outcome and outcome not in (Outcome.ADMITTED, Outcome.RESERVE):
        return [trouble("no_money", columns.letter("amount"))]
    return []


def amount_of(row: Row, columns: Columns, name: str) -> tuple[int | None, dict[str, Any] | None]:
    """Whole kroner, or None when the cell is empty or unknown, and what is wrong."""
    place = columns.places.get(name)
    if place is None:
        return None, None
    value, letter = row[place], columns.letter(name)
    if isinstance(value, BadCell):
        return None, bad(value, letter)
    shown = as_text(value)
    if not shown or fold(shown) in UNKNOWN or shown in ("-", "–", "?"):
        return None, None
    if place in row.merged:
        return None, trouble("amount_merged", letter)
    try:
        amount = scaled(value, columns.scales.get(name, 1))
    except NotMoney:
        return None, trouble("amount_unreadable", letter, text=shown)
    if amount < 0:
        return None, trouble("amount_negative", letter, text=shown)
    if amount > LARGEST_AMOUNT:
        return None, trouble("amount_large", letter, text=shown)
    return amount, None


def scaled(value: Value, scale: int) -> int:
    """Kroner of a cell below "Beløp (i 1000 kr)", unless the cell says its own unit."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NotMoney(as_text(value))
    if scale == 1 or re.search(r"[a-z]|,-", str(value).casefold()):
        return parse_kroner(value)
    digits = re.sub(r"\s", "", str(value))
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", digits):
        digits = digits.replace(".", "")
    try:
        return parse_kroner(Decimal(digits.replace(",", ".")) * scale)
    except ArithmeticError as error:
        raise NotMoney(as_text(value)) from error


def outcome_of(text: str) -> str | None:
    return MEANINGS.get(fold(text))


def key_of(unit: str, title: str) -> str:
    """Unit and title, folded: one thought, however it is spelled."""
    return f"{fold(unit)}|{fold(title) or title.casefold()}"[:400]


def name_doubles(entries: list[Entry]) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        if entry["title"] and (earlier := first.setdefault(entry["key"], entry["row"])) != entry["row"]:
            entry["problems"].append(trouble("double", row=earlier))
