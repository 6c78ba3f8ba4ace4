"""Tables in: .csv and .xlsx as offices keep them, read into rows that know their line and column."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

LARGEST = 10 * 1024 * 1024  # bytes
MOST_ROWS = 5_000
MOST_COLUMNS = 100


class CannotRead(ValueError):
    """The file is no table that can be read. Its text is a sentence for the reader."""


@dataclass(frozen=True)
class BadCell:
    """A cell whose value nobody can know: an error, or a formula that was never calculated."""

    shown: str
    is_formula: bool = False

    def __str__(self) -> str:
        return self.shown


Value = str | int | float | bool | dt.datetime | dt.date | dt.time | BadCell


@dataclass(frozen=True)
class Row:
    """One row. `line` counts from 1, as the file does; empty cells are ""."""

    line: int
    cells: tuple[Value, ...]
    merged: frozenset[int] = frozenset()  # columns whose value comes from the cell above, which they are merged with

    def __getitem__(self, column: int) -> Value:
        return self.cells[column] if column < len(self.cells) else ""

    def text(self, column: int) -> str:
        return as_text(self[column])


@dataclass(frozen=True)
class Table:
    """Rows with something in them, from one sheet."""

    rows: list[Row]
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)  # visible ones with something in them

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


def column_name(column: int) -> str:
    """0 is A, 26 is AA."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def as_text(value: Value) -> str:
    """A cell as one line of text: 2017.0 as "2017", line breaks as spaces."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time(0):
        value = value.date()
    return " ".join(str(value).split())


def read_table(content: BinaryIO, name: str, sheet: str = "") -> Table:
    """The table in a file, by its contents whatever it is called. Raises CannotRead with a sentence."""
    content.seek(0, 2)
    size = content.tell()
    content.seek(0)
    if not size:
        raise CannotRead(_("The file is empty."))
    if size > LARGEST:
        raise CannotRead(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024**2})
    if PurePath(name).suffix.lower() in (".xlsm", ".xltm", ".xlsb"):
        raise CannotRead(has_macros())
    start = content.read(4096)
    content.seek(0)
    refuse_others(start, content)
    if start.startswith(b"PK"):
        from .workbook import read_workbook

        table = read_workbook(content, sheet)
    else:
        from .lines import read_lines

        table = Table(read_lines(content.read()))
    if not table.rows:
        raise CannotRead(_("The file has no rows with anything in them."))
    return table


def refuse_others(start: bytes, content: BinaryIO) -> None:
    """Files that are something else than they are called."""
    pictures = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
    if start.startswith(pictures) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        raise CannotRead(_("The file is a picture, whatever its name says. Choose a .csv or .xlsx file."))
    if start.startswith(b"%PDF"):
        raise CannotRead(_("The file is a PDF. Choose the spreadsheet it was made from, as .xlsx or .csv."))
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        whole = content.read()
        content.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in whole:
            raise CannotRead(_("The workbook is locked with a password. Save a copy without one."))
        raise CannotRead(_("The file is in an old Excel format. Open it and save it as .xlsx."))
    if start.lstrip()[:1] == b"<":
        raise CannotRead(_("The file is a web page or XML, not a spreadsheet. Save it as .xlsx or .csv."))


def has_macros() -> str:
    return _("The workbook may hold macros, and those are not opened here. Save it as .xlsx or .csv.")


def too_many_rows() -> str:
    return _("The file has more than %(most)s rows.") % {"most": MOST_ROWS}


def trimmed(cells: list[Value]) -> tuple[Value, ...]:
    """Without empty cells at the end. Raises CannotRead for a row that is too wide."""
    while cells and cells[-1] == "":
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise CannotRead(_("The file has more than %(most)s columns.") % {"most": MOST_COLUMNS})
    return tuple(cells)
