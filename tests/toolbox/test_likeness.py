"""Likeness of Norwegian texts, and the words by which it is explained."""

from oppdrift.toolbox.likeness import Texts, has_any
from oppdrift.toolbox.text import fold

TEXTS = {
    "night": "Nattevaktene går for å se om alle sover. Da våkner beboerne. En nattevakt på sykehjemmet går 90 runder.",
    "keys": "Nattevakten bruker en halv time på å finne nøkkelen. Nattevaktene venter, og beboerne på sykehjemmet.",
    "water": "Lekkasjen hørtes på ledningen i flere uker. Vannet gikk tapt, og lekkasjen vokste.",
    "letter": "Vedtaksbrevet er på fire sider. Fire av ti ringer for å spørre hva vedtaksbrevet betyr.",
}


def test_texts_about_the_same_are_more_alike_than_others():
    texts = Texts(TEXTS)

    near, far = texts.likeness("night", "keys"), texts.likeness("night", "water")

    assert near > 3 * far
    assert texts.likeness("keys", "night") == near
    assert round(Texts({"one": TEXTS["water"], "two": TEXTS["water"]}).likeness("one", "two"), 3) == 1


def test_shared_words_meet_in_their_other_forms():
    assert Texts(TEXTS).shared_words("night", "keys") == ["nattevaktene"]


def test_a_word_that_each_uses_once_is_chance():
    once = {"one": "Sensoren piper hver kveld.", "two": "En sensor til.", "three": "Noe helt annet om tolk."}

    assert Texts(once).shared_words("one", "two") == []


def test_names_are_nobodys_reason():
    texts = {
        "one": "Vi spurte Ragnhild. Så sa Ragnhild at sensoren og sensorer var for dyre.",
        "two": "Hos oss er det Ragnhild som kan det. Spør Ragnhild om sensor og sensorene.",
        "three": "Noe helt annet om tolk.",
    }

    assert Texts(texts).shared_words("one", "two") == ["sensoren"]


def test_nothing_is_alike_where_there_is_nothing():
    assert Texts({"one": "", "two": "Her står det noe."}).likeness("one", "two") == 0


def test_a_concept_is_found_by_the_beginning_of_a_word_in_any_spelling():
    text = fold("De PÅRØRENDE ringer om medisindispenseren.")

    assert has_any(text, ("pårørende",))
    assert has_any(text, ("medisin",))
    assert not has_any(text, ("ørende",))
