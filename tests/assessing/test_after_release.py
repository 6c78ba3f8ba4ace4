"""What a team, its leader and who runs the round meet once the shortlist is released."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse

from oppdrift.applications.models import Endorsement
from oppdrift.assessing import shortlist
from oppdrift.assessing.steps import steps_for
from oppdrift.gatherings.models import Invitation
from oppdrift.gatherings.steps import steps_for as gathering_steps
from oppdrift.history.models import Message
from oppdrift.ideas.sight import ties
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.once import remembering
from tests.factories import give_part, make_application, make_gathering, make_person
from tests.scenes import starts_from

from .making import make_led_round


def url(name, thing):
    return reverse(f"assessing:{name}", args=[thing.pk])


def make_spring():
    spring, lead = make_led_round()
    return SimpleNamespace(spring=spring, lead=lead)


def make_told(outcome):
    made = make_spring()
    made.told = tell(made.spring, made.lead, outcome, title="Nattro")
    return made


pytestmark = [pytest.mark.django_db, starts_from(make_spring)]
told = starts_from(make_told, "declined")
picked = starts_from(make_told, "admitted")


@pytest.fixture
def spring(scene):
    return scene.spring


@pytest.fixture
def lead(scene):
    return scene.lead


def tell(spring, lead, outcome="declined", **fields):
    """An application that is told its outcome, and one of its team."""
    member = make_person(language="en")
    application = make_application(round=spring, submitted=True, team=[member], **fields)
    shortlist.decide(application, outcome, reason="Slik er det.", by=lead)
    shortlist.release(spring, by=lead)
    return application, member


@pytest.mark.parametrize(("outcome", "words"), [("declined", "Not this time"), ("admitted", "Chosen")])
def test_the_pages_of_application_and_idea_show_the_outcome_and_lead_to_it(client, spring, lead, outcome, words):
    application, member = tell(spring, lead, outcome)
    client.force_login(member)

    for page in (application.get_absolute_url(), application.idea.get_absolute_url()):
        content = client.get(page).content.decode()
        assert words in content
        assert url("outcome", application) in content


def test_nobody_else_reads_the_outcome_on_the_page_of_an_idea_they_see(client, spring, lead):
    application, _member = tell(spring, lead, shared=True)
    client.force_login(make_person(language="en"))

    content = client.get(application.idea.get_absolute_url()).content.decode()

    assert "Not this time" not in content
    assert url("outcome", application) not in content


def test_before_the_release_the_pages_show_no_outcome(client, spring, lead):
    member = make_person(language="en")
    application = make_application(round=spring, submitted=True, team=[member])
    shortlist.decide(application, "declined", reason="Slik er det.", by=lead)
    client.force_login(member)

    for page in (application.get_absolute_url(), application.idea.get_absolute_url()):
        assert "Not this time" not in client.get(page).content.decode()
    assert steps_for(member) == []


@told
def test_a_team_that_does_not_go_on_has_its_answer_to_read_for_two_weeks(time_machine, scene):
    application, member = scene.told

    assert [step.url for step in steps_for(member)] == [url("outcome", application)]
    time_machine.move_to(now() + dt.timedelta(days=15))
    assert steps_for(member) == []


@told
def test_steps_of_a_team_cost_one_statement(django_assert_max_num_queries, scene):
    _application, member = scene.told

    with remembering():
        roles_held_by(member), ties(member)  # asked by other rooms too, once a page
        with django_assert_max_num_queries(1):
            assert len(steps_for(member)) == 1


# A team that says no


@picked
def test_a_no_to_the_pitch_is_a_step_of_the_lead_and_stands_on_the_shortlist(client, spring, lead, scene):
    application, member = scene.told
    application.idea.decisions.get().offer.give("no", by=member)
    client.force_login(lead)

    [step] = steps_for(lead)
    page = client.get(url("shortlist", spring))

    assert step.title == "Fill the place after “Nattro”, or go on without"
    assert step.why.endswith("Pick another one, or go on with 0.")
    assert step.url == url("shortlist", spring)
    assert [each.idea for each in page.context["picking"].turned_down] == [application.idea]
    assert url("go_on", application.idea.decisions.get().offer) in page.content.decode()


@picked
def test_going_on_without_settles_it_and_a_team_that_changes_its_mind_opens_it_again(client, lead, scene):
    application, member = scene.told
    offer = application.idea.decisions.get().offer
    offer.give("no", by=member)
    client.force_login(lead)

    client.post(url("go_on", offer))
    settled = steps_for(lead)
    offer.give("yes", by=member)
    offer.give("no", by=member)

    assert settled == []
    assert len(steps_for(lead)) == 1


def test_another_team_that_is_picked_takes_the_place(spring, lead):
    other = make_application(round=spring, submitted=True)
    shortlist.decide(other, "declined", reason="Nei.", by=lead)
    application, member = tell(spring, lead, "admitted")
    offer = application.idea.decisions.get().offer
    offer.give("no", by=member)

    shortlist.decide(other, "admitted", reason="Plassen er ledig.", by=lead)

    offer.refresh_from_db()
    assert offer.settled_at is not None
    assert [step.url for step in steps_for(lead)] == [url("release", spring)]


@picked
def test_who_has_not_said_no_is_not_gone_on_without(lead, scene):
    application, _member = scene.told

    with pytest.raises(NotNow, match="has not said no"):
        application.idea.decisions.get().offer.go_on(by=lead)


def test_a_no_to_guidance_frees_no_place(spring, lead):
    application, member = tell(spring, lead, "guidance_only")
    application.idea.decisions.get().offer.give("no", by=member)

    assert steps_for(lead) == []


# Pitch training


def test_the_release_invites_the_picked_to_the_training_that_is_by_invitation(client, spring, lead):
    training = make_gathering(round=spring, kind="pitch_training", title="Pitchetrening", by_invitation=True)
    cancelled = make_gathering(round=spring, kind="pitch_training", by_invitation=True)
    cancelled.cancel(by=lead, reason="For få.")
    declined = make_application(round=spring, submitted=True)
    shortlist.decide(declined, "declined", reason="Nei.", by=lead)

    application, member = tell(spring, lead, "admitted")

    invited = Invitation.objects.values_list("gathering", "person", "idea")
    assert set(invited) == {(training.pk, part.person_id, application.idea_id) for part in application.idea.team()}
    assert training.get_absolute_url() in [step.url for step in gathering_steps(member)]
    client.force_login(member)
    assert "Pitchetrening" in client.get(reverse("gatherings:gatherings")).content.decode()
    assert client.get(training.get_absolute_url()).status_code == 200


def test_nobody_is_invited_while_an_outcome_is_pending(spring, lead):
    make_gathering(round=spring, kind="pitch_training", by_invitation=True)

    shortlist.decide(make_application(round=spring, submitted=True), "admitted", reason="Ja.", by=lead)

    assert not Invitation.objects.exists()


# The leader


def supported(round, answer="supports", leader=None, **fields):
    application = make_application(round=round, submitted=True, **fields)
    by = application.idea.team().first().person
    address = leader.email if leader else "lars@fjordvik.example"
    Endorsement.ask(application, name="Lars Moen", address=address, by=by).give_answer(answer, words="Gjerne.")
    return application


def to_leaders():
    return Message.objects.filter(kind="outcome_leader").exclude(state="discarded")


def test_the_leader_who_supports_it_is_told_at_the_release(spring, lead):
    leader = make_person("Lars Moen", language="en")
    application = supported(spring, leader=leader)

    shortlist.decide(application, "declined", reason="Slik er det.", by=lead)
    letter = to_leaders().get()
    waits = (letter.state, letter.leaves_with)
    shortlist.release(spring, by=lead)

    assert waits == ("draft", "shortlist")
    assert letter.receiver == leader
    assert "It does not go on this time." in letter.body
    assert "Slik er det." not in letter.body
    assert url("outcome", application) in letter.body
    assert to_leaders().get().state == "queued"


def test_a_leader_without_an_account_is_written_to_at_their_address(spring, lead):
    application = supported(spring)

    shortlist.decide(application, "admitted", reason="Ja.", by=lead)

    letter = to_leaders().get()
    assert (letter.receiver, letter.address) == (None, "lars@fjordvik.example")
    assert application.endorsements.get().get_absolute_url() in letter.body
    assert url("outcome", application) not in letter.body


def test_whoever_decides_reads_the_letter_to_a_leader_without_the_link_that_is_the_leaders_own(spring, lead, client):
    application = supported(spring)
    shortlist.decide(application, "admitted", reason="Ja.", by=lead)
    client.force_login(lead)

    page = client.get(url("decide", application)).content.decode()

    assert to_leaders().get().subject in page
    assert application.endorsements.get().token not in page


def test_a_leader_who_said_not_now_gets_no_letter_and_a_new_leader_takes_the_place(spring, lead):
    shortlist.decide(supported(spring, "not_now"), "declined", reason="Nei.", by=lead)
    changed = supported(spring)
    shortlist.decide(changed, "admitted", reason="Ja.", by=lead)
    by = changed.idea.team().first().person
    changed.endorsements.get().take_back(by=by)
    Endorsement.ask(changed, name="Ny", address="ny@fjordvik.example", by=by).give_answer("supports")

    shortlist.release(spring, by=lead)

    assert [letter.address for letter in to_leaders()] == ["ny@fjordvik.example"]


@pytest.mark.parametrize("kind", ["endorser", "coach"])
@pytest.mark.parametrize(("outcome", "heading"), [("admitted", "picked for the pitch"), ("guidance_only", "guidance")])
def test_leader_and_coach_read_the_outcome_as_news_and_are_asked_nothing(client, spring, lead, kind, outcome, heading):
    application, _member = tell(spring, lead, outcome)
    reader = make_person(language="en")
    give_part(application.idea, reader, kind)
    client.force_login(reader)

    page = client.get(url("outcome", application)).content.decode()

    assert f"The team is {'offered ' if outcome == 'guidance_only' else ''}{heading}" in page
    assert "The team has not answered yet" in page
    for question in ("Will you pitch?", "Do you want guidance?", "You are "):
        assert question not in page
