"""Who takes part, their modules, and who has been through what."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from oppdrift.gatherings.models import SignUp
from oppdrift.history.models import Message
from oppdrift.leadership.menu import places_for
from oppdrift.leadership.models import Participation, invite_to
from oppdrift.leadership.taking_part import takes_part
from oppdrift.leadership.through import Table, across_rounds
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import give_role, make_person, make_round, make_unit
from tests.leadership.in_the_house import make_module

pytestmark = pytest.mark.django_db


def take_part(round=None, unit=None, person=None, kind="leader") -> Participation:
    round = round or make_round(lead=make_person())
    lead = round.lead_in_charge()
    return Participation.invite(round, unit or make_unit(), person or make_person(), kind, by=lead)


def test_whoever_is_invited_is_asked_to_the_modules_ahead_and_gets_a_letter_that_waits():
    round = make_round(lead=make_person())
    ahead, past = make_module(round, days=10), make_module(round, days=-10)

    row = take_part(round)

    assert [bool(each.invitations.filter(person=row.person)) for each in (ahead, past)] == [True, False]
    letter = Message.objects.get(kind="lup_invitation")
    assert (letter.receiver, letter.state) == (row.person, "draft")
    assert row.unit.name in letter.body


def test_a_module_that_is_set_later_is_asked_to_with_one_press():
    row = take_part()
    module = make_module(row.round, days=5)

    assert invite_to(module, by=row.round.lead_in_charge()) == 1
    assert invite_to(module, by=row.round.lead_in_charge()) == 0


def test_one_takes_part_once_in_a_round_and_again_after_having_left():
    row = take_part()
    with pytest.raises(NotNow, match="takes part already"):
        take_part(row.round, person=row.person)

    row.end(by=row.person)
    again = take_part(row.round, person=row.person)

    assert again.is_in_force
    with pytest.raises(NotNow, match="no longer"):
        row.end(by=row.person)


@pytest.mark.db_rules
def test_taking_part_twice_is_refused_by_the_database():
    row = take_part()

    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.create(round=row.round, unit=row.unit, person=row.person, kind="leader")


def test_a_round_without_the_programme_leaves_no_trace():
    lead = make_person()
    round = make_round(lead=lead, stages=["call", "projects"])

    with pytest.raises(NotNow, match="no leadership programme"):
        take_part(round)
    assert places_for(lead) == []


def test_the_menu_knows_who_takes_part_and_asks_nothing_of_others(django_assert_num_queries):
    row, other = take_part(), make_person()

    assert [place.url for place in places_for(row.person)] == [reverse("leadership:mine")]
    with django_assert_num_queries(0):
        assert not takes_part(other)
    row.end(by=row.person)
    row.person.refresh_from_db()
    assert places_for(row.person) == []


def test_participants_see_their_unit_and_the_lead_sees_all():
    first = take_part()
    mate = take_part(first.round, first.unit, kind="enthusiast")
    other = take_part(first.round)
    lead = first.round.lead_in_charge()

    assert set(Participation.objects.seen_by(first.person)) == {first, mate}
    assert set(Participation.objects.seen_by(lead)) == {first, mate, other}
    assert not Participation.objects.seen_by(make_person()).exists()


def test_the_table_says_how_each_stands_to_each_module():
    lead = make_person()
    round = make_round(lead=lead)
    past = make_module(round, days=-5)
    came = take_part(round, kind="leader")
    away = take_part(round, came.unit, kind="enthusiast")
    SignUp.note_presence(past, came.person, True, by=lead)
    past.sign_ups.create(person=away.person, state="coming", came=False, turn=9)
    ahead = make_module(round, days=5)
    invite_to(ahead, by=lead)
    ahead.sign_up(came.person, by=came.person)

    table = Table(round)
    (unit,) = table.units()

    assert [[mark.state for mark in row.marks] for row in unit.rows] == [["came", "coming"], ["missed", "invited"]]
    assert [(module.asked, module.missing, module.came) for module in table.with_numbers()] == [(0, 2, 1), (2, 0, None)]
    assert unit.has_leader


def test_across_rounds_it_says_how_many_modules_somebody_came_to():
    lead = make_person()
    rows = []
    for year, held in ((2025, 2), (2026, 1)):
        round = make_round(lead=lead, year=year)
        row = take_part(round, person=rows[0].person if rows else None, unit=rows[0].unit if rows else None)
        modules = [make_module(round, days=-days - 1) for days in range(held)]
        SignUp.note_presence(modules[0], row.person, True, by=lead)
        rows.append(row)
    Participation.objects.update(since=now() - dt.timedelta(days=30))

    assert [(row.round.year, row.came, row.held) for row in across_rounds()] == [(2026, 1, 1), (2025, 1, 2)]


def test_whoever_came_late_or_left_early_has_not_missed_what_was_held_without_them():
    round = make_round(lead=make_person())
    for days in (-30, -20, -10):
        make_module(round, days=days)
    late, early = take_part(round), take_part(round)
    Participation.objects.filter(pk=late.pk).update(since=now() - dt.timedelta(days=25))
    Participation.objects.filter(pk=early.pk).update(
        since=now() - dt.timedelta(days=40), until=now() - dt.timedelta(days=25)
    )

    assert {row.pk: row.held for row in across_rounds()} == {late.pk: 2, early.pk: 1}


def test_who_came_to_a_module_is_noted_whole_or_not_at_all(client, monkeypatch):
    lead = make_person()
    round = make_round(lead=lead)
    people = [take_part(round).person for _ in range(2)]
    module, noted, real = make_module(round, days=-1), [], SignUp.note_presence

    def breaks(*args, **kwargs):
        noted.append(args)
        if len(noted) == 2:
            raise ZeroDivisionError
        real(*args, **kwargs)

    monkeypatch.setattr(SignUp, "note_presence", breaks)
    client.force_login(lead)
    with pytest.raises(ZeroDivisionError):
        client.post(reverse("leadership:presence", args=[module.pk]), {"came": [person.pk for person in people]})

    assert not module.sign_ups.exists()


def test_the_lead_invites_notes_who_came_and_looks_back(client):
    lead, unit = make_person(language="en"), make_unit("Solbakken")
    round = make_round(lead=lead)
    client.force_login(lead)
    page = reverse("leadership:round", args=[round.pk])
    assert "Begin with one unit" in client.get(page).content.decode()

    invite = {"unit": unit.pk, "kind": "leader", "address": "turid@fjordvik.example", "name": "Turid Helle"}
    client.post(reverse("leadership:invite", args=[round.pk]), invite)
    twice = client.post(reverse("leadership:invite", args=[round.pk]), invite).content.decode()
    module = make_module(round, days=-1)
    person = Participation.objects.get().person
    client.post(reverse("leadership:presence", args=[module.pk]), {"came": [person.pk]})

    assert "Turid Helle takes part already" in twice
    assert "Was there" in client.get(page).content.decode()
    assert "1 of 1" in client.get(reverse("leadership:everybody")).content.decode()


def test_whoever_has_no_part_is_told_how_one_gets_in(client):
    client.force_login(make_person(language="en"))

    assert "You do not take part right now" in client.get(reverse("leadership:mine")).content.decode()


def test_a_substitute_runs_it_like_the_lead():
    substitute = make_person()
    round = make_round(lead=make_person())
    give_role(round, substitute, "substitute")

    assert [place.url for place in places_for(substitute)] == [reverse("leadership:round", args=[round.pk])]


def test_a_lead_finds_the_round_that_goes_on_and_from_there_the_others(client):
    lead = make_person("Ingrid Solhaug", language="en")
    running = make_round(lead=lead, name="Våren", year=2026, deadline=now() - dt.timedelta(days=60))
    newer = make_round(lead=lead, name="Høsten", year=2027)
    draft = make_round(lead=lead, name="Utkastet", year=2028, published=False)
    client.force_login(lead)

    [place] = places_for(lead)
    page = client.get(place.url).content.decode()

    assert place.url == reverse("leadership:round", args=[running.pk])
    assert reverse("leadership:round", args=[newer.pk]) in page
    assert draft.name not in page
