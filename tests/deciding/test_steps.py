"""What is owed about the decision stands first on the page of whoever owes it, and nowhere when it is done."""

import datetime as dt

import pytest
from django.urls import reverse

from oppdrift.assessing.models import OfferAnswer
from oppdrift.deciding import final, protocol
from oppdrift.deciding.menu import places_for
from oppdrift.deciding.models import Sitting
from oppdrift.deciding.steps import steps_for
from oppdrift.pitching.models import PitchDay
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.once import remembering
from tests.factories import disqualify, give_role, make_person

from .making import (
    decide_all,
    make_short_round,
    pitched_round,
    second_person,
    short_round,
    tell,
    voting_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db_rules]


def titles(person) -> list[str]:
    return [step.title for step in steps_for(person)]


@short_round
def test_the_lead_decides_gets_it_confirmed_releases_and_keeps_it(settings, tmp_path, scene):
    settings.MEDIA_ROOT = tmp_path
    round, lead, applications = scene
    assert titles(lead) == ["Decide on 3 projects"]

    decide_all(applications, lead)
    assert titles(lead) == ["Get the decision confirmed"]

    final.confirm(round, by=second_person(round))
    assert titles(lead) == ["Release the decision"]

    final.release(round, by=lead)
    assert titles(lead) == ["Make the protocol"]

    protocol.make(round, by=lead)
    assert titles(lead) == []


@voting_round
def test_nothing_is_to_be_decided_while_assessments_come_in_or_the_panel_votes(scene):
    _round, lead, _applications = make_short_round(assess_by=now() + dt.timedelta(days=1))
    assert titles(lead) == []

    _round, lead, _day, _applications = scene
    assert titles(lead) == []


@pitched_round
def test_who_is_named_confirms_and_nobody_else_is_asked(scene):
    round, lead, day, applications = scene
    member = day.seats.first().person
    decide_all(applications, lead)
    assert titles(member) == ["Confirm the decision"]

    signer = second_person(round)

    assert titles(signer) == ["Confirm the decision"]
    assert titles(member) == []
    final.confirm(round, by=signer)
    assert titles(signer) == []


@pitched_round
def test_who_is_barred_from_any_of_it_is_not_asked_to_confirm(scene):
    _round, lead, day, applications = scene
    member = day.seats.first().person
    disqualify(applications[0].idea, member)
    decide_all(applications, lead)

    assert titles(member) == []


@short_round
def test_the_substitute_decides_the_case_that_the_lead_is_barred_from(scene):
    round, lead, applications = scene
    substitute = make_person()
    give_role(round, substitute, "substitute")
    disqualify(applications[0].idea, lead)

    assert titles(substitute) == ["Decide on one project"]
    assert titles(lead) == ["Decide on 2 projects"]


@short_round
def test_a_team_is_asked_until_it_has_answered(scene):
    round, lead, applications = scene
    decide_all(applications[:2], lead)
    final.decide(applications[2].idea, "declined", reason="Dette mangler.", by=lead)
    members = [each.idea.team()[0].person for each in applications]
    assert [titles(member) for member in members] == [[], [], []]

    tell(round, lead)

    assert titles(members[0]) == ["Say whether you will go on with “Prosjekt 1”"]
    assert titles(members[2]) == ["Read the answer to “Prosjekt 3”"]
    OfferAnswer.objects.get(decision__idea=applications[0].idea).give("no", by=members[0])
    assert titles(members[0]) == []
    assert "Settle what follows when “Prosjekt 1” says no" in titles(lead)


@short_round
def test_it_takes_two_statements(django_assert_max_num_queries, scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    Sitting.plan(round, hours_each=30, by=lead)

    with remembering(), django_assert_max_num_queries(4):  # two of them ask who the person is, once for all rooms
        steps_for(lead)


@short_round
def test_where_every_lead_is_barred_the_substitute_and_who_confirmed_keep_the_protocol(
    settings, tmp_path, client, scene
):
    settings.MEDIA_ROOT = tmp_path
    round, lead, applications = scene
    substitute = make_person("Marius Tveit")
    give_role(round, substitute, "substitute")
    disqualify(applications[0].idea, lead)
    decide_all(applications[1:], lead)
    final.decide(applications[0].idea, "admitted", reason="Bra.", by=substitute)
    signer = second_person(round)
    final.confirm(round, by=signer)
    final.release(round, by=lead)

    assert titles(lead) == []
    assert titles(substitute) == titles(signer) == ["Make the protocol"]
    client.force_login(lead)
    page = client.get(reverse("deciding:sitting", args=[round.pk])).content.decode()
    assert "Det står på forsiden til: Marius Tveit, Solveig Rud." in page

    protocol.make(round, by=substitute)

    assert titles(substitute) == titles(signer) == []
    assert "Protokollen er laget." in client.get(reverse("deciding:sitting", args=[round.pk])).content.decode()


@short_round
def test_a_substitute_who_has_decided_nothing_is_not_asked_for_the_protocol(scene):
    round, lead, applications = scene
    substitute = make_person()
    give_role(round, substitute, "substitute")
    decide_all(applications, lead)
    tell(round, lead)

    assert titles(substitute) == []
    assert titles(lead) == ["Make the protocol"]


@voting_round
def test_the_panel_finds_the_decision_in_its_menu_once_the_voting_is_closed(scene):
    _round, _lead, day, _applications = scene
    member = day.seats.first().person
    assert places_for(member) == []

    PitchDay.objects.update(locked_at=now())

    assert [place.url for place in places_for(member)] == [reverse("deciding:room", args=[day.round_id])]
    assert places_for(make_person()) == []


@pitched_round
def test_the_room_leads_a_panel_member_on_to_confirming_while_it_waits(client, scene):
    round, lead, day, applications = scene
    member, barred = [seat.person for seat in day.seats.all()[:2]]
    disqualify(applications[0].idea, barred)
    room, confirm = (reverse(f"deciding:{name}", args=[round.pk]) for name in ("room", "confirm"))
    client.force_login(member)
    assert confirm not in client.get(room).content.decode()

    decide_all(applications, lead)

    assert confirm in client.get(room).content.decode()
    client.force_login(barred)
    assert confirm not in client.get(room).content.decode()
