"""Letters are written in the receiver's language, once, with every word in place."""

import pytest

from oppdrift.history import letters
from oppdrift.history.letters.texts import LANGUAGES, kinds, placeholders, texts
from oppdrift.history.models import Message
from tests.factories import disqualify, give_role, make_idea, make_person, make_round, moment

KNOWN_WORDS = {
    "address",
    "benefit",
    "contact",
    "organisation",
    "what",
    "amount",
    "before",
    "coach",
    "comment",
    "number",
    "report",
    "receiver",
    "title",
    "round",
    "reason",
    "link",
    "deadline",
    "when",
    "place",
    "lead",
    "unclear",
    "until",
    "who",
    "outcome",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_exists_in_every_language_with_the_same_words(language):
    assert list(texts(language)) == kinds()
    for kind in kinds():
        assert placeholders(kind, language) <= KNOWN_WORDS
        assert placeholders(kind, language) == placeholders(kind, "nb")


@pytest.mark.django_db
def test_a_receipt_speaks_the_receivers_language_and_gives_dates_in_words():
    lead, writer = make_person("Randi Lie"), make_person("Olav Moe", language="nn")
    spring = make_round(lead=lead, name="Runde 2026", deadline="2026-02-13T12:00")
    idea = make_idea(title="Nattro", team=[writer], round=spring)

    letter = letters.write(
        "receipt", to=writer, key="receipt-1", root=spring, thing=idea, by=writer, state="queued",
        deadline=spring.deadline, until=moment("2026-03-16T00:00").date(), link="/applications/1/",
    )  # fmt: skip

    assert letter.subject == "Vi har fått søknaden «Nattro»"
    assert "Hei Olav Moe" in letter.body
    assert "13.\u00a0februar" in letter.body
    assert "måndag 16.\u00a0mars" in letter.body
    assert "http://127.0.0.1:8000/applications/1/" in letter.body
    assert letter.body.rstrip().endswith("Randi Lie")
    assert (letter.reply_to, letter.state, letter.released_by) == (lead.email, "queued", writer)


@pytest.mark.django_db
def test_a_missing_word_is_an_error_and_nothing_is_written():
    with pytest.raises(letters.MissingWords, match="deadline"):
        letters.write("reminder_assessor", to=("Kari", "kari@fjordvik.example"), key="r", round="Våren", link="/")

    assert not Message.objects.exists()


@pytest.mark.django_db
def test_an_unknown_kind_is_an_error():
    with pytest.raises(letters.NoSuchLetter):
        letters.write("birthday", to=make_person(), key="b")


@pytest.mark.django_db
@pytest.mark.db_rules
def test_a_reminder_of_the_same_key_is_written_once():
    person, words = make_person(), {"round": "Våren", "deadline": "fredag", "link": "/"}

    first = letters.write("reminder_assessor", to=person, key="reminder-1", **words)
    second = letters.write("reminder_assessor", to=person, key="reminder-1", **words)

    assert first is not None
    assert second is None
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_the_substitute_signs_where_the_lead_is_disqualified():
    lead, substitute = make_person("Randi Lie"), make_person("Amir Khan")
    spring = make_round(lead=lead)
    give_role(spring, substitute, "substitute")
    idea = make_idea(round=spring)
    disqualify(idea, lead)

    letter = letters.write(
        "declined", to=make_person(), key="d", root=spring, thing=idea, reason="x", link="/", until="y"
    )

    assert letter.body.rstrip().endswith("Amir Khan")
    assert letter.reply_to == substitute.email


@pytest.mark.django_db
def test_curly_brackets_in_a_title_do_no_harm():
    idea = make_idea(title="Hjelp {lead} med\n{0}")

    letter = letters.write("team_invitation", to=make_person(), key="t", thing=idea, link="/", until="fredag")

    assert "«Hjelp {lead} med {0}»" in letter.subject


@pytest.mark.django_db
def test_whoever_has_left_gets_no_letter():
    gone = make_person(is_active=False)
    words = {"deadline": moment("2026-03-01T12:00"), "link": "/"}

    assert letters.write("reminder_assessor", to=gone, key="k-1", root=make_round(), **words) is None
    assert not Message.objects.exists()
