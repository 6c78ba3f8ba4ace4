"""A municipality says its letters in its own words, with the words that are filled in checked."""

import pytest
from django.urls import reverse

from oppdrift.history import letters
from oppdrift.history.letters import naming, texts
from oppdrift.history.models import Event, LetterText
from tests.factories import make_person

OWN = ("Nei til «{title}»", "Hei {receiver}\n\nDet ble nei: {reason}\n\n{link}\n")


def write(person, key="k"):
    return letters.write(
        "declined", to=person, key=key, round="Våren", title="Nattro", reason="For lite.", until="mandag", link="/a/"
    )


@pytest.mark.django_db
def test_letters_say_it_in_the_own_words_of_their_language_only():
    lead = make_person(runs_programme=True)
    LetterText.put("declined", "nn", *OWN, by=lead)

    nynorsk, bokmal = write(make_person("Olav Moe", language="nn")), write(make_person(), "l")

    assert nynorsk.subject == "Nei til «Nattro»"
    assert nynorsk.body.startswith("Hei Olav Moe\n\nDet ble nei: For lite.")
    assert bokmal.subject != nynorsk.subject


@pytest.mark.django_db
def test_back_to_the_standard_and_what_was_done_is_remembered():
    lead, person = make_person(runs_programme=True), make_person()
    LetterText.put("declined", "nb", *OWN, by=lead)
    LetterText.put("declined", "nb", *OWN, by=lead)
    LetterText.put("declined", "nb", "", "", by=lead)

    assert texts.text_of("declined", "nb") == texts.standard("declined", "nb")
    assert write(person).subject != "Nei til «Nattro»"
    verbs = list(Event.objects.filter(by=lead).order_by("pk").values_list("verb", "data"))
    assert verbs == [
        ("letter_text.changed", {"kind": "declined", "language": "nb"}),
        ("letter_text.back_to_standard", {"kind": "declined", "language": "nb"}),
    ]


@pytest.mark.django_db
def test_an_own_text_that_asks_for_what_is_no_longer_given_makes_room_for_the_standard():
    LetterText.put("declined", "nb", "Hei", "{receiver} {frost} {link}\n", by=make_person())

    assert write(make_person()).subject == texts.standard("declined", "nb")[0].format(title="Nattro")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_word_has_a_name_in_every_language_and_finds_back(language):
    for kind in texts.kinds():
        assert texts.placeholders(kind, language) <= naming.WORDS.keys()
        for text in texts.standard(kind, language):
            assert naming.kept(naming.named(text, language), language) == text
            assert texts.wrong_with(kind, language, text, whole=text != texts.standard(kind, language)[0]) == []


@pytest.mark.parametrize(
    ("text", "how_many"),
    [
        ("Hei {receiver}: {reason} {link}", 0),
        ("Hei {navnet}: {reason} {link}", 1),
        ("Hei {receiver.password}: {reason} {link}", 1),
        ("Hei {0}: {reason} {link}", 1),
        ("Hei {}: {reason} {link}", 1),
        ("Hei {receiver!r}: {reason} {link}", 1),
        ("Hei {{receiver}}: {reason} {link}", 1),
        ("Hei {receiver: {reason} {link}", 1),
        ("Hei {receiver}", 2),  # neither reason nor link
    ],
)
def test_what_cannot_be_filled_in_is_said(text, how_many):
    assert len(texts.wrong_with("declined", "nb", text, whole=True)) == how_many


@pytest.mark.django_db
def test_the_page_speaks_of_words_by_their_names_and_saves_after_a_preview(client):
    lead = make_person("Ingrid Solhaug", runs_programme=True)
    client.force_login(lead)
    address = reverse("front:letter_text", args=["declined", "nb"])
    typed = {"subject": "Nei til «{tittel}»", "body": "Hei {mottaker}\n\n{begrunnelse}\n\n{lenke}"}

    shown = client.get(address).content.decode()
    preview = client.post(address, typed | {"preview": "1"}).content.decode()
    before = LetterText.objects.count()
    client.post(address, typed)

    assert "{mottaker}" in shown
    assert "{receiver}" not in shown
    assert "Hei Ingrid Solhaug" in preview
    assert before == 0
    row = LetterText.objects.get()
    assert (row.subject, row.body) == ("Nei til «{title}»", "Hei {receiver}\n\n{reason}\n\n{link}\n")
    assert "egne ord" in client.get(reverse("front:letter_texts")).content.decode()

    client.post(reverse("front:standard_text", args=["declined", "nb"]))

    assert "egne ord" not in client.get(reverse("front:letter_texts")).content.decode()


@pytest.mark.django_db
def test_a_word_that_does_not_exist_is_an_error_on_the_page(client):
    client.force_login(make_person(runs_programme=True))
    address = reverse("front:letter_text", args=["declined", "nb"])

    answer = client.post(address, {"subject": "Nei", "body": "Hei {navnet} {begrunnelse} {lenke}"})

    assert answer.status_code == 422
    assert "{navnet}" in answer.content.decode()
    assert not LetterText.objects.exists()


@pytest.mark.django_db
def test_saving_the_standard_text_itself_is_no_own_text(client):
    client.force_login(make_person(runs_programme=True))
    subject, body = (naming.named(text, "nb") for text in texts.standard("declined", "nb"))

    client.post(reverse("front:letter_text", args=["declined", "nb"]), {"subject": subject, "body": body})

    assert not LetterText.objects.exclude(body="").exists()
