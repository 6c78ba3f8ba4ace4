"""Fields as they are shown, and what they say when something is wrong."""

import pytest
from django.template import engines
from django.utils.translation import override

from oppdrift.toolbox.forms import KronerField, count_words, wrong_in

from .gallery import Everything


@pytest.fixture(autouse=True)
def in_bokmal():
    with override("nb"):
        yield


def shown(template: str, **values) -> str:
    return engines["django"].from_string(template).render(values)


def test_help_and_errors_are_tied_to_the_control():
    made = shown("{% field form.title %}", form=Everything({}))

    assert 'aria-describedby="id_title_helptext id_title_error"' in made
    assert 'id="id_title_helptext"' in made
    assert 'id="id_title_error"' in made
    assert 'aria-invalid="true"' in made


def test_required_is_said_in_words():
    form = Everything()

    assert "må fylles ut" in shown("{% field form.title %}", form=form)
    assert "må fylles ut" not in shown("{% field form.deadline %}", form=form)


def test_every_line_of_the_summary_leads_to_a_control_on_the_page():
    form = Everything({"amount": "mye"})
    made = shown("{{ form }}", form=form)

    lines = wrong_in(form)

    assert len(lines) == len(form.errors) == 7
    assert all(f'id="{line["to"]}"' in made for line in lines)


def test_the_summary_is_silent_before_anything_was_sent():
    assert shown("{% errors form %}", form=Everything()).strip() == ""


def test_a_question_is_not_followed_by_a_colon():
    assert str(wrong_in(Everything({}))[0]["words"]) == "Hva heter søknaden? Fyll ut dette."


def test_a_label_of_ones_own_and_a_hidden_one():
    made = shown('{% field form.unit label="Hvor?" hide_label=True %}', form=Everything())

    assert '<label for="id_unit" class="visually-hidden">Hvor?' in made


def test_a_long_text_counts_its_words():
    made = shown("{% field form.challenge %}", form=Everything({"challenge": "Vi åpner 24 dører klokken 02."}))

    assert 'data-counts-words="200"' in made
    assert "6 av 200 ord" in made


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), (None, 0), ("2,4 ganger", 2), ("Færre – mye færre", 3), ("e-post, og så", 3)]
)
def test_words_are_counted_as_readers_count(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize("text", ["500 000", "kr 500.000,-", "0,5 mill", "500\u00a0000 kr"])
def test_kroner_are_read_as_people_write_them(text):
    assert KronerField().clean(text) == 500_000


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("mye", "Skriv summen i hele kroner, for eksempel 280\u00a0000."),
        ("-1", "Skriv minst 0\u00a0kr."),
        ("500 001", "Skriv høyst 500\u00a0000\u00a0kr."),
        ("", "Fyll ut dette."),
    ],
)
def test_kroner_say_what_is_wrong(text, sentence):
    form = Everything({"amount": text})

    assert list(form["amount"].errors) == [sentence]


def test_kroner_come_back_grouped():
    assert 'value="310\u00a0000"' in shown("{% field form.amount %}", form=Everything(initial={"amount": 310_000}))


def test_dates_go_to_the_browsers_picker_and_come_back():
    form = Everything({"deadline": "2026-03-16", "meeting": "2026-03-16T09:30"})
    form.is_valid()

    assert 'type="date"' in shown("{% field form.deadline %}", form=form)
    assert 'value="2026-03-16"' in shown("{% field form.deadline %}", form=form)
    assert 'value="2026-03-16T09:30"' in shown("{% field form.meeting %}", form=form)
    assert form.cleaned_data["meeting"].isoformat() == "2026-03-16T09:30:00+01:00"
