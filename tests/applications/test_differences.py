"""What is new in a text is marked word by word."""

from hypothesis import given, settings
from hypothesis import strategies as st

from oppdrift.applications.differences import changes, marked, pieces

TEXT = st.text(alphabet=st.sampled_from("abc æ\n."), max_size=60)


def test_a_new_word_is_marked_and_the_old_one_struck():
    assert marked("Vi vekker mange hver natt.", "Vi vekker 14 av 24 hver natt.") == (
        "<p>Vi vekker <del>mange</del><ins>14 av 24</ins> hver natt.</p>"
    )


def test_only_the_new_may_be_shown():
    assert marked("Vi vekker mange.", "Vi vekker 14.", gone=False) == "<p>Vi vekker <ins>14.</ins></p>"


def test_a_new_paragraph_is_a_paragraph_of_its_own():
    assert marked("Først.", "Først.\n\nSå dette.") == "<p>Først.</p><p><ins>Så dette.</ins></p>"


def test_a_text_that_is_all_new_keeps_its_paragraphs():
    assert marked("", "En.\n\nTo.") == "<p><ins>En.</ins></p><p><ins>To.</ins></p>"


def test_what_people_wrote_is_never_markup():
    assert marked("<b>", "<i> & så") == "<p><del>&lt;b&gt;</del><ins>&lt;i&gt; &amp; så</ins></p>"


def test_the_same_text_has_nothing_marked():
    assert marked("Likt.\nLikt.", "Likt.\nLikt.") == "<p>Likt.<br>Likt.</p>"


@settings(max_examples=50)
@given(TEXT, TEXT)
def test_without_what_is_gone_it_is_the_new_text_and_without_what_is_new_the_old(before, after):
    found = changes(before, after)

    assert "".join(c.text for c in found if c.kind != "gone") == "".join(pieces(after))
    assert "".join(c.text for c in found if c.kind != "new") == "".join(pieces(before))


@given(TEXT)
def test_pieces_joined_are_the_text(text):
    assert "".join(pieces(text)) == text.strip()
