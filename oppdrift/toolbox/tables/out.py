"""Tables out: .csv that a Norwegian Excel opens as it should, and .xlsx. What people wrote never becomes a formula."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.functional import Promise

from oppdrift.toolbox.clock import OSLO

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
A_CHUNK = 200  # rows
Row = Sequence[Any]


def harmless(value: Any) -> Any:
    """A cell of a csv file: text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(OSLO):%Y-%m-%d %H:%M}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" \n").startswith(DANGEROUS) else text


def csv_lines(headers: Row, rows: Iterable[Row]) -> Iterator[str]:
    """The file in chunks: a mark that says UTF-8, then lines with semicolons."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    sheet.write("\ufeff")
    writer.writerow([harmless(header) for header in headers])
    for place, row in enumerate(rows, 1):
        writer.writerow([harmless(cell) for cell in row])
        if place % A_CHUNK == 0:
            yield sheet.getvalue()
            sheet.seek(0)
            sheet.truncate()
    yield sheet.getvalue()


def csv_response(name: str, headers: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """The table as it is read from the database, chunk by chunk."""
    return StreamingHttpResponse(
        csv_lines([str(header) for header in headers], rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def xlsx(sheet_name: str, headers: Row, rows: Iterable[Row]) -> bytes:
    """A workbook of one sheet, with a header that stays and columns wide enough to read."""
    import xlsxwriter

    made = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(made, {**options, "constant_memory": True, "remove_timezone": True}) as book:
        sheet = book.add_worksheet(sheet_name[:31])
        bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        moment, share = book.add_format({"num_format": "dd.mm.yyyy hh:mm"}), book.add_format({"num_format": "0.00"})
        for column, header in enumerate(headers):
            sheet.set_column(column, column, max(12, min(48, len(str(header)) + 4)))
            sheet.write_string(0, column, str(header), bold)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, dt.datetime):
                    sheet.write_datetime(line, column, cell.astimezone(OSLO).replace(tzinfo=None), moment)
                elif isinstance(cell, int | float) and not isinstance(cell, bool | Promise):
                    sheet.write_number(line, column, cell, number if isinstance(cell, int) else share)
                else:
                    sheet.write_string(line, column, str(cell)[:32_000])
    return made.getvalue()


def xlsx_response(name: str, sheet_name: str, headers: Row, rows: Iterable[Row]) -> HttpResponse:
    return HttpResponse(
        xlsx(sheet_name, headers, rows),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
