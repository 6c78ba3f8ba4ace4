"""Whom a visitor of the demo may be: read from the database, one click each."""

import re

import pytest

from oppdrift.assessing.models import Improvement
from oppdrift.front.of_people import demo_people
from oppdrift.toolbox.clock import now
from tests.factories import give_part, give_role, make_application, make_person, make_round, make_unit

pytestmark = pytest.mark.django_db


def make_year():
    round = make_round(lead=make_person("Lead"))
    for kind, number in [("substitute", 1), ("assessor", 5), ("coach", 2), ("panel", 3)]:
        for place in range(number):
            give_role(round, make_person(f"{kind} {place}"), kind)
    unclear = make_application(round=round, team=[make_person("Unclear")], title="Uklar idé", submitted=True)
    Improvement.objects.create(application=unclear, unclear="Hvem skal bruke det?", until=now())
    chosen = make_application(round=round, team=[make_person("Chosen")], title="Klar idé", submitted=True)
    give_part(chosen.idea, make_person("Leader"), "endorser")
    make_person("Anne uten rolle")
    return round


def test_one_of_each_kind_and_three_assessors():
    make_year()

    assert [one["person"].name for one in demo_people()] == [
        "Lead", "substitute 0", "assessor 0", "assessor 1", "assessor 2", "Unclear", "Chosen", "Leader",
        "coach 0", "panel 0", "Anne uten rolle",
    ]  # fmt: skip


def test_the_newest_round_with_applications_goes_before_one_just_begun():
    make_year()
    make_round(lead=make_person("Next lead"), year=2027)

    assert demo_people()[0]["person"].name == "Lead"


def test_who_cannot_sign_in_is_not_offered():
    round = make_year()
    round.roles.get(kind="lead").person.leave(by=make_person(runs_programme=True))

    assert "Lead" not in [one["person"].name for one in demo_people()]


def test_an_empty_database_offers_nobody(client, settings):
    settings.DEMO = True
    make_unit()

    assert demo_people() == []
    assert "demo-people" not in client.get("/people/sign-in/").content.decode()


def test_each_person_on_the_list_is_one_click_away(client, settings):
    settings.DEMO = True
    make_year()

    page = client.get("/people/sign-in/").content.decode()
    keys = re.findall(r'name="person" value="(\d+)"', page)

    assert len(keys) == 11
    for key in keys:
        client.post("/people/sign-in/demo/", {"person": key})
        assert client.session["_auth_user_id"] == key
