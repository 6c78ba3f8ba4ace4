"""What the first page says to somebody who owes nothing."""

import datetime as dt

import pytest
from django.urls import reverse

from oppdrift.ideas.models import Decision
from oppdrift.rounds.models import Milestone
from oppdrift.sharing.models import Conference
from oppdrift.toolbox.clock import now
from tests.factories import give_role, make_application, make_person, make_round
from tests.sharing.making import make_conference

pytestmark = pytest.mark.django_db


def words_for(client, person) -> str:
    client.force_login(person)
    return client.get("/").context["next_words"]


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("panel", ["Next for you: Pitchedag", "Then you hear the teams."]),
        ("coach", ["Next for you: Beslutning", "Then it is clear which teams get guidance."]),
    ],
)
def test_who_has_a_role_and_owes_nothing_reads_what_comes_and_when(client, role, words):
    spring = make_round()
    Milestone.objects.create(round=spring, kind="pitch_day", name="Pitchedag", at=now() + dt.timedelta(days=30))
    Milestone.objects.create(round=spring, kind="decision", name="Beslutning", at=now() + dt.timedelta(days=32))
    person = make_person(language="en")
    give_role(spring, person, role)

    said = words_for(client, person)

    assert all(each in said for each in words)


def test_a_day_that_has_passed_or_of_another_round_is_not_announced(client):
    spring, other = make_round(), make_round()
    Milestone.objects.create(round=spring, kind="pitch_day", name="Pitchedag", at=now() - dt.timedelta(days=3))
    Milestone.objects.create(round=other, kind="pitch_day", name="En annen dag", at=now() + dt.timedelta(days=3))
    person = make_person(language="en")
    give_role(spring, person, "panel")

    assert "you hear the teams" not in words_for(client, person)


def test_an_application_chosen_for_the_pitch_does_not_read_as_admitted_and_waits_for_no_decision_it_knows(client):
    spring = make_round()
    Milestone.objects.create(round=spring, kind="decision", name="Beslutning", at=now() + dt.timedelta(hours=1))
    member = make_person(language="en")
    application = make_application(round=spring, submitted=True, team=[member])
    Decision.make(application.idea, "shortlist", "admitted", reason="Bra.", by=None)
    Decision.objects.update(released_at=now() - dt.timedelta(days=20))
    assert "Next for you: Beslutning" in words_for(client, member)
    page = client.get("/").content.decode()
    assert "Chosen" in page
    assert "Admitted" not in page

    Decision.make(application.idea, "final", "admitted", reason="Bra.", amount=100_000, by=None)
    Decision.objects.filter(stage="final").update(released_at=now() - dt.timedelta(days=20))

    assert "Beslutning" not in words_for(client, member)
    assert "Admitted" in client.get("/").content.decode()


def test_a_stranger_finds_the_published_programme_of_the_conference_before_and_after_the_day(client):
    conference = make_conference(make_round(lead=make_person(), published=True))
    address = reverse("sharing:programme", args=[conference.pk])
    assert address not in client.get("/").content.decode()

    Conference.objects.update(published_at=now())

    page = client.get("/")
    assert address in page.content.decode()
    assert not page.context["is_past"]
    conference.appointment.move(starts_at=now() - dt.timedelta(days=9), ends_at=now() - dt.timedelta(days=8))
    page = client.get("/")
    assert address in page.content.decode()
    assert page.context["is_past"]
