"""Tags and filters of every template."""

from decimal import Decimal

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from oppdrift.toolbox.look import icons, texts
from oppdrift.toolbox.look.statuses import STATUSES

NBSP = "\u00a0"


def shown(template: str, request=None, **values) -> str:
    return engines["django"].from_string(template).render(values, request)


@pytest.fixture(autouse=True)
def in_bokmal():
    with override("nb"):
        yield


def test_kroner_are_never_torn_over_two_lines():
    assert shown("{{ sum|kroner }}", sum=1_940_000) == f"1{NBSP}940{NBSP}000{NBSP}kr"
    assert shown("{{ sum|kroner }}", sum=None) == ""


def test_decimals_have_a_comma_but_in_english():
    assert shown("{{ mean|decimal }} {{ mean|decimal:1 }}", mean=Decimal("4.16")) == "4,16 4,2"
    with override("en"):
        assert shown("{{ mean|decimal }}", mean=4.16) == "4.16"
    assert shown("{{ mean|decimal }}", mean=None) == ""


def test_initials_are_two_at_most():
    assert [texts.initials(name) for name in ("Tor Erik Nygård", "Åse", "", None)] == ["TN", "Å", "?", "?"]


def test_every_status_has_an_icon_and_a_word_in_both_languages():
    for status in STATUSES.values():
        assert "<path" in icons.drawing(status.icon)
        for language in ("nb", "nn"):
            with override(language):
                norwegian = str(status.word)
            with override("en"):
                assert norwegian != str(status.word) or norwegian == "Open"


def test_a_no_is_not_red():
    assert STATUSES["declined"].color == "neutral"


def test_an_icon_is_drawn_once_a_page():
    request = RequestFactory().get("/")

    page = shown('{% icon "Clock" %}{% icon "Clock" %}{% icon_sheet %}', request)

    assert page.count("<path") == 1
    assert page.count('href="#i-Clock"') == 2


def test_a_piece_that_is_swapped_in_alone_brings_its_drawings():
    request = RequestFactory().get("/")
    request.htmx = True

    assert "<path" in shown('{% icon "Clock" %}', request)


def test_an_unknown_icon_says_where_names_belong():
    with pytest.raises(icons.NoSuchIcon, match=r"tools/icons\.txt"):
        icons.inline("../../settings")


def test_status_words_of_ones_own_are_escaped():
    assert "&lt;b&gt;" in shown('{% status "overdue" words %}', words="<b>3 dager")


def test_markdown_keeps_structure_and_drops_the_rest():
    made = texts.markdown(
        "# Om runden\n\n- **ett**\n\n[her](javascript:alert(1)) <script>x</script> ![b](http://x/y.png)"
    )

    assert "<h2>Om runden</h2>" in made
    assert "<li><strong>ett</strong></li>" in made
    assert "<script" not in made
    assert 'href="javascript' not in made
    assert "<img" not in made


def test_plain_text_is_paragraphs_and_nothing_else():
    assert texts.paragraphs("Én\nlinje\r\n\r\n<b>to</b>") == "<p>Én<br>linje</p><p>&lt;b&gt;to&lt;/b&gt;</p>"
