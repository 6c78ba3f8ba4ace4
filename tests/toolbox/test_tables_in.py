"""Files from offices, read into rows."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from oppdrift.toolbox.tables import reading
from oppdrift.toolbox.tables.reading import BadCell, CannotRead, as_text, column_name, read_table

HEADERS = ["tjenestested", "prosjekt", "beløp"]
TABLE = [HEADERS, ["Sjøsiden bibliotek", "Bok på hjul", "500 000"], ["Æsops hage", "Én – to", "0,3 mill"]]


def written(rows: list[list[str]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def cells_of(content: bytes, name: str = "runde.csv", sheet: str = "") -> list[list]:
    return [list(row.cells) for row in read_table(io.BytesIO(content), name, sheet).rows]


def workbook(fill) -> bytes:
    """An .xlsx whose book `fill` has worked on."""
    book = Workbook()
    fill(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The same packed file with parts added or replaced; "__" in a name stands for "/"."""
    parts = {name.replace("__", "/").replace("_dot_", "."): value for name, value in parts.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, value in parts.items():
            new.writestr(name, value)
    return made.getvalue()


# Text


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_separator_and_encoding(separator, encoding):
    assert cells_of(written(TABLE, separator, encoding)) == TABLE


cells = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=20).map(str.strip)
rows = st.lists(st.lists(cells, min_size=3, max_size=3), max_size=8)


@settings(deadline=None)
@given(rows, st.sampled_from(";,\t|"), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
def test_what_is_written_is_read_again(rows, separator, encoding):
    table = [HEADERS, *rows]

    # The ø of the header is what tells Windows-1252 from UTF-8, whatever stands in the rows.
    found = cells_of(written(table, separator, encoding))

    padded = [row + [""] * (3 - len(row)) for row in found]
    assert padded == [row for row in table if any(row)]


def test_a_text_over_several_lines_is_one_cell_and_lines_are_counted_as_in_the_file():
    content = b'unit;title;amount\r\nA;"First\r\nsecond; and third";1\r\n\r\nB;Next;2\r\n'

    found = read_table(io.BytesIO(content), "a.csv").rows

    assert [row.line for row in found] == [1, 2, 5]
    assert found[1].text(1) == "First second; and third"


def test_the_separator_that_excel_names_itself():
    found = read_table(io.BytesIO(b"sep=,\r\nunit,title\r\nA;x,B\r\n"), "a.csv").rows

    assert [(row.line, row.cells) for row in found] == [(2, ("unit", "title")), (3, ("A;x", "B"))]


def test_a_quotation_mark_that_is_never_closed():
    with pytest.raises(CannotRead, match="opened in line 3 is never closed"):
        cells_of(b'unit;title\nA;B\nC;"D\nE;F\n')


# Workbooks


def test_a_workbook_with_two_header_rows_merged_cells_and_empty_last_rows():
    def fill(book):
        sheet = book.active
        sheet.append(["Virksomhet", "Prosjekt", "Beløp", None])
        sheet.append([None, None, "søkt", "tildelt"])
        sheet.append(["Barnehagene", "Uterom", 300_000, 250_000.0])
        sheet.append([None, "Inneklima", 100_000, 90_000])
        sheet.append([None, None, None, None])
        sheet["A9"] = "  "
        for cells in ("A1:A2", "B1:B2", "C1:D1", "A3:A4"):
            sheet.merge_cells(cells)

    found = read_table(io.BytesIO(workbook(fill)), "a.xlsx").rows

    assert [list(row.cells) for row in found] == [
        ["Virksomhet", "Prosjekt", "Beløp", "Beløp"],
        ["Virksomhet", "Prosjekt", "søkt", "tildelt"],
        ["Barnehagene", "Uterom", 300_000, 250_000],
        ["Barnehagene", "Inneklima", 100_000, 90_000],
    ]
    assert [row.merged for row in found] == [set(), {0, 1}, set(), {0}]
    assert [row.line for row in found] == [1, 2, 3, 4]


def test_hidden_sheets_are_skipped_and_a_visible_one_can_be_chosen():
    def fill(book):
        book.active.title = "Gammelt"
        book.active.sheet_state = "hidden"
        book.active.append(["hemmelig"])
        book.create_sheet("Tomt")
        book.create_sheet("Søknader").append(["søkt"])
        book.create_sheet("Tildelt").append(["tildelt"])

    content = workbook(fill)

    first = read_table(io.BytesIO(content), "a.xlsx")
    assert (first.sheet, first.sheets, first.rows[0].cells) == ("Søknader", ["Søknader", "Tildelt"], ("søkt",))
    assert cells_of(content, "a.xlsx", "Tildelt") == [["tildelt"]]
    for not_there in ("Gammelt", "Annet"):
        with pytest.raises(CannotRead, match="no visible sheet"):
            cells_of(content, "a.xlsx", not_there)


def test_a_formula_has_the_value_it_had_and_one_without_value_is_a_bad_cell():
    content = workbook(lambda book: book.active.append(["Sum", "=A1", "=1+1"]))
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>1+1</f><v></v>" in sheet or b"<f>1+1</f><v />" in sheet
    calculated = sheet.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
        b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
    )

    found = cells_of(repacked(content, xl__worksheets__sheet1_dot_xml=calculated), "a.xlsx")

    assert found == [["Sum", BadCell("=", is_formula=True), 2]]


def test_an_error_in_a_cell_is_a_bad_cell():
    def fill(book):
        book.active["A1"] = "#REF!"
        book.active["A1"].data_type = "e"

    assert cells_of(workbook(fill), "a.xlsx") == [[BadCell("#REF!")]]


def test_a_sheet_that_lies_about_its_size_is_read_to_the_end():
    content = workbook(lambda book: [book.active.append([f"rad {n}", n]) for n in range(5)])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b'ref="A1:B5"' in sheet

    found = cells_of(repacked(content, xl__worksheets__sheet1_dot_xml=sheet.replace(b"A1:B5", b"A1:A1")), "a.xlsx")

    assert len(found) == 5
    assert found[4] == ["rad 4", 4]


def test_cells_as_text():
    assert as_text(2017.0) == "2017"
    assert as_text(dt.datetime(2017, 3, 1)) == "2017-03-01"
    assert as_text(" to \n linjer ") == "to linjer"
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


# Refusals, one clear sentence each

PLAIN = workbook(lambda book: book.active.append(["unit", "title"]))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def locked() -> bytes:
    """A packed file whose parts say that they need a password."""
    content = bytearray(PLAIN)
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "The file is empty"),
        (b"\n \n;;\n", "a.csv", "no rows with anything in them"),
        (workbook(lambda book: None), "a.xlsx", "no rows with anything in them"),
        (PNG, "a.csv", "is a picture"),
        (PNG, "a.xlsx", "is a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "a.xlsx", "is a picture"),
        (b"%PDF-1.7\n", "a.csv", "is a PDF"),
        (b"<html><table>", "a.xls", "web page"),
        (OLE, "a.xls", "old Excel format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "locked with a password"),
        (locked(), "a.xlsx", "locked with a password"),
        (PLAIN, "a.xlsm", "macros"),
        (repacked(PLAIN, xl__vbaProject_dot_bin=b"x"), "a.xlsx", "macros"),
        (repacked(PLAIN, xl__macrosheets__sheet1_dot_xml=b"x"), "a.xlsx", "macros"),
        (repacked(PLAIN, bomb=bytes(30 * 1024**2)), "a.xlsx", "unpacks to far more"),
        (repacked(PLAIN, **{f"part{n}": b"" for n in range(2_001)}), "a.xlsx", "unpacks to far more"),
        (repacked(PLAIN, mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "a.ods", "LibreOffice"),
        (PLAIN[:-30], "a.xlsx", "damaged"),
        (repacked(PLAIN, xl__worksheets__sheet1_dot_xml=b"<not closed"), "a.xlsx", "damaged"),
        (bytes(range(256)), "a.csv", "no table of text"),
        (b"a;b\n" * 5_001, "a.csv", "more than 5000 rows"),
        (b";".join([b"x"] * 101), "a.csv", "more than 100 columns"),
        (b"a" * (reading.LARGEST + 1), "a.csv", "larger than 10 MB"),
    ],
)  # fmt: skip
def test_what_is_refused(content, name, words):
    with pytest.raises(CannotRead, match=words):
        cells_of(content, name)


def test_a_bomb_is_not_opened(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("a part was unpacked"))

    with pytest.raises(CannotRead, match="unpacks to far more"):
        cells_of(BOMB, "a.xlsx")


BOMB = repacked(PLAIN, xl__worksheets__sheet1_dot_xml=bytes(20 * 1024**2))


def test_a_row_far_down_is_not_waited_for():
    sheet = zipfile.ZipFile(io.BytesIO(PLAIN)).read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b"</sheetData>", b'<row r="900000000"><c r="A900000000"><v>1</v></c></row></sheetData>')

    with pytest.raises(CannotRead, match="more than 5000 rows"):
        cells_of(repacked(PLAIN, xl__worksheets__sheet1_dot_xml=far), "a.xlsx")
