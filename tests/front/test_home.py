"""What the first page says to somebody who owes nothing."""

import datetime as dt

import pytest

from oppdrift.rounds.models import Milestone
from oppdrift.toolbox.clock import now
from tests.factories import give_role, make_person, make_round

pytestmark = pytest.mark.django_db


def words_for(client, person) -> str:
    client.force_login(person)
    return client.get("/").context["next_words"]


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("panel", ["Next for you: Pitchedag", "Then you hear the teams."]),
        ("coach", ["Next for you: Beslutning", "Then it is clear which teams get guidance."]),
    ],
)
def test_who_has_a_role_and_owes_nothing_reads_what_comes_and_when(client, role, words):
    spring = make_round()
    Milestone.objects.create(round=spring, kind="pitch_day", name="Pitchedag", at=now() + dt.timedelta(days=30))
    Milestone.objects.create(round=spring, kind="decision", name="Beslutning", at=now() + dt.timedelta(days=32))
    person = make_person(language="en")
    give_role(spring, person, role)

    said = words_for(client, person)

    assert all(each in said for each in words)


def test_a_day_that_has_passed_or_of_another_round_is_not_announced(client):
    spring, other = make_round(), make_round()
    Milestone.objects.create(round=spring, kind="pitch_day", name="Pitchedag", at=now() - dt.timedelta(days=3))
    Milestone.objects.create(round=other, kind="pitch_day", name="En annen dag", at=now() + dt.timedelta(days=3))
    person = make_person(language="en")
    give_role(spring, person, "panel")

    assert "you hear the teams" not in words_for(client, person)
