"""The drawings of docs/architecture.md agree with the code, and the tables they are made from with what happens."""

import pytest

from oppdrift.history.models import Message
from oppdrift.toolbox.answers import NotNow
from tests.factories import make_person
from tools import drawings


def test_the_drawings_show_the_house_as_it_is():
    page = drawings.PAGE.read_text(encoding="utf-8")

    assert drawings.drawn_into(page) == page, "run tools/drawings.py"


@pytest.mark.django_db
@pytest.mark.parametrize("state", Message.State.values)
@pytest.mark.parametrize("verb", ["hold", "let_go", "take_back", "try_again", "discard"])
def test_a_letter_moves_as_its_table_says(verb, state):
    before, after = Message.MOVES[verb]
    person = make_person()
    sent_at = person.joined_at if state == "sent" else None
    letter = Message.objects.create(
        key=f"{verb} {state}",
        kind="receipt",
        state=state,
        sent_at=sent_at,
        address="a@fjordvik.example",
        subject="Hei",
        body="Hei",
    )

    if state in before:
        getattr(letter, verb)(by=person)

        letter.refresh_from_db()
        assert letter.state == after
    else:
        with pytest.raises(NotNow):
            getattr(letter, verb)(by=person)
