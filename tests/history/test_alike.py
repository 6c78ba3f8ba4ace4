"""One change reaches all who get the same letter, and leaves what is each one's own."""

import pytest

from oppdrift.front.outbox import outbox_of
from oppdrift.history import letters
from oppdrift.history.letters.alike import alike, carried, edit_all
from oppdrift.history.models import Message
from tests.factories import make_idea, make_person, make_round

BODY = "Hei Nora Berg\n\nDet ble nei.\n\nHilsen\nIngrid\n"


@pytest.mark.parametrize(
    ("after", "other"),
    [
        ("Hei Nora Berg\n\nDet ble dessverre nei.\n\nHilsen\nIngrid\n", "Hei Jonas Lie\n\nDet ble dessverre nei."),
        ("Kjære Nora Berg\n\nDet ble nei.\n\nHilsen\nIngrid\n", "Kjære Jonas Lie\n\nDet ble nei."),
        ("Hei Nora Berg\n\nTakk.\n\nDet ble nei.\n\nHilsen\nIngrid\n", "Hei Jonas Lie\n\nTakk.\n\nDet ble nei."),
    ],
)
def test_the_change_is_carried_over_and_the_name_stays(after, other):
    theirs = BODY.replace("Nora Berg", "Jonas Lie")

    assert carried(BODY, after, theirs, "Nora Berg", "Jonas Lie") == f"{other}\n\nHilsen\nIngrid\n"


def test_a_name_in_the_middle_of_the_text_is_everybodys():
    after = BODY.replace("Det ble nei.", "Nora Berg tok det opp med oss. Det ble nei.")

    said = carried(BODY, after, BODY.replace("Nora Berg", "Jonas Lie"), "Nora Berg", "Jonas Lie")

    assert said.startswith("Hei Jonas Lie\n\nNora Berg tok det opp med oss.")


def test_a_letter_that_says_something_else_is_left_alone():
    theirs = BODY.replace("Nora Berg", "Jonas Lie").replace("Det ble nei.", "Det ble ja.")

    assert carried(BODY, BODY + "PS\n", theirs, "Nora Berg", "Jonas Lie") is None


@pytest.fixture
def written(db):
    lead = make_person("Ingrid Solhaug")
    team = [make_person("Nora Berg"), make_person("Jonas Lie"), make_person("Olav Moe", language="nn")]
    round = make_round(lead=lead)
    idea, other = make_idea(team=team, round=round, title="Nattro"), make_idea(round=round)
    rows = [
        letters.write(
            "declined", to=each, key=each.name, root=round, thing=idea, reason="Nei.", until="mandag", link="/a/"
        )
        for each in team
    ]
    letters.write(
        "declined", to=make_person(), key="other", root=round, thing=other, reason="Nei.", until="mandag", link="/a/"
    )
    return lead, rows


def test_all_who_get_the_letter_are_changed_but_those_in_another_language(written):
    lead, (nora, jonas, olav) = written
    others = list(alike(nora, outbox_of(lead)).order_by("pk"))

    left = edit_all(nora, others, subject=nora.subject, body=nora.body.replace("Nei.", "Ikke nå."), by=lead)

    assert others == [jonas, olav]
    assert left == [olav]
    jonas.refresh_from_db()
    assert "Hei Jonas Lie" in jonas.body
    assert "Ikke nå." in jonas.body
    assert "Ikke nå." not in Message.objects.get(key="other").body


def test_the_page_offers_it_and_the_lead_may_say_no(client, written):
    lead, (nora, jonas, _olav) = written
    client.force_login(lead)
    address = f"/outbox/{nora.pk}/edit/"

    page = client.get(address).content.decode()
    client.post(address, {"subject": "Bare til Nora", "body": nora.body})
    client.post(address, {"subject": "Til begge", "body": nora.body, "everyone": "on"})

    assert "Jonas Lie" in page
    jonas.refresh_from_db()
    nora.refresh_from_db()
    assert nora.subject == "Til begge"
    assert jonas.subject != "Bare til Nora"


def test_only_letters_that_wait_are_changed_along(written):
    lead, (nora, jonas, _olav) = written
    jonas.let_go(by=lead)

    assert jonas not in alike(nora, outbox_of(lead))
