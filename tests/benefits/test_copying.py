"""«Vi vil kopiere dette», by somebody without an account; and the spread as those who have the solution note it."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from oppdrift.archive import keeping
from oppdrift.benefits.models import Adoption
from oppdrift.benefits.spread import Spread
from oppdrift.history.models import Event, Message
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now, today
from tests.factories import make_adoption, make_idea, make_person, make_project_idea, make_unit
from tests.scenes import starts_from

ASKED = {"organisation": "Sørvær kommune", "kind": "copy", "name": "Kari Nes", "address": "Kari@sorvaer.example"}


@pytest.fixture(autouse=True)
def forget_how_often():
    cache.clear()


def make_published():
    team = make_person("Hanne Brekke")
    idea = make_project_idea(team=[team], title="Ett besøk holder")
    idea.publish(by=team)
    return idea


pytestmark = [pytest.mark.django_db, starts_from(make_published)]


@pytest.fixture
def idea(scene):
    return scene


def ask(client, idea, **changes):
    return client.post(reverse("benefits:copy", args=[idea.pk]), {**ASKED, **changes})


def test_a_stranger_asks_and_nobody_knows_before_the_address_has_answered(client, idea):
    assert ask(client, idea).status_code == 302

    asked = Adoption.objects.get()
    team = idea.team().get().person
    assert not Adoption.objects.seen_by(team).exists()
    letter = Message.objects.get()
    assert (letter.kind, letter.address, letter.private) == ("copy_confirm", "kari@sorvaer.example", True)
    assert asked.token in letter.body
    assert "Kari Nes" not in letter.body
    assert "Sørvær" not in letter.body, "what a stranger types is mailed to no address they choose"


def test_a_link_confirms_by_its_button_alone_and_the_team_is_told(client, idea):
    ask(client, idea)
    asked = Adoption.objects.get()
    link = reverse("benefits:confirm", args=[asked.token])

    for _ in range(2):
        assert client.get(link).status_code == 200
    asked.refresh_from_db()
    assert asked.confirmed_at is None

    page = client.post(link, follow=True)

    asked.refresh_from_db()
    assert asked.confirmed_at
    told = Message.objects.get(kind="copy_asked")
    assert (told.receiver, told.state) == (idea.team().get().person, "queued")
    assert "Kari Nes, kari@sorvaer.example" in told.body
    assert "Takk" in page.content.decode()
    assert list(Adoption.objects.seen_by(told.receiver)) == [asked]
    assert Event.objects.filter(verb="adoption.asked").exists()
    assert client.post(link).status_code == 409
    assert Message.objects.filter(kind="copy_asked").count() == 1


def test_a_solution_whose_page_is_taken_off_is_named_by_no_link(client, idea):
    ask(client, idea)
    idea.unpublish(by=idea.team().get().person)

    link = reverse("benefits:confirm", args=[Adoption.objects.get().token])

    assert (client.get(link).status_code, client.post(link).status_code) == (404, 404)


def test_another_organisation_is_in_the_list_once_however_it_is_written(idea):
    by = make_person()
    Adoption.write_down(idea, by=by, organisation="Sørvær kommune", state="in_use")

    with pytest.raises(NotNow, match="in the list already"):
        Adoption.write_down(idea, by=by, organisation=" SØRVÆR  kommune ", state="in_use")
    Adoption.write_down(idea, by=by, organisation="Sørvær sykehjem", state="in_use")

    assert Adoption.objects.in_use().count() == 2


def test_who_only_asks_is_no_copy(client, idea):
    ask(client, idea)
    Adoption.objects.get().confirm()

    assert not Adoption.objects.public().of(idea).exists()


def test_a_machine_that_fills_in_everything_learns_nothing_and_leaves_nothing(client, idea):
    response = ask(client, idea, website="https://example.com")

    assert response.url == ask(client, idea).url
    assert Adoption.objects.count() == 1


def test_one_network_address_may_ask_so_many_times_an_hour(client, idea):
    for n in range(12):
        ask(client, idea, address=f"noen{n}@sorvaer.example")

    assert Adoption.objects.count() == 10
    assert "Vent en time" in ask(client, idea, address="enda@sorvaer.example").content.decode()


def test_one_mail_address_is_written_to_so_many_times_a_day(client, idea):
    for _ in range(5):
        ask(client, idea)

    assert Message.objects.filter(kind="copy_confirm").count() == 3


def test_whoever_asks_finds_the_way_back_to_the_project(client, idea):
    back = reverse("sharing:project", args=[idea.pk])

    sent = client.get(ask(client, idea).url)

    assert back in client.get(reverse("benefits:copy", args=[idea.pk])).content.decode()
    assert back in sent.content.decode()
    idea.unpublish(by=idea.created_by)
    assert back not in client.get(reverse("benefits:copy_sent") + f"?of={idea.pk}").content.decode()


def test_only_what_is_published_can_be_asked_for(client, idea):
    kept = make_idea()
    assert ask(client, kept).status_code == 404

    idea.unpublish(by=make_person())
    assert ask(client, idea).status_code == 404


def test_contact_data_has_its_time(client, idea, time_machine):
    ask(client, idea)
    ask(client, idea, address="per@sorvaer.example")
    Adoption.objects.filter(contact_address="per@sorvaer.example").get().confirm()

    time_machine.move_to(now() + dt.timedelta(days=40))
    keeping.keep_times()
    assert [one.contact_address for one in Adoption.objects.all()] == ["per@sorvaer.example"]

    time_machine.move_to(now() + dt.timedelta(days=800))
    keeping.keep_times()
    left = Adoption.objects.get()
    assert (left.contact_name, left.contact_address, left.organisation) == ("", "", "Sørvær kommune")


# The spread


def test_steps_are_taken_in_order_and_keep_their_dates():
    by, idea = make_person(), make_project_idea()
    row = Adoption.write_down(idea, by=by, organisation="Vestvær kommune", on=dt.date(2025, 1, 10))

    row.move("testing", dt.date(2025, 3, 1), by=by)
    row.move("in_use", dt.date(2025, 6, 1), by=by)

    assert [state for state, _day in row.dates] == ["interested", "testing", "in_use"]
    assert row.begun_on == dt.date(2025, 3, 1)
    with pytest.raises(NotNow, match="later date"):
        row.move("changed", dt.date(2025, 2, 1), by=by)
    with pytest.raises(NotNow, match="no date yet"):
        row.move("changed", today() + dt.timedelta(days=1), by=by)

    row.move("testing", dt.date(2025, 3, 1), by=by)
    assert row.in_use_on is None, "one step back takes the later ones back"


def test_what_did_not_go_on_says_why_and_can_begin_again():
    by, row = make_person(), make_adoption(make_project_idea(), state="testing", testing_on=dt.date(2025, 3, 1))

    with pytest.raises(NotNow, match="Write why"):
        row.move("dropped", dt.date(2025, 4, 1), by=by)
    row.move("dropped", dt.date(2025, 4, 1), why="Fikk ikke lov av leverandøren.", by=by)
    assert not Adoption.objects.in_use().exists()

    row.move("testing", dt.date(2025, 9, 1), by=by)
    assert (row.dropped_why, row.dropped_on) == ("", None)


def test_public_are_those_who_have_begun_with_a_published_solution(idea):
    unpublished = make_project_idea()
    shown = make_adoption(idea, state="in_use", in_use_on=dt.date(2025, 3, 1))
    make_adoption(idea, state="interested")
    make_adoption(idea, state="in_use", confirmed_at=None)
    make_adoption(unpublished, state="in_use")

    assert list(Adoption.objects.public()) == [shown]


def test_a_leader_of_ours_writes_down_their_own_unit_only(client):
    leader = make_person()
    own, other = make_unit(leader=leader), make_unit()
    idea = make_project_idea()
    client.force_login(leader)
    said = {"kind": "copy", "state": "testing", "on": "2025-03-01"}

    client.post(reverse("benefits:write_down", args=[idea.pk]), {**said, "unit": other.pk})
    assert not Adoption.objects.exists()
    client.post(reverse("benefits:write_down", args=[idea.pk]), {**said, "unit": own.pk})

    row = Adoption.objects.get()
    assert (row.unit, row.state) == (own, "testing")
    assert client.get(row.get_absolute_url()).status_code == 200


@pytest.mark.db_rules
def test_a_unit_is_in_the_list_once_and_a_receiver_is_one():
    idea, unit, by = make_project_idea(), make_unit(), make_person()
    Adoption.write_down(idea, by=by, unit=unit)

    with pytest.raises(NotNow, match="in the list already"):
        Adoption.write_down(idea, by=by, unit=unit)
    for broken in (
        {"unit": unit, "organisation": "Vestvær"},
        {"organisation": ""},
        {"organisation": "V", "state": "dropped"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_adoption(idea, **broken)


def test_the_spread_is_in_the_order_they_began():
    idea = make_project_idea()
    late = make_adoption(idea, state="testing", testing_on=dt.date(2026, 2, 1))
    early = make_adoption(idea, state="in_use", testing_on=dt.date(2025, 5, 1), in_use_on=dt.date(2026, 3, 1))
    make_adoption(idea, state="interested", interested_on=dt.date(2025, 1, 1))

    spread = Spread(Adoption.objects.of(idea))

    assert spread.taken == [early, late]
    assert spread.stairs.is_drawn
    assert [y for _x, y in spread.stairs.points] == sorted((y for _x, y in spread.stairs.points), reverse=True)
