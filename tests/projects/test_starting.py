"""From a decision to a project."""

import pytest
from django.urls import reverse

from oppdrift.applications.models import Endorsement, Promise
from oppdrift.assessing.models import OfferAnswer
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Decision, Part
from oppdrift.projects.beginning import unstarted
from oppdrift.projects.models import Project
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import make_application, make_person, make_round
from tests.projects.making import DAY, make_decided_idea, make_decision, make_project, started_project

pytestmark = [pytest.mark.django_db, started_project]


@pytest.fixture
def project(scene):
    return scene


def test_an_accepted_decision_becomes_a_project_with_its_grant_a_draft_of_an_agreement_and_two_reports():
    decision = make_decision(amount=200_000)

    project = Project.start(decision, by=decision.idea.lead_in_charge(), owner=make_person())

    assert (project.kind, project.state) == ("funded", "running")
    assert (project.grant.amount, project.grant.left, project.grant.unplanned) == (200_000, 200_000, 200_000)
    assert project.agreements.get().is_draft
    assert sorted(project.reports.values_list("kind", flat=True)) == ["description", "final"]
    assert Event.objects.filter(verb="project.started").exists()
    assert set(Message.objects.filter(kind="project_started").values_list("state", flat=True)) == {"draft"}


def test_guidance_that_the_team_wants_becomes_a_project_without_money():
    project = make_project(outcome="guidance_only")

    assert project.kind == "guidance"
    assert not hasattr(project, "grant")


def test_guidance_offered_at_the_shortlist_is_enough():
    idea = make_decided_idea()
    decision = Decision.make(idea, "shortlist", "guidance_only", reason="Lovende.", by=idea.lead_in_charge())
    offer = OfferAnswer.objects.create(decision=decision, until=now() + DAY)
    Decision.release([decision], by=idea.lead_in_charge())
    assert not unstarted().exists()

    offer.give("yes", by=idea.team().first().person)

    assert unstarted().get() == decision


@pytest.mark.parametrize(
    ("outcome", "answer"), [("admitted", ""), ("admitted", "no"), ("guidance_only", "no"), ("declined", "yes")]
)
def test_a_project_starts_from_what_the_team_has_said_yes_to(outcome, answer):
    decision = make_decision(outcome=outcome, answer=answer)

    with pytest.raises(NotNow, match="said yes"):
        Project.start(decision, by=decision.idea.lead_in_charge())


def test_a_decision_that_is_not_told_starts_nothing():
    idea = make_decided_idea()
    decision = Decision.make(idea, "final", "admitted", reason="Ja.", by=idea.lead_in_charge(), amount=1)

    with pytest.raises(NotNow):
        Project.start(decision, by=idea.lead_in_charge())


def test_a_project_starts_once(project):
    with pytest.raises(NotNow, match="already"):
        Project.start(project.decision, by=project.lead_in_charge())


def test_a_yes_stands_once_the_project_has_started(client, project):
    offer, page = project.decision.offer, reverse("deciding:outcome", args=[project.idea.pk])
    client.force_login(project.lead)

    with pytest.raises(NotNow, match="under way"):
        offer.give("no", by=project.lead)
    answer = client.post(reverse("deciding:answer", args=[offer.pk]), {"answer": "no"})

    offer.refresh_from_db()
    assert (answer.status_code, offer.answer) == (403, "yes")
    assert "Prosjektet er i gang. Snakk med programlederen" in answer.content.decode()
    shown = client.get(page).content.decode()
    assert "Prosjektet er i gang. Snakk med" in shown
    assert reverse("deciding:answer", args=[offer.pk]) not in shown


def test_a_no_that_came_since_the_offer_was_read_is_not_taken_up():
    offer = make_decision().offer
    read_before = OfferAnswer.objects.get(pk=offer.pk)
    offer.give("no", by=offer.decision.idea.team().first().person)

    with pytest.raises(NotNow, match="said yes"):
        read_before.take_up()


def test_a_no_that_comes_while_the_project_is_started_stops_the_start(monkeypatch):
    decision = make_decision()
    team = decision.idea.team().first().person
    monkeypatch.setattr(Project, "can_start", lambda _decision: decision.offer.give("no", by=team) is None)

    with pytest.raises(NotNow, match="said yes"):
        Project.start(decision, by=decision.idea.lead_in_charge())

    assert not Project.objects.exists()


def test_the_leader_who_stood_behind_it_is_suggested_as_owner_and_their_hours_are_promised():
    application = make_application(round=make_round(lead=make_person()), submitted=True)
    leader = make_person("Grete Hoel")
    asked = Endorsement.ask(application, name=leader.name, address=leader.email, by=application.idea.team()[0].person)
    asked.give_answer("supports", hours=120, words="Dette trenger vi.", by=leader)
    promise = Promise.objects.in_force().get(idea=application.idea)

    project = Project.start(make_decision(application.idea), by=application.idea.lead_in_charge())

    assert (promise.hours, promise.person, promise.source) == (120, leader, "endorsement")
    assert project.owner == leader
    assert project.idea.parts.in_force().filter(kind=Part.Kind.OWNER, person=leader).exists()
    agreement = project.agreements.get()
    assert (agreement.leader_hours, agreement.leader_gives) == (120, "Dette trenger vi.")


def test_a_leader_who_takes_the_support_back_has_promised_nothing():
    application = make_application(round=make_round(lead=make_person()), submitted=True)
    asked = Endorsement.ask(application, name="Grete", address="g@fjordvik.example", by=make_person())
    asked.give_answer("supports", hours=120)

    asked.give_answer("not_now")

    assert not Promise.objects.in_force().exists()
    assert Promise.objects.count() == 1


def test_those_who_run_the_round_do_not_own_a_project_in_it(project):
    with pytest.raises(NotNow, match="runs the round"):
        project.change_owner(project.lead_in_charge(), by=project.lead_in_charge())


def test_another_owner_takes_the_place_of_the_first(project):
    first, second = project.owner, make_person()

    project.change_owner(second, by=project.lead_in_charge())

    owners = project.idea.parts.in_force().filter(kind=Part.Kind.OWNER)
    assert [part.person for part in owners] == [second]
    assert first != second


def arrive_at(project: Project, state: str) -> None:
    lead = project.lead_in_charge()
    if state == "on_hold":
        project.hold(why="Teamet er sykt.", by=lead)
    if state == "finished":
        project.finish(by=lead)
    if state == "stopped":
        project.stop(why="Behovet falt bort.", by=lead)


@pytest.mark.parametrize("state", Project.State.values)
@pytest.mark.parametrize("verb", Project.MOVES)
def test_a_project_moves_as_its_table_says(project, verb, state):
    before, after = Project.MOVES[verb]
    arrive_at(project, state)
    words = {"why": "Vi venter på en leverandør."} if verb in ("hold", "stop") else {}

    if state in before:
        getattr(project, verb)(by=project.lead_in_charge(), **words)

        project.refresh_from_db()
        assert project.state in after
    else:
        with pytest.raises(NotNow):
            getattr(project, verb)(by=project.lead_in_charge(), **words)


def test_a_project_is_not_stopped_without_a_reason(project):
    with pytest.raises(NotNow, match="why"):
        project.stop(why=" ", by=project.lead_in_charge())
