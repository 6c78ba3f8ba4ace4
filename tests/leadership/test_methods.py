"""The method cards: whole in every language, and with something on them."""

import pytest
from django.urls import reverse
from django.utils import translation

from oppdrift.leadership.methods import FOLDER, METHODS, ORDER
from tests.factories import make_person

LANGUAGES = ("nb", "nn", "en")


def test_every_file_is_a_card_in_the_order_of_the_work():
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(ORDER)
    assert list(METHODS) == list(ORDER)


@pytest.mark.parametrize("card", METHODS.values(), ids=str)
def test_a_card_says_the_same_in_every_language(card):
    assert set(card.languages) == set(LANGUAGES)
    assert len({len(words.steps) for words in card.languages.values()}) == 1
    assert 15 <= card.minutes <= 120
    for words in card.languages.values():
        assert 5 <= len(words.steps) <= 6
        assert words.question.endswith("?")
        assert all((words.title, words.purpose, words.when, words.need))
    assert card.languages["nb"].steps != card.languages["nn"].steps


@pytest.mark.parametrize("card", METHODS.values(), ids=str)
def test_bokmål_and_nynorsk_are_not_mixed(card):
    nynorsk, bokmål = {"ikkje", "eit", "dei", "kva", "korleis", "frå"}, {"ikke", "et", "hva", "hvordan", "fra", "noen"}
    told = {code: set(str(vars(card.languages[code])).lower().replace(",", " ").split()) for code in ("nb", "nn")}

    assert told["nb"] & nynorsk == set()
    assert told["nn"] & bokmål == set()


@pytest.mark.django_db
def test_a_card_is_read_in_the_language_of_the_page(client):
    client.force_login(make_person(language="nn"))

    assert "Kva må vi sjå" in client.get(reverse("leadership:method", args=["test"])).content.decode()
    assert client.get("/leadership/methods/annet/").status_code == 404
    with translation.override("en"):
        assert METHODS["test"].title == "Try it on a small scale"
