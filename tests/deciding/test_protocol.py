"""The protocol: what was decided, by whom and how, as a numbered document that is never overwritten."""

import pytest
from django.test import override_settings
from django.urls import resolve, reverse

from oppdrift.deciding import final, protocol
from oppdrift.deciding.models import Protocol, Sitting
from oppdrift.front.views.files import may_read_file
from oppdrift.pitching.models import PitchDay
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import disqualify, give_role, make_person

from .making import decide_all, make_pitched_round, make_short_round, pitched_round, second_person, short_round, tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def text_of(contents) -> str:
    return str(contents)


@short_round
def test_it_is_made_when_the_decision_is_told_and_kept_with_its_fingerprint(scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    with pytest.raises(NotNow, match="when the decision is released"):
        protocol.make(round, by=lead)
    tell(round, lead)

    made = protocol.make(round, by=lead)

    assert made.number == 1
    assert len(made.file.sha256) == 64
    assert made.file.access == "partly"
    with made.file.content.open("rb") as content:
        assert b"<pdfuaid:part>1</pdfuaid:part>" in content.read()


@short_round
def test_a_correction_is_a_new_number_that_says_what_it_corrects(scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    tell(round, lead)
    first = protocol.make(round, by=lead)

    with pytest.raises(NotNow, match="what the new protocol corrects"):
        protocol.make(round, by=lead)
    second = protocol.make(round, correction="Et navn var feil.", by=lead)

    assert (first.number, second.number) == (1, 2)
    assert Protocol.objects.filter(pk=first.pk).exists()
    assert first.file.pk != second.file.pk
    assert protocol.contents(second, lead)["correction"][1] == "Et navn var feil."


@short_round
def test_a_correction_in_the_making_waits_for_its_release(scene):
    round, lead, applications = scene
    decide_all(applications, lead)
    tell(round, lead)
    final.decide(applications[0].idea, "declined", reason="Vi tok feil.", by=lead)

    with pytest.raises(NotNow, match="waits for release"):
        protocol.make(round, by=lead)


@short_round
def test_before_it_can_be_made_the_page_leads_to_what_is_still_to_be_done(client, scene):
    round, lead, applications = scene
    signer, member = second_person(round), make_person(runs_programme=True)
    give_role(round, member, "panel")

    def way(person):
        client.force_login(person)
        way = client.get(reverse("deciding:protocols", args=[round.pk])).context["way"]
        return way and resolve(way.url).view_name

    assert (way(lead), way(member)) == ("deciding:sitting", "deciding:room")
    decide_all(applications, lead)
    assert (way(lead), way(member)) == ("deciding:sitting", "deciding:confirm")
    final.confirm(round, by=signer)
    final.release(round, by=lead)
    assert (way(lead), way(member)) == (None, None)


@pitched_round
def test_it_says_who_was_there_who_sat_out_and_what_was_drawn_by_lot(scene):
    round, lead, day, applications = scene
    barred = day.seats.first().person
    disqualify(applications[0].idea, barred, ground="role", relation="zq-privat")
    decide_all(applications, lead)
    Sitting.plan(round, present="Hanne Vold\n\n", by=lead)
    tell(round, lead)

    said = protocol.contents(protocol.make(round, by=lead), lead)

    assert said["present"]["names"][-1] == "Hanne Vold"
    assert len(said["present"]["names"]) == 7
    assert said["impartiality"]["rows"] == [
        [barred.name, applications[0].idea.title, "leads or represents the unit that applies"]
    ]
    assert "zq-privat" not in text_of(said), "what the tie is, stands between two people"
    assert day.seed in said["order"]["how"]
    assert said["confirmed"]["lines"][0].startswith("Solveig Rud confirmed")


@pitched_round
def test_it_says_why_the_voting_was_opened_again_and_waits_until_it_is_closed(scene):
    round, lead, day, applications = scene
    decide_all(applications, lead)
    PitchDay.objects.update(ended_at=now())
    day.unlock_voting(reason="To telefoner var uten nett.", by=lead)
    tell(round, lead)

    with pytest.raises(NotNow, match="voting is open again"):
        protocol.make(round, by=lead)
    day.lock_voting(by=lead)

    said = protocol.contents(protocol.make(round, by=lead), lead)
    assert ["Voting opened again", "To telefoner var uten nett."] in said["facts"]


@pitched_round
def test_a_missed_quorum_is_a_warning(scene):
    round, lead, day, applications = scene
    for seat in list(day.seats.all())[:4]:
        seat.ballots.filter(pitch__idea=applications[1].idea).update(why="Var ute.")
    decide_all(applications, lead)
    tell(round, lead)

    said = protocol.contents(protocol.make(round, by=lead), lead)["results"]

    assert said["is_warning"]
    assert "50 per cent" in said["quorum"]
    assert said["quorum"].endswith(f"was missed for {applications[1].idea.title}.")


@pytest.mark.parametrize(("quorum", "is_missed"), [(10, False), (34, True)])
def test_what_is_a_quorum_is_the_rounds_choice(quorum, is_missed):
    round, lead, day, applications = make_pitched_round(quorum=quorum)
    seats = list(day.seats.all())
    for seat in seats[: len(seats) * 2 // 3]:
        seat.ballots.filter(pitch__idea=applications[1].idea).update(why="Var ute.")
    decide_all(applications, lead)
    tell(round, lead)

    said = protocol.contents(protocol.make(round, by=lead), lead)["results"]

    assert said["is_warning"] is is_missed


def test_it_says_the_outcomes_with_reasons_of_their_own_and_what_they_come_to():
    round, lead, applications = make_short_round(budget=250_000)
    decide_all(applications[:2], lead)
    final.decide(applications[2].idea, "declined", reason="Dette mangler.", by=lead)
    tell(round, lead)

    said = protocol.contents(protocol.make(round, by=lead), lead)["decision"]

    assert [row[1:] for row in said["rows"]] == [
        ["Admitted", "100\u00a0000\u00a0kr"],
        ["Admitted", "200\u00a0000\u00a0kr"],
        ["Not this time", "–"],
    ]
    assert said["sums"] == "Given: 300\u00a0000\u00a0kr. Too much: 50\u00a0000\u00a0kr."
    assert said["reasons"]["each"] == [[applications[2].idea.title, "Dette mangler."]]


@short_round
def test_those_who_decided_or_confirmed_read_it_and_nobody_who_is_barred(client, scene):
    round, lead, applications = scene
    other, substitute = make_person(), make_person()
    give_role(round, other, "lead")
    give_role(round, substitute, "substitute")
    disqualify(applications[0].idea, lead)
    decide_all(applications[1:], other)
    final.decide(applications[0].idea, "admitted", reason="Bra.", by=other)
    signer = second_person(round)
    final.confirm(round, by=signer)
    final.release(round, by=other)
    made = protocol.make(round, by=other)

    readers = [each for each in (lead, other, substitute, signer, make_person()) if may_read_file(each, made.file)]

    assert readers == [other, signer]
    client.force_login(lead)
    assert client.get(reverse("deciding:protocols", args=[round.pk])).status_code == 403
    client.force_login(signer)
    page = client.get(reverse("deciding:protocols", args=[round.pk])).content.decode()
    assert made.file.sha256 in page
    assert client.get(made.file.get_absolute_url()).status_code == 200
