"""My page, and the pages of those who run the programme."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oppdrift.history.models import Message
from oppdrift.people.models import Person, Unit
from oppdrift.toolbox.clock import today
from tests.factories import give_role, make_person, make_round, make_unit

pytestmark = pytest.mark.django_db
ENGLISH = {"language": "en"}


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def kari(client):
    person = make_person("Kari Nes", address="kari@fjordvik.example", **ENGLISH)
    client.force_login(person)
    return person


@pytest.fixture
def boss(client):
    person = make_person("Anne Dal", runs_programme=True, **ENGLISH)
    client.force_login(person)
    return person


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def code_for(address: str) -> str:
    body = Message.objects.filter(address=address).latest("id").body
    return re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", body, re.MULTILINE)[0]


# My page


def test_i_correct_my_name_title_and_unit(client, kari):
    unit = make_unit("Lia skole")

    answer = client.post("/people/me/", {"name": " Kari Ås ", "title": "lærer", "unit": unit.pk}, follow=True)

    kari.refresh_from_db()
    assert (kari.name, kari.title, kari.unit) == ("Kari Ås", "lærer", unit)
    assert "Saved." in text(answer)


def test_a_name_left_out_is_asked_for_and_changes_nothing(client, kari):
    answer = client.post("/people/me/", {"name": "", "title": "lærer"})

    kari.refresh_from_db()
    assert kari.title == ""
    assert "Fill this in." in text(answer)
    assert "<h1>Kari Nes</h1>" in answer.content.decode()


def test_my_page_names_my_roles_in_each_round(client, kari):
    give_role(make_round(name="Oppdrift 2026"), kari, "assessor", hours=20)

    page = text(client.get("/people/me/"))

    assert "Assessor Oppdrift 2026, 20 hours" in page


def test_i_cannot_give_myself_the_programme(client, kari):
    client.post("/people/me/", {"name": "Kari", "runs_programme": "on", "is_active": "", "email": "x@y.example"})

    kari.refresh_from_db()
    assert not kari.runs_programme
    assert kari.is_active
    assert kari.email == "kari@fjordvik.example"


def test_i_add_an_address_by_the_code_sent_to_it(client, kari):
    answer = client.post("/people/me/addresses/add/", {"email": "Kari@Skole.example"})
    assert answer.url == "/people/me/addresses/confirm/"
    assert not EmailAddress.objects.filter(email="kari@skole.example").exists()

    client.post("/people/me/addresses/confirm/", {"code": code_for("kari@skole.example")})

    assert [address.email for address in kari.addresses] == ["kari@fjordvik.example", "kari@skole.example"]


def test_three_wrong_codes_and_the_address_is_not_added(client, kari):
    client.post("/people/me/addresses/add/", {"email": "kari@skole.example"})
    code = code_for("kari@skole.example")

    for _ in range(3):
        client.post("/people/me/addresses/confirm/", {"code": "AAAA-AAAA"})
    client.post("/people/me/addresses/confirm/", {"code": code})

    assert len(kari.addresses) == 1


def test_a_code_begun_by_one_person_cannot_be_finished_by_the_next(client, kari):
    client.post("/people/me/addresses/add/", {"email": "ny@skole.example"})
    ola = make_person()
    session = client.session
    begun = session["new_address"]
    client.force_login(ola)
    session = client.session
    session["new_address"] = begun
    session.save()

    client.post("/people/me/addresses/confirm/", {"code": code_for("ny@skole.example")})

    assert Person.objects.by_address("ny@skole.example") is None


def test_that_an_address_is_somebody_elses_is_told_only_with_the_code(client, kari):
    make_person(address="ola@fjordvik.example")

    first = client.post("/people/me/addresses/add/", {"email": "ola@fjordvik.example"})
    answer = client.post("/people/me/addresses/confirm/", {"code": code_for("ola@fjordvik.example")})

    assert first.status_code == 302
    assert answer.status_code == 409
    assert "belongs to somebody else here" in text(answer)


def test_i_choose_where_letters_go_and_remove_the_old_address(client, kari):
    kari.add_address("kari@skole.example", by=kari)
    old, new = (EmailAddress.objects.get(email=email) for email in ("kari@fjordvik.example", "kari@skole.example"))

    client.post(f"/people/me/addresses/{new.pk}/first/")
    client.post(f"/people/me/addresses/{old.pk}/remove/")

    kari.refresh_from_db()
    assert kari.email == "kari@skole.example"
    assert [address.email for address in kari.addresses] == ["kari@skole.example"]


@pytest.mark.parametrize("deed", ["first", "remove"])
def test_addresses_of_others_are_not_mine_to_touch(client, kari, deed):
    ola = make_person()

    answer = client.post(f"/people/me/addresses/{ola.addresses[0].pk}/{deed}/")

    assert answer.status_code == 404
    assert len(ola.addresses) == 1


# Language


def test_a_person_chooses_a_language_for_pages_and_letters(client, kari):
    answer = client.post("/people/language/", {"language": "nn", "next": "/people/me/"})

    kari.refresh_from_db()
    assert kari.language == "nn"
    assert answer.url == "/people/me/"
    assert client.get("/people/me/").headers["Content-Language"] == "nn"


def test_a_strangers_language_is_kept_in_a_cookie(client):
    client.post("/people/language/", {"language": "nn", "next": "/people/sign-in/"})

    assert client.get("/people/sign-in/").headers["Content-Language"] == "nn"


def test_a_language_we_do_not_have_and_a_page_that_is_not_ours(client, kari):
    assert client.post("/people/language/", {"language": "sv"}).status_code == 404
    assert client.get("/people/language/").status_code == 405
    assert client.post("/people/language/", {"language": "nn", "next": "//ond.example"}).url == "/"


# For those who run the programme

GUARDED = ["", "add/", "{person}/", "units/", "units/add/", "units/{unit}/"]
GUARDED_DEEDS = [
    *GUARDED[1:3], "{person}/entrust/", "{person}/relieve/", "{person}/close/", "{person}/open/",
    "units/{unit}/", "units/{unit}/close/", "units/{unit}/merge/", "units/{unit}/reopen/",
]  # fmt: skip


def test_people_and_units_are_for_those_who_run_the_programme(client, kari):
    ola, unit = make_person(), make_unit()
    places = {"person": ola.pk, "unit": unit.pk}

    looked = {path: client.get("/people/" + path.format(**places)).status_code for path in GUARDED}
    done = {path: client.post("/people/" + path.format(**places)).status_code for path in GUARDED_DEEDS}

    assert set(looked.values()) == {403}
    assert set(done.values()) == {403}


def test_deeds_need_a_button(client, boss):
    ola, unit = make_person(), make_unit()

    for path in ("{person}/entrust/", "{person}/relieve/", "{person}/close/", "{person}/open/", "units/{unit}/reopen/"):
        assert client.get("/people/" + path.format(person=ola.pk, unit=unit.pk)).status_code == 405


def test_the_list_is_searched_and_paged(client, boss):
    for number in range(60):
        make_person(f"Øyvind {number:02}")

    first, second = client.get("/people/"), client.get("/people/?page=2")
    found = client.get("/people/", {"q": "oyvind-59"})

    assert "61 people take part" in text(first)
    assert ("Øyvind 48" in text(first), "Øyvind 59" in text(first)) == (True, False)
    assert "Øyvind 59" in text(second)
    assert "1 person fits “oyvind-59”" in text(found)
    assert "Nobody fits these words" in text(client.get("/people/", {"q": "finnes ikke"}))


def test_a_person_is_added_and_an_address_in_use_is_named(client, boss):
    values = {"name": "Ola Dahl", "email": "Ola@fjordvik.example", "title": "", "unit": "", "language": "nn"}

    client.post("/people/add/", values)
    answer = client.post("/people/add/", {**values, "name": "En annen"})

    ola = Person.objects.by_address("ola@fjordvik.example")
    assert (ola.name, ola.language) == ("Ola Dahl", "nn")
    assert "Ola Dahl has this mail address already." in text(answer)


def test_a_person_is_corrected_and_history_says_by_whom(client, boss):
    ola = make_person("Ola Dal")

    answer = client.post(
        f"/people/{ola.pk}/", {"name": "Ola Dahl", "title": "", "unit": "", "language": "nb"}, follow=True
    )

    ola.refresh_from_db()
    assert ola.name == "Ola Dahl"
    assert "Anne Dal corrected what is known about the person." in text(answer)


def test_the_right_to_run_the_programme_is_given_and_taken_back(client, boss):
    ola = make_person()

    client.post(f"/people/{ola.pk}/entrust/")
    assert Person.objects.get(pk=ola.pk).runs_programme
    client.post(f"/people/{ola.pk}/relieve/")

    assert not Person.objects.get(pk=ola.pk).runs_programme


def test_nobody_closes_their_own_access_and_the_last_lead_stays(client, boss):
    assert client.post(f"/people/{boss.pk}/close/").status_code == 403
    assert client.post(f"/people/{boss.pk}/relieve/").status_code == 403
    page = text(client.get(f"/people/{boss.pk}/"))

    boss.refresh_from_db()
    assert boss.is_active
    assert boss.runs_programme
    assert "You cannot close your own access." in page


def test_access_is_closed_and_opened_again(client, boss):
    ola = make_person()

    client.post(f"/people/{ola.pk}/close/")
    assert "access closed" in text(client.get("/people/"))
    client.post(f"/people/{ola.pk}/open/")

    assert Person.objects.get(pk=ola.pk).is_active


def test_units_stand_under_their_areas_and_closed_ones_by_themselves(client, boss):
    make_unit("Teknisk")
    area = make_unit("Oppvekst")
    school = make_unit("Lia skole", parent=area, leader=make_person("Per Moe"))
    make_unit("SFO", parent=school)
    make_unit("Moen skole", parent=area, valid_until=today().replace(year=2019), successor=school)

    page = text(client.get("/people/units/"))

    assert "4 units in the organisation" in page
    assert page.index("Oppvekst") < page.index("Teknisk")
    assert page.index("Oppvekst") < page.index("Lia skole Per Moe") < page.index("SFO") < page.index("Moen skole")
    assert "1 unit that no longer exists" in page
    assert "now Lia skole" in page


def test_a_unit_is_added_renamed_moved_and_given_a_leader(client, boss):
    area, leader = make_unit("Oppvekst"), make_person("Per Moe", address="per@fjordvik.example")

    client.post("/people/units/add/", {"name": "Lia skole", "parent": area.pk, "leader": ""})
    unit = Unit.objects.named("Lia skole")
    values = {"name": "Fjord skole", "parent": "", "leader": "PER@fjordvik.example"}
    page = text(client.post(f"/people/units/{unit.pk}/", values, follow=True))

    unit.refresh_from_db()
    assert (unit.name, unit.parent, unit.leader) == ("Fjord skole", None, leader)
    assert "It was called Lia skole." in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "Lia skole", "leader": "ingen@fjordvik.example"}, "Nobody here has this address."),
        ({"name": "MOEN skole", "leader": ""}, "There is a unit of this name here already."),
        ({"name": "", "leader": ""}, "Fill this in."),
    ],
)
def test_what_is_wrong_with_a_unit_is_said_at_the_field(client, boss, values, words):
    make_unit("Moen skole")
    unit = make_unit("Lia skole")

    page = text(client.post(f"/people/units/{unit.pk}/", {"parent": "", **values}))

    unit.refresh_from_db()
    assert words in page
    assert unit.name == "Lia skole"


def test_a_unit_is_merged_closed_and_opened_again(client, boss):
    old, new, third = make_unit("Lia skole"), make_unit("Fjord skole"), make_unit("Teknisk drift")

    client.post(f"/people/units/{old.pk}/merge/", {"successor": new.pk})
    client.post(f"/people/units/{third.pk}/close/", {"last_day": "2020-06-30"})

    assert Unit.objects.get(pk=old.pk).successor == new
    assert "It existed until 30 June 2020." in text(client.get(f"/people/units/{third.pk}/")).replace("\xa0", " ")
    client.post(f"/people/units/{third.pk}/reopen/")
    assert Unit.objects.get(pk=third.pk).valid_until is None


def test_a_unit_is_merged_only_into_one_that_exists_and_is_not_below_it(client, boss):
    unit = make_unit("Lia skole")
    part = make_unit("SFO", parent=unit)

    page = text(client.post(f"/people/units/{unit.pk}/merge/", {"successor": part.pk}))
    empty = text(client.post(f"/people/units/{unit.pk}/merge/", {}))

    assert "Select a valid choice" in page
    assert "Choose one of these." in empty
    assert Unit.objects.get(pk=unit.pk).valid_until is None


# Statements


@pytest.mark.parametrize("path", ["/people/", "/people/?q=p", "/people/units/", "/people/me/", "/people/add/"])
def test_a_page_costs_the_same_with_one_row_and_with_three(client, boss, path):
    area = make_unit("Oppvekst")

    def cost() -> int:
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert client.get(path).status_code == 200
        return len(statements)

    def grow() -> None:
        unit = make_unit(parent=area, leader=make_person())
        make_person(unit=unit)
        make_unit(valid_until=today().replace(year=2019), successor=unit)
        give_role(make_round(), boss, "assessor")
        boss.add_address(f"anne{unit.pk}@fjordvik.example", by=boss)

    grow()
    one = cost()
    grow(), grow()

    assert cost() == one
    assert one <= 14
