"""The card of a criterion that nobody has touched is kept as it was drawn; it must be what would be drawn now."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from oppdrift.assessing.forms import AssessmentForm
from oppdrift.assessing.models import Judgement
from oppdrift.rounds.models import Criterion

ONE, OTHER = ["Nei", "Litt", "Noe", "Mye", "Helt"], ["1", "2", "3", "4", "5"]


def criteria() -> list[Criterion]:
    return [
        Criterion(key="need", name="Behov", weight=50, help="Hvem har det?", steps=ONE),
        Criterion(key="novelty", name="Nyhet", weight=30, steps=OTHER),
        Criterion(key="spread", name="Spredning", weight=20, help="Til hvem?"),
    ]


FORMS = {
    "new": lambda: AssessmentForm(criteria()),
    "begun": lambda: AssessmentForm(criteria(), judgement=Judgement.of({"need": 4})),
    "sent": lambda: AssessmentForm(criteria(), {"novelty-points": "3", "to_team": "Bra"}),
}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("name", FORMS)
def test_a_kept_card_is_the_card(name: str, language: str):
    with translation.override(language):
        form = FORMS[name]()
        untouched = [card for card in form.quality if card.is_untouched]
        request = RequestFactory().get("/")
        request.htmx = False
        plain = [
            render_to_string("assessing/_criterion.html", {"card": card, "request": request}) for card in untouched
        ]

        assert untouched
        assert [card.drawn.markup for card in untouched] == plain
        assert all(card.drawn.icons == request.icons_used for card in untouched)


def test_what_is_missing_is_drawn_as_it_is():
    form = AssessmentForm(criteria(), {"need-points": "5"}, complete=True)

    assert [card for card in form.quality if card.is_untouched] == []


def test_of_two_rounds_with_the_same_key_each_keeps_its_own_words():
    one, other = (
        AssessmentForm([Criterion(key="need", name="Behov", weight=1, steps=steps)]) for steps in (ONE, OTHER)
    )

    assert one.quality[0].drawn.markup != other.quality[0].drawn.markup
