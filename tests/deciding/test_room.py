"""The decision room as each may see it: sums, the finding, who is left out; what is chosen is saved, all or nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from oppdrift.assessing.models import Assessment
from oppdrift.deciding import final
from oppdrift.deciding.models import Sitting
from oppdrift.deciding.policies import is_counted, may_see_room
from oppdrift.deciding.room import Room
from oppdrift.deciding.scenarios import Choice, from_the_top, scenarios
from oppdrift.ideas.models import Decision
from oppdrift.pitching.models import PitchDay, Seat
from oppdrift.rounds.models import Round
from oppdrift.toolbox import dates
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import disqualify, give_role, make_person, make_round

from .making import decide_all, make_pitched_round, make_short_round, pitched_round, short_round, tell, voting_round

pytestmark = [pytest.mark.django_db, pytest.mark.db_rules]


def sums_of(room):
    return [(each.number, each.kroner.used, each.hours and each.hours.used) for each in room.scenarios]


# What is reckoned


def test_so_many_from_the_top_and_what_is_left():
    choices = from_the_top([100, 200, 300, None], lowest=2)

    [two, three, four] = scenarios(choices, None, budget=500, hours_each=30, hours=90)

    assert (two.number, two.kroner.used, two.kroner.left, two.hours.left) == (2, 300, 200, 30)
    assert (three.kroner.used, three.kroner.over, three.hours.over) == (600, 100, 0)
    assert (four.unknown, four.kroner.used, four.hours.over) == (1, 600, 30)


def test_a_long_list_has_a_few_numbers_and_all():
    assert [each.number for each in from_the_top([1] * 25, lowest=4)] == [4, 5, 6, 7, 8, 25]
    assert [each.number for each in from_the_top([1] * 3, lowest=4)] == [3]
    assert from_the_top([], lowest=4) == []


def test_a_set_that_is_not_from_the_top_stands_by_itself():
    top = from_the_top([100, 200, 300], lowest=1)

    made = scenarios(top, Choice.of([300]), budget=None, hours_each=None, hours=None)

    assert [(each.number, each.kroner.used, each.is_chosen) for each in made][-1] == (1, 300, True)
    assert sum(each.is_chosen for each in made) == 1


def test_unknown_limits_are_no_zeros():
    [only] = scenarios([Choice.of([100])], None, budget=None, hours_each=None, hours=200)

    assert only.kroner.left is None
    assert only.kroner.over == 0
    assert only.hours is None


def test_the_room_reckons_from_the_best_mean_and_with_what_is_chosen():
    round, lead, applications = make_short_round(places_from=1, budget=250_000, guidance_hours=50)
    Sitting.plan(round, hours_each=30, by=lead)
    final.decide(applications[2].idea, "guidance_only", reason="Uten midler.", by=lead)
    final.decide(applications[0].idea, "admitted", amount=90_000, reason="Uten reisen.", by=lead)

    room = Room(round, lead)

    assert [line.idea for line in room.lines] == [each.idea for each in applications]
    assert sums_of(room) == [(1, 100_000, 30), (2, 300_000, 60), (3, 600_000, 90), (1, 90_000, 60)]
    assert [each.is_chosen for each in room.scenarios] == [False, False, False, True]


@short_round
def test_assessments_count_as_they_stand_and_those_taken_out_do_not(scene):
    round, lead, applications = scene
    judge = Assessment.objects.filter(application=applications[0]).first().assessor
    disqualify(applications[0].idea, judge)
    Assessment.objects.filter(assessor=judge, application=applications[0]).update(discounted_at=now())

    room = Room(round, lead)

    assert room.counted.given[applications[0].idea.pk].counted == 3
    assert room.counted.given[applications[1].idea.pk].counted == 4
    assert room.counted.voters == 4


def test_an_application_with_one_total_is_not_ranked_and_stands_last():
    round, lead, applications = make_short_round(points=(5, 4))
    Assessment.objects.filter(application=applications[0]).exclude(
        pk=Assessment.objects.filter(application=applications[0]).first().pk
    ).update(discounted_at=now())

    lines = Room(round, lead).lines

    assert [line.idea for line in lines] == [applications[1].idea, applications[0].idea]
    assert lines[1].figures is None


@pitched_round
def test_the_panel_counts_where_the_round_pitches(scene):
    round, lead, _day, applications = scene

    room = Room(round, lead)

    assert room.counted.is_pitched
    assert room.counted.voters == 6
    assert room.lines[0].idea == applications[0].idea


@voting_round
def test_there_are_no_results_before_the_voting_is_closed(scene):
    round, lead, _day, _applications = scene

    assert not is_counted(round)
    assert all(line.figures is None for line in Room(round, lead).lines)


# Who sees what


def test_a_lead_who_is_barred_sees_the_others_without_it():
    round, lead, applications = make_short_round(points=(5, 4, 3, 3))
    substitute = make_person()
    give_role(round, substitute, "substitute")
    disqualify(applications[0].idea, lead)
    final.decide(applications[0].idea, "admitted", reason="Bra.", by=substitute)

    mine, theirs = Room(round, lead), Room(round, substitute)

    assert [line.figures.rank for line in mine.lines] == [1, 2, 2]
    assert applications[0].idea not in [line.idea for line in mine.lines]
    assert mine.chosen.kroner == 0
    assert mine.hidden == 1
    assert [line.idea for line in theirs.lines] == [applications[0].idea]
    assert not theirs.is_whole
    assert [each.number for each in theirs.scenarios] == [1], "of what is chosen alone; nothing from the top"


@pitched_round
def test_a_member_of_the_panel_sees_it_without_what_they_are_barred_from(scene):
    round, _lead, day, applications = scene
    member = day.seats.first().person
    disqualify(applications[0].idea, member)

    room = Room(round, member)

    assert may_see_room(member, round)
    assert [line.idea for line in room.lines] == [each.idea for each in applications[1:]]
    assert room.lines[0].figures.rank == 1


@pitched_round
def test_the_screen_can_be_shown_without_a_project_that_somebody_in_the_room_is_barred_from(scene):
    round, lead, day, applications = scene
    disqualify(applications[0].idea, day.seats.first().person)

    whole, without = Room(round, lead), Room(round, lead, without=[applications[0].idea.pk])

    assert [(each["idea"], each["n"]) for each in whole.barred_ideas] == [(applications[0].idea, 1)]
    assert [line.figures.rank for line in without.lines] == [1, 2]
    assert [each.number for each in without.scenarios] == [2]


@pitched_round
@pytest.mark.parametrize("page", ["room", "numbers"])
def test_nothing_of_what_is_left_out_is_on_the_screen_but_its_title(client, page, scene):
    round, lead, day, applications = scene
    disqualify(applications[0].idea, day.seats.first().person)
    client.force_login(lead)
    address = reverse(f"deciding:{page}", args=[round.pk])

    whole = client.get(address).content.decode()
    shown = client.get(address, {"without": applications[0].idea.pk}).content.decode()

    mean = f"{Room(round, lead).lines[0].figures.mean:.2f}".replace(".", ",")
    assert mean in whole
    assert mean not in shown
    assert shown.count(f"«{applications[0].idea.title}» er tatt ut av skjermen") == 1


@pitched_round
def test_a_panel_member_barred_from_something_does_not_read_the_reason_for_all(client, scene):
    round, lead, day, applications = scene
    free, barred = [seat.person for seat in Seat.objects.filter(day=day)[:2]]
    disqualify(applications[0].idea, barred)
    decide_all(applications, lead, "Alle tre går videre.")

    client.force_login(free)
    assert "Alle tre går videre." in client.get(reverse("deciding:room", args=[round.pk])).content.decode()
    client.force_login(barred)
    assert "Alle tre går videre." not in client.get(reverse("deciding:room", args=[round.pk])).content.decode()


# Chosen on the screen


def form_of(page, **changes):
    """What the browser would send of the page as it stands."""
    data = {name: page.context["reason"][name].value() or "" for name in ("reason", "shown")}
    for form in page.context["forms"]:
        for name in ("outcome", "amount", "reason", "based_on"):
            data[f"{form.prefix}-{name}"] = form[name].value() if form[name].value() is not None else ""
    return data | changes


def open_room(client, lead, round):
    client.force_login(lead)
    address = reverse("deciding:room", args=[round.pk])
    return address, client.get(address)


@short_round
def test_outcomes_are_chosen_and_saved_together_with_one_reason(client, scene):
    round, lead, applications = scene
    address, page = open_room(client, lead, round)
    chosen = {f"{each.idea.pk}-outcome": "admitted" for each in applications}

    answer = client.post(address, form_of(page, reason="Alle går videre.", **chosen))

    assert answer.status_code == 302
    made = Decision.objects.in_force().at("final")
    assert set(made.values_list("outcome", "reason")) == {("admitted", "Alle går videre.")}
    assert sorted(made.values_list("amount", flat=True)) == [100_000, 200_000, 300_000]


@short_round
def test_one_that_lacks_its_reason_stops_all_of_them_and_what_was_typed_stays(client, scene):
    round, lead, applications = scene
    address, page = open_room(client, lead, round)
    first, second, _third = (str(each.idea.pk) for each in applications)

    answer = client.post(
        address,
        form_of(page, reason="Alle går videre.", **{f"{first}-outcome": "admitted", f"{second}-outcome": "declined"}),
    )

    assert answer.status_code == 422
    assert not Decision.objects.at("final").exists()
    assert Sitting.of(round).reason == ""
    assert "Alle går videre." in answer.content.decode()
    assert [line["to"] for line in answer.context["wrong"]] == [f"id_{second}-reason"]


@short_round
def test_an_amount_that_is_no_number_is_said_at_its_field(client, scene):
    round, lead, applications = scene
    address, page = open_room(client, lead, round)
    key = applications[0].idea.pk

    answer = client.post(address, form_of(page, reason="Ja.", **{f"{key}-outcome": "admitted", f"{key}-amount": "mye"}))

    assert [line["to"] for line in answer.context["wrong"]] == [f"id_{key}-amount"]


@short_round
def test_what_somebody_else_has_decided_meanwhile_is_not_overwritten(client, scene):
    round, lead, applications = scene
    address, page = open_room(client, lead, round)
    other = make_person()
    give_role(round, other, "lead")
    final.decide(applications[0].idea, "declined", reason="Dette mangler.", by=other)
    key = applications[0].idea.pk

    answer = client.post(address, form_of(page, reason="Ja.", **{f"{key}-outcome": "admitted"}))

    assert answer.status_code == 422
    assert Decision.objects.in_force().get(idea=key, stage="final").outcome == "declined"


@short_round
def test_a_reason_that_was_left_alone_never_writes_over_a_newer_one(client, scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    address, page = open_room(client, lead, round)
    final.explain(round, "Pengene rekker til alle.", by=lead)
    key = applications[0].idea.pk

    client.post(address, form_of(page, **{f"{key}-reason": "Best av alle."}))
    client.post(address, form_of(client.get(address), **{f"{key}-reason": "Best av alle."}))

    assert Sitting.of(round).reason == "Pengene rekker til alle."
    assert Decision.objects.in_force().get(idea=key, stage="final").reason == "Best av alle."


@short_round
def test_of_two_who_write_the_reason_anew_the_second_is_shown_the_firsts(client, scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    address, page = open_room(client, lead, round)
    final.explain(round, "Pengene rekker til alle.", by=lead)

    answer = client.post(address, form_of(page, reason="Ingen ville peke ut noen."))

    assert answer.status_code == 422
    assert "Pengene rekker til alle." in answer.content.decode()
    assert Sitting.of(round).reason == "Pengene rekker til alle."

    client.post(address, form_of(answer, reason="Ingen ville peke ut noen."))

    assert Sitting.of(round).reason == "Ingen ville peke ut noen."


@short_round
def test_a_plan_that_was_left_alone_never_writes_over_a_newer_one(client, scene):
    round, lead, _applications = scene
    client.force_login(lead)
    page = client.get(reverse("deciding:sitting", args=[round.pk]))
    sent = {each.html_name: each.value() or "" for each in page.context["form"]}
    sent["answer_by"] = f"{dates.local_time(Sitting.of(round).answer_by):%Y-%m-%dT%H:%M}"
    Sitting.plan(round, present="Hanne Vold", by=lead)

    client.post(reverse("deciding:plan", args=[round.pk]), {**sent, "hours_each": "30"})

    assert (Sitting.of(round).hours_each, Sitting.of(round).present) == (30, "Hanne Vold")


@short_round
def test_what_is_left_alone_stays_as_it_is(client, scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    before = set(Decision.objects.at("final").values_list("pk", flat=True))
    address, page = open_room(client, lead, round)

    client.post(address, form_of(page))

    assert set(Decision.objects.at("final").values_list("pk", flat=True)) == before


def test_the_sums_of_what_is_not_saved_are_reckoned_and_nothing_is_kept(client):
    round, lead, applications = make_short_round(places_from=1)
    _address, page = open_room(client, lead, round)
    key = applications[1].idea.pk

    answer = client.post(
        reverse("deciding:reckon", args=[round.pk]),
        form_of(page, **{f"{key}-outcome": "admitted", f"{key}-amount": "123 000"}),
    )

    assert "123\u00a0000\u00a0kr" in answer.content.decode()
    assert not Decision.objects.at("final").exists()


@pitched_round
def test_the_panel_looks_on(client, scene):
    round, _lead, day, applications = scene
    client.force_login(day.seats.first().person)
    address = reverse("deciding:room", args=[round.pk])

    page = client.get(address)

    assert page.context["forms"] == []
    assert client.post(address, {"reason": "Ja.", f"{applications[0].idea.pk}-outcome": "admitted"}).status_code == 403


@voting_round
def test_the_page_says_that_the_voting_goes_on_and_shows_no_result(client, scene):
    round, lead, _day, applications = scene
    _address, page = open_room(client, lead, round)

    assert "Avstemningen er ikke stengt ennå" in page.content.decode()
    assert applications[0].idea.title not in page.content.decode()


@voting_round
@pytest.mark.parametrize("name", ["room", "numbers", "sitting", "protocols"])
def test_before_the_voting_is_closed_each_page_leads_to_where_it_is_closed(client, name, scene):
    round, lead, day, _applications = scene
    seat = day.seats.first()

    assert leads_to(client, lead, name, round) == ("pitching:host", "Gå til vertssiden")
    if name != "sitting":
        assert leads_to(client, seat.person, name, round) == ("pitching:phone", "Åpne siden din")
    assert leads_to(client, lead, name, make_round(lead=lead)) == ("pitching:day", "Opprett pitchedagen")


def leads_to(client, person, name, round):
    """The name of the page, and what stands on the button."""
    client.force_login(person)
    way = client.get(reverse(f"deciding:{name}", args=[round.pk])).context["way"]
    return resolve(way.url).view_name, way.words


def test_where_nothing_is_up_for_decision_the_way_leads_to_what_comes_before(client):
    round, lead, _applications = make_short_round(points=())
    with_shortlist = make_round(lead=lead)
    client.force_login(lead)

    def shown(name, round):
        return client.get(reverse(f"deciding:{name}", args=[round.pk])).content.decode()

    assert f'href="{reverse("deciding:sitting", args=[round.pk])}">Til forberedelsen' in shown("numbers", round)
    assert f'href="{reverse("applications:list", args=[round.pk])}">Til søknadene' in shown("sitting", round)
    shortlist = reverse("assessing:shortlist", args=[with_shortlist.pk])
    assert f'href="{shortlist}">Til de utvalgte' in shown("sitting", with_shortlist)


@short_round
def test_after_the_release_the_pages_say_that_it_is_told(client, scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    tell(round, lead)
    client.force_login(lead)

    page = client.get(reverse("deciding:sitting", args=[round.pk])).content.decode()

    assert "Beslutningen er kunngjort" in page


@pitched_round
def test_an_unlocked_day_hides_the_results_again(scene):
    round, lead, day, _applications = scene
    PitchDay.objects.filter(pk=day.pk).update(locked_at=None, locked_by=None)

    assert not is_counted(round)
    assert Room(round, lead).separation.ranked == ()


def test_the_room_asks_as_much_of_the_database_however_many_projects_and_votes(client):
    asked = []
    for means, panel in [((4.5, 3.0), 3), ((4.5, 4.0, 3.5, 3.0, 2.5), 9)]:
        round, lead, _day, applications = make_pitched_round(means=means, panel=panel)
        decide_all(applications, lead)
        client.force_login(lead)
        address = reverse("deciding:room", args=[round.pk])
        client.get(address)  # content types and the like are remembered from the first time on
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        asked.append(len(found))

    assert asked[0] == asked[1]


@short_round
def test_in_a_closed_round_what_it_plans_with_and_the_outcomes_are_read_and_not_changed(client, scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    tell(round, lead)
    plan, sitting, room = (reverse(f"deciding:{name}", args=[round.pk]) for name in ("plan", "sitting", "room"))
    client.force_login(lead)
    assert plan in client.get(sitting).content.decode()

    Round.objects.update(closed_at=now())

    assert plan not in client.get(sitting).content.decode()
    assert not client.get(room).context["may_decide"]
    with pytest.raises(NotNow, match="avsluttet"):
        Sitting.plan(Round.objects.get(), present="En til", by=lead)
