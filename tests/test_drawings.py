"""The drawings of docs/architecture.md agree with the code, and the tables they are made from with what happens."""

from datetime import timedelta

import pytest

from oppdrift.applications.models import Application
from oppdrift.history.models import Message
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import make_application, make_person
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
        assert letter.state in after
    else:
        with pytest.raises(NotNow):
            getattr(letter, verb)(by=person)


@pytest.mark.django_db
@pytest.mark.parametrize("state", Application.State.values)
@pytest.mark.parametrize("verb", Application.MOVES)
def test_an_application_moves_as_its_table_says(verb, state):
    before, after = Application.MOVES[verb]
    application = make_application(submitted=state != "draft")
    person = application.idea.team().get().person
    if state == "withdrawn":
        application.withdraw(by=person)
    if verb == "revise" and state == "submitted":
        application.open_for_improvement(now() + timedelta(days=1), by=person)
    if state == "draft" or (verb == "revise" and state == "submitted"):
        application.write_all({"challenge": "Vi bruker for mye tid.", "amount": "100 000"}, by=person)

    if state not in before:
        assert not getattr(application, f"can_{verb}")()
    elif getattr(application, f"can_{verb}")():
        getattr(application, verb)(by=person)

        application.refresh_from_db()
        assert application.state in after
    else:
        assert (verb, state) == ("submit", "submitted"), "handed in already, and not opened for correction"
