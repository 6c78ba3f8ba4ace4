"""Roles are given and ended, never erased."""

import pytest

from oppdrift.history.models import Event
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox.answers import NotNow
from tests.factories import give_role, make_person, make_round

pytestmark = pytest.mark.django_db


def test_a_role_is_given_with_hours_and_remembered_without_the_name():
    spring, lead, berit = make_round(), make_person("Ingrid Solhaug"), make_person("Berit Lund")

    role = spring.give_role(berit, "assessor", by=lead, hours=20)

    event = Event.objects.get()
    assert (role.hours, role.given_by) == (20, lead)
    assert (event.verb, event.thing, event.root) == ("role.assessor_given", role, spring)
    assert "Berit" not in str(event.data)


def test_a_role_is_given_once_but_may_be_given_again_when_it_ended():
    spring, berit = make_round(lead=make_person()), make_person("Berit Lund")
    role = spring.give_role(berit, "coach", by=None)

    with pytest.raises(NotNow, match="has this role already"):
        spring.give_role(berit, "coach", by=None)
    role.end(by=make_person())
    spring.give_role(berit, "coach", by=None)

    assert Role.objects.filter(person=berit).count() == 2
    assert Role.objects.in_force().filter(person=berit).count() == 1


def test_the_only_lead_cannot_end():
    spring = make_round(lead=make_person())
    first = spring.roles.get(kind="lead")

    with pytest.raises(NotNow, match="Name another programme lead"):
        first.end(by=make_person())
    spring.give_role(make_person(), "lead", by=first.person)
    first.end(by=first.person)

    assert spring.lead_in_charge() != first.person


def test_an_ended_role_does_not_end_again():
    spring = make_round()
    role = give_role(spring, make_person(), "panel")
    role.end(by=make_person())

    with pytest.raises(NotNow, match="ended already"):
        role.end(by=make_person())


@pytest.mark.parametrize(("first", "then"), [("lead", "substitute"), ("substitute", "lead")])
def test_the_lead_is_not_their_own_substitute(first, then):
    spring, person = make_round(), make_person()
    spring.give_role(person, first, by=None)

    with pytest.raises(NotNow, match="somebody else"):
        spring.give_role(person, then, by=None)


def test_who_has_left_gets_no_role():
    spring, person = make_round(), make_person(is_active=False)

    with pytest.raises(NotNow, match="has left"):
        spring.give_role(person, "coach", by=None)


@pytest.mark.db_rules
def test_leading_and_running_are_asked_of_roles_in_force():
    lead, substitute = make_person(), make_person()
    spring, autumn = make_round(lead=lead), make_round(lead=lead)
    give_role(spring, substitute, "substitute")
    give_role(autumn, make_person(), "lead")
    autumn.roles.get(person=lead).end(by=lead)

    assert list(Round.objects.led_by(lead)) == [spring]
    assert list(Round.objects.run_by(substitute)) == [spring]
    assert not Round.objects.led_by(substitute).exists()
