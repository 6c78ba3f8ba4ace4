"""Persons: known by addresses, corrected by those who run the programme, never left without anybody who does."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from oppdrift.people.models import Change, Identity, Person
from oppdrift.toolbox.answers import NotNow
from tests.factories import make_person, make_unit

pytestmark = pytest.mark.django_db


def test_a_person_is_found_by_any_address_whatever_its_case():
    kari = make_person(address="Kari@Fjordvik.example")
    kari.add_address("Kari@skole.example", by=kari)

    assert Person.objects.by_address(" KARI@fjordvik.example ") == kari
    assert Person.objects.by_address("kari@SKOLE.example") == kari
    assert Person.objects.by_address("ola@fjordvik.example") is None


def test_somebody_who_comes_twice_is_one_person():
    first = Person.objects.with_address("kari@fjordvik.example")
    again = Person.objects.with_address("KARI@fjordvik.example", name="Kari Nes")

    assert again == first
    assert Person.objects.count() == 1


@pytest.mark.db_rules
def test_two_persons_cannot_have_one_confirmed_address():
    kari, ola = make_person(address="kari@fjordvik.example"), make_person()

    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.create(user=ola, email=kari.email, verified=True)


@pytest.mark.db_rules
def test_when_two_bring_in_the_same_person_at_once_both_get_that_person(monkeypatch):
    kari = make_person(address="kari@fjordvik.example")
    asked = []

    def nobody_at_first(self, address):
        asked.append(address)
        return None if len(asked) == 1 else kari

    monkeypatch.setattr(type(Person.objects), "by_address", nobody_at_first)

    assert Person.objects.with_address("kari@fjordvik.example") == kari
    monkeypatch.undo()
    assert Person.objects.count() == 1


@pytest.mark.db_rules
def test_an_outside_identity_belongs_to_one_person():
    kari, ola = make_person(), make_person()
    Identity.objects.create(person=kari, issuer="https://id.example", subject="1")

    assert Person.objects.by_identity("https://id.example", "1") == kari
    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.create(person=ola, issuer="https://id.example", subject="1")


@pytest.mark.db_rules
def test_people_are_sorted_as_norwegians_sort():
    for name in ["Åse Vik", "Ærlig Berg", "Zara Moen", "Øyvind Lie", "anne Dal"]:
        make_person(name)

    assert [person.name.split()[0] for person in Person.objects.all()] == ["anne", "Zara", "Ærlig", "Øyvind", "Åse"]


@pytest.mark.db_rules
@pytest.mark.parametrize("words", ["aerlig", "ÆRLIG", "berg ærlig", "vann ærlig", "aerlig@"])
def test_people_are_found_by_every_word_in_name_unit_or_address(words):
    wanted = make_person("Ærlig Berg", address="aerlig@fjordvik.example", unit=make_unit("Vann og avløp"))
    make_person("Anne Dal", unit=make_unit("Lia skole"))

    assert list(Person.objects.found_by(words)) == [wanted]


@pytest.mark.db_rules
def test_a_sign_in_the_search_means_itself():
    make_person("Anne Dal", address="anne.dal@fjordvik.example")

    for words in ("%", "_", "%@", "anne_dal@x"):
        assert not Person.objects.found_by(words).exists()
    assert Person.objects.found_by("anne.dal@").exists()


# Addresses


def test_the_first_address_can_be_changed_and_is_where_letters_go():
    kari = make_person(address="kari@fjordvik.example")
    kari.add_address("kari@skole.example", by=kari)

    kari.put_address_first(EmailAddress.objects.get(email="kari@skole.example"), by=kari)

    kari.refresh_from_db()
    assert kari.email == "kari@skole.example"
    assert [address.email for address in kari.addresses] == ["kari@skole.example", "kari@fjordvik.example"]


def test_the_address_letters_go_to_cannot_be_removed():
    kari = make_person(address="kari@fjordvik.example")

    with pytest.raises(NotNow, match="Letters go to this address"):
        kari.remove_address(kari.addresses[0], by=kari)


def test_a_removed_address_lets_nobody_in_any_more():
    kari = make_person(address="kari@fjordvik.example")
    kari.add_address("kari@skole.example", by=kari)

    kari.remove_address(EmailAddress.objects.get(email="kari@skole.example"), by=kari)

    assert Person.objects.by_address("kari@skole.example") is None
    assert kari.changes.filter(verb="person.address_removed").exists()


def test_an_address_of_somebody_else_cannot_be_added():
    make_person(address="ola@fjordvik.example")
    kari = make_person()

    with pytest.raises(NotNow, match="somebody else"):
        kari.add_address("OLA@fjordvik.example", by=kari)


def test_nobody_has_more_than_five_addresses():
    kari = make_person()
    for number in range(4):
        kari.add_address(f"kari{number}@fjordvik.example", by=kari)

    with pytest.raises(NotNow, match="5 addresses"):
        kari.add_address("kari5@fjordvik.example", by=kari)


# Who runs the programme


def test_the_command_line_makes_a_lead_of_somebody_known_or_not():
    kari = make_person(address="kari@fjordvik.example", is_active=False)

    again = Person.objects.make_lead("kari@fjordvik.example", "Kari Nes")
    new = Person.objects.make_lead("ola@fjordvik.example", "Ola Dahl")

    kari.refresh_from_db()
    assert again == kari
    assert kari.runs_programme
    assert kari.is_active
    assert (new.name, new.runs_programme) == ("Ola Dahl", True)


def test_the_last_one_who_runs_the_programme_cannot_stop_or_leave():
    kari = make_person(runs_programme=True)
    make_person(runs_programme=True, is_active=False)

    with pytest.raises(NotNow, match="Nobody else runs the programme"):
        kari.entrust(False, by=kari)
    with pytest.raises(NotNow, match="Nobody else runs the programme"):
        kari.leave(by=kari)

    ola = make_person(runs_programme=True)
    kari.entrust(False, by=ola)
    assert not kari.runs_programme


def test_who_comes_back_does_not_run_the_programme_by_itself():
    boss, kari = make_person(runs_programme=True), make_person(runs_programme=True)

    kari.leave(by=boss)
    kari.come_back(by=boss)

    kari.refresh_from_db()
    assert kari.is_active
    assert not kari.runs_programme


def test_history_tells_in_sentences_without_keeping_names():
    boss, kari = make_person("Anne Dal", runs_programme=True), make_person("Kari Nes")

    kari.correct(by=boss, title="lærer")

    change = Change.objects.get()
    assert "Anne Dal" in change.words
    assert change.data == {}


def test_what_a_person_changes_about_themselves_is_not_kept_in_history():
    kari = make_person("Kari Nes")

    kari.correct(by=kari, name="Kari Ås")

    assert not Change.objects.exists()
    assert list(Person.objects.found_by("aas")) == []
    assert list(Person.objects.found_by("ås")) == [kari]
