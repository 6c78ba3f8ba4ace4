"""Rows from a workbook (.xlsx), opened with care: it is a packed folder that strangers may have made."""

import re
import warnings
import zipfile
from typing import Any, BinaryIO
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from .reading import MOST_COLUMNS, MOST_ROWS, BadCell, CannotRead, Row, Table, Value, has_macros, too_many_rows, trimmed

MOST_PARTS = 2_000
LARGEST_UNPACKED = 60 * 1024 * 1024  # bytes
HIGHEST_RATIO = 200  # unpacked to packed; honest workbooks stay under 60
WORTH_A_LOOK = 5 * 1024 * 1024  # bytes; small parts of a new workbook may be packed very tightly
LAST_LINE = 100_000  # empty rows may lie between, but not for ever


def read_workbook(content: BinaryIO, sheet: str = "") -> Table:
    """The chosen visible sheet, or the first with something in it; formulas by the value they had when saved."""
    refuse_dangers(content)
    from openpyxl import load_workbook

    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that do not matter here
            book = load_workbook(content, read_only=True, data_only=True, keep_links=False)
            try:
                return chosen_table(book, sheet)
            finally:
                book.close()
    except CannotRead:
        raise
    except Exception as error:  # whatever openpyxl and the parser stumble over in a file that is not as it should be
        raise CannotRead(damaged()) from error


def damaged() -> str:
    return _("The workbook is damaged and cannot be opened. Open it in Excel and save it again.")


def refuse_dangers(content: BinaryIO) -> None:
    """Macros, other formats and bombs, by the table of contents alone: nothing is unpacked."""
    try:
        with zipfile.ZipFile(content) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CannotRead(damaged()) from error
    names = {part.filename.lower() for part in parts}
    if any(name.endswith(("vbaproject.bin", "xl/workbook.bin")) or "/macrosheets/" in name for name in names):
        raise CannotRead(has_macros())
    unpacked = sum(part.file_size for part in parts)
    steep = any(
        part.file_size > WORTH_A_LOOK and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1) for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or steep:
        raise CannotRead(_("The workbook unpacks to far more than a table needs, so it is not opened."))
    if any(part.flag_bits & 1 for part in parts):
        raise CannotRead(_("The workbook is locked with a password. Save a copy without one."))
    if "mimetype" in names:
        raise CannotRead(_("The file is in LibreOffice's own format. Save it as .xlsx or .csv."))
    if "xl/workbook.xml" not in names:
        raise CannotRead(_("The file is packed, but it is no workbook. Choose a .csv or .xlsx file."))


def chosen_table(book: Any, sheet: str) -> Table:
    visible = {each.title: each for each in book.worksheets if each.sheet_state == "visible"}
    if sheet and sheet not in visible:
        raise CannotRead(_("The workbook has no visible sheet called %(name)s.") % {"name": sheet})
    filled = [title for title, each in visible.items() if has_values(each)]
    title = sheet or next(iter(filled), "")
    rows = rows_of(visible[title]) if title else []
    return Table(rows, title, filled)


def has_values(sheet: Any) -> bool:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if any(value not in (None, "") for value in row):
            return True
        if number > LAST_LINE:
            return False
    return False


def rows_of(sheet: Any) -> list[Row]:
    sheet.reset_dimensions()
    merges, uncalculated = what_values_do_not_say(sheet)
    lines: dict[int, list[Value]] = {}
    for number, cells in enumerate(sheet.iter_rows(), 1):
        values = [value_of(cell, uncalculated) for cell in cells]
        if kept := trimmed(values):
            lines[number] = list(kept)
        if len(lines) > MOST_ROWS or number > LAST_LINE:
            raise CannotRead(too_many_rows())
    from_above = spread(merges, lines)
    return [Row(line, tuple(cells), frozenset(from_above.get(line, ()))) for line, cells in lines.items()]


def value_of(cell: Any, uncalculated: set[str]) -> Value:
    value = cell.value
    if value is None:
        coordinate = getattr(cell, "coordinate", "") if uncalculated else ""
        return BadCell("=", is_formula=True) if coordinate in uncalculated else ""
    if cell.data_type == "e":
        return BadCell(str(value))
    return value.strip() if isinstance(value, str) else value


def what_values_do_not_say(sheet: Any) -> tuple[list[tuple[int, int, int, int]], set[str]]:
    """Merged ranges (left, top, right, bottom), and cells with a formula that was never calculated."""
    merges, uncalculated = [], set()
    with sheet._get_source() as source:
        for _event, element in ElementTree.iterparse(source):
            tag = element.tag.rpartition("}")[2]
            if tag == "mergeCell" and (reference := range_of(element.get("ref", ""))):
                merges.append(reference)
            elif tag == "c":
                children = {child.tag.rpartition("}")[2]: child for child in element}
                result = children.get("v")
                if "f" in children and (result is None or result.text is None) and element.get("t") != "str":
                    uncalculated.add(element.get("r", ""))
                element.clear()
            elif tag == "row":
                element.clear()
    return merges, uncalculated


def range_of(reference: str) -> tuple[int, int, int, int] | None:
    match = re.fullmatch(r"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)", reference)
    if not match:
        return None
    left, top, right, bottom = match.groups()
    return number_of(left), int(top), number_of(right), int(bottom)


def number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def spread(merges: list[tuple[int, int, int, int]], lines: dict[int, list[Value]]) -> dict[int, set[int]]:
    """Put the value of a merged range in all its cells. Returns, per line, the columns filled from above."""
    from_above: dict[int, set[int]] = {}
    for left, top, right, bottom in merges:
        corner = lines.get(top, [])
        value = corner[left] if left < len(corner) else ""
        if value == "":
            continue
        # Only lines that hold something: a merge that reaches beyond the table makes no rows.
        for line in [each for each in lines if top <= each <= bottom]:
            cells = lines[line]
            last = min(right, MOST_COLUMNS - 1)
            cells.extend([""] * (last + 1 - len(cells)))
            for column in range(left, last + 1):
                cells[column] = value
                if line > top:
                    from_above.setdefault(line, set()).add(column)
    return from_above
