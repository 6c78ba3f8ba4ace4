"""Rows from a text file: whatever separator and encoding an office program chose."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .reading import MOST_ROWS, CannotRead, Row, Value, too_many_rows, trimmed

SEPARATORS = ";\t,|"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_lines(content: bytes) -> list[Row]:
    """The rows of a .csv file. Raises CannotRead for what is no text, or a quotation mark that never ends."""
    text = decoded(content)
    first, _break, rest = text.partition("\n")
    skipped = 0
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == 5:  # how Excel names its own separator
        separator, text, skipped = first[4], rest, 1
    else:
        separator = separator_of(text)
    for _record in records(text, separator, strict=True):
        pass  # only to learn of a quotation mark that is never closed: it would swallow the rows after it
    rows = []
    for line, cells in records(text, separator):
        values: list[Value] = [cell.strip() for cell in cells]
        if kept := trimmed(values):
            rows.append(Row(line + skipped, kept))
        if len(rows) > MOST_ROWS:
            raise CannotRead(too_many_rows())
    return rows


def decoded(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16, or else Windows-1252."""
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "")
    if not encoding and (holes := content[:2000].count(0)):
        # UTF-16 without mark: of each pair, one byte is nearly always empty.
        even = content[:2000:2].count(0)
        encoding = "utf-16-be" if even > holes / 2 else "utf-16-le"
    for attempt in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = content.decode(attempt)
        except UnicodeDecodeError:
            continue
        if not any(sign < " " and sign not in "\t\r\n\f\v" for sign in set(text)):
            return text
    raise CannotRead(_("The file is no table of text. Choose a .csv or .xlsx file."))


def records(text: str, separator: str, *, strict: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on. A text in quotation marks may run over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            words = _("The quotation mark that is opened in line %(line)s is never closed.")
        elif strict:
            return
        else:
            words = _("Line %(line)s cannot be read as a row.")
        raise CannotRead(words % {"line": line}) from error


def separator_of(text: str) -> str:
    """The sign that cuts most rows into the same number of columns."""
    best, chosen = (0.0, 0), ";"
    for separator in SEPARATORS:
        widths: Counter[int] = Counter()
        for _line, cells in records(text, separator):
            if any(cell.strip() for cell in cells):
                widths[len(cells)] += 1
            if widths.total() > MOST_ROWS:
                break
        several = [(share, width) for width, share in widths.items() if width > 1]
        if not several:
            continue
        share, width = max(several)
        if (score := (share / widths.total(), width)) > best:
            best, chosen = score, separator
    return chosen
