"""Prizes are data of a round, given with a reason, and read by nobody before they are announced."""

import pytest
from django.urls import reverse
from django.utils import translation

from oppdrift.history.models import Event
from oppdrift.sharing.models import Award, Prize
from oppdrift.sharing.policies.stories import may_give
from oppdrift.toolbox.answers import NotNow
from tests.factories import disqualify, make_person, make_round
from tests.sharing.making import make_project

pytestmark = pytest.mark.django_db


def make_prize(round=None, **fields) -> Prize:
    round = round or make_round(lead=make_person())
    return Prize.put(round, by=round.lead_in_charge(), **{"name": "Beste feil", **fields})


def test_a_round_begins_with_the_usual_three_once():
    round = make_round(lead=make_person())

    for _ in range(2):
        Prize.begin(round, by=round.lead_in_charge())

    assert [prize.name for prize in Prize.objects.filter(round=round)] == [
        "Årets innovasjon", "Stjel med stil", "Beste feil",
    ]  # fmt: skip
    with translation.override("nn"):
        assert Prize.objects.get(name="Stjel med stil").called == "Stel med stil"
    with translation.override("en"):
        assert Prize.objects.get(name="Stjel med stil").called == "Stjel med stil"


def test_an_award_is_secret_until_it_is_announced(client):
    lead = make_person()
    idea = make_project(round=make_round(lead=lead))
    award = Award.give(make_prize(idea.round), idea, reason="De fortalte om de 61 alarmene.", by=lead)
    assert [bool(Award.objects.seen_by(who)) for who in (lead, idea.created_by)] == [True, False]
    assert "61 alarmene" not in client.get(reverse("sharing:prizes")).content.decode()
    assert not Event.objects.about(idea).filter(verb__startswith="award").exists()

    award.announce(by=lead)

    assert "61 alarmene" in client.get(reverse("sharing:prizes")).content.decode()
    assert Event.objects.about(idea).filter(verb="award.announced").exists()


def test_it_needs_a_reason_and_is_given_once():
    lead = make_person()
    idea = make_project(round=make_round(lead=lead))
    prize = make_prize(idea.round)

    with pytest.raises(NotNow, match="reason"):
        Award.give(prize, idea, reason=" ", by=lead)
    Award.give(prize, idea, reason="Fordi.", by=lead)
    with pytest.raises(NotNow, match="already"):
        Award.give(prize, idea, reason="Fordi.", by=lead)
    with pytest.raises(NotNow, match="Somebody has got it"):
        prize.remove(by=lead)


def test_a_disqualified_lead_gives_the_project_nothing():
    lead = make_person()
    idea = make_project(round=make_round(lead=lead))
    disqualify(idea, lead)

    assert "disqualified" in may_give(lead, make_prize(idea.round), idea, "Fordi.")


def test_the_lead_takes_the_usual_ones_changes_gives_and_takes_back(client):
    lead = make_person(language="en")
    idea = make_project(round=make_round(lead=lead))
    client.force_login(lead)
    round = idea.round_id
    client.post(reverse("sharing:begin_prizes", args=[round]))
    first, second, third = Prize.objects.filter(round=round)

    refused = client.post(reverse("sharing:add_prize", args=[round]), {"name": "Beste feil"}).content.decode()
    client.post(reverse("sharing:add_prize", args=[round]), {"name": "Publikums pris"})
    client.post(reverse("sharing:change_prize", args=[first.pk]), {"name": "Årets løft"})
    client.post(reverse("sharing:remove_prize", args=[second.pk]))
    client.post(reverse("sharing:give_prize", args=[third.pk]), {"idea": idea.pk, "reason": "Fordi."})
    award = Award.objects.get()
    client.post(reverse("sharing:announce", args=[award.pk]))
    page = client.get(reverse("sharing:round_prizes", args=[round])).content.decode()
    client.post(reverse("sharing:take_award_back", args=[award.pk]))

    assert "a prize of this name already" in refused
    assert [prize.name for prize in Prize.objects.filter(round=round)] == ["Årets løft", "Beste feil", "Publikums pris"]
    assert "Announced" in page
    assert not Award.objects.exists()
