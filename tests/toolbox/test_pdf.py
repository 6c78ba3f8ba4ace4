"""A document is for screen readers and for archives at once, and what people wrote in it stays text."""

import re
from pathlib import Path

import pytest

from oppdrift.toolbox import pdf

TEMPLATE = """
#import "pdf.typ": data, paper, prose, rows
#show: paper
= #data.title
#prose(data.words)
#rows(("A", "B"), data.at("cells", default: (("1", "2"),)), columns: (1fr, auto), right: (1,))
"""


@pytest.fixture
def template(tmp_path: Path):
    def write(more: str = "") -> Path:
        path = tmp_path / "template.typ"
        path.write_text(TEMPLATE + more, encoding="utf-8")
        return path

    return write


def made(template: Path, words: str, **more) -> bytes:
    return pdf.document(template, {"title": "Protokoll", "words": words, **more}, language="nb")


def test_one_file_is_tagged_titled_and_fit_for_the_archive(template):
    document = made(template(), "Åtte prosjekter går videre.")

    assert document.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    assert b"<pdfaid:part>2</pdfaid:part>" in document
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in document
    assert b"/Marked true" in document
    assert b"Protokoll" in document


@pytest.mark.parametrize("words", ['#panic("stop")', "$ x_1 $ *fet* @ref <merke> \\", '#include "pdf.typ"'])
def test_what_looks_like_markup_is_text(template, words: str):
    document = made(template(), words)

    assert document.startswith(b"%PDF")


@pytest.mark.parametrize("words", ["Hurra 😀👨‍👩‍👧", "中文 og عربي", "pling\x07 \ud800 \ue000\ufeff", "čđŋšŧž –→✓"])
def test_signs_that_no_font_has_stop_no_document(template, words: str):
    document = made(template(), words)

    assert document.startswith(b"%PDF")


def test_a_warning_is_an_error(template):
    with pytest.raises(pdf.NotMade, match="font"):
        made(template('\n#text(font: "Finnes ikke")[x]'), "")


@pytest.mark.parametrize("first", [0x4E00, 0x1F600, 0x0905], ids=["chinese", "emoji", "devanagari"])
def test_a_text_of_many_signs_that_the_font_lacks_never_stops_a_document(template, first):
    words = "Vi går videre. " + " ".join(chr(first + n) for n in range(50))

    assert made(template(), words).startswith(b"%PDF")


def test_a_picture_without_words_for_it_is_refused(template):
    dot = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    data = {"title": "Katalog", "words": ""}

    with pytest.raises(pdf.NotMade, match="alt"):
        pdf.document(template('\n#image("dot.svg")'), data, language="nb", files={"dot.svg": dot})

    kept = pdf.document(template('\n#image("dot.svg", alt: "En prikk")'), data, language="nb", files={"dot.svg": dot})
    assert kept.startswith(b"%PDF")


def test_the_same_data_at_the_same_moment_is_the_same_file(template, time_machine):
    time_machine.move_to("2026-04-26T10:00:00Z", tick=False)

    first, second = made(template(), "Likt."), made(template(), "Likt.")

    assert re.sub(rb"uuid:[0-9a-f-]+", b"", first) == re.sub(rb"uuid:[0-9a-f-]+", b"", second)
