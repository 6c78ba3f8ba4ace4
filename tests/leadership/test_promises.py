"""Promises are followed up at the modules, with words."""

import pytest
from django.urls import reverse

from oppdrift.applications.models import Promise
from oppdrift.history.models import Event
from oppdrift.leadership.models import FollowUp
from oppdrift.leadership.policies import may_follow_up
from oppdrift.leadership.section import about
from oppdrift.leadership.steps import steps_for
from oppdrift.toolbox.answers import NotNow
from tests.factories import disqualify, give_part, make_idea, make_person
from tests.leadership.in_the_house import make_module
from tests.leadership.test_participation import take_part

pytestmark = pytest.mark.django_db


def make_promise(**fields) -> Promise:
    """A leader who takes part has promised hours to an idea of their unit."""
    row = take_part()
    idea = make_idea(round=row.round, unit=row.unit)
    give_part(idea, row.person, "owner")
    words = {"text": "Fri hver torsdag", "hours": 40, "source": "endorsement", **fields}
    return Promise.give(idea, "leader", by=row.person, person=row.person, **words)


def test_on_the_way_leaves_it_open_and_kept_settles_it():
    promise = make_promise()
    leader = promise.person

    FollowUp.say(promise, "on_the_way", words="Vikaren begynner i mai.", by=leader)
    assert promise.outcome == ""
    FollowUp.say(promise, "kept", by=leader)

    promise.refresh_from_db()
    assert promise.outcome == "kept"
    assert [each.state for each in FollowUp.objects.filter(promise=promise)] == ["on_the_way", "kept"]
    assert {"promise.followed_up", "promise.kept"} <= set(Event.objects.values_list("verb", flat=True))
    with pytest.raises(NotNow, match="settled"):
        FollowUp.say(promise, "on_the_way", by=leader)


def test_not_kept_needs_words():
    promise = make_promise()

    with pytest.raises(NotNow, match="what happened instead"):
        FollowUp.say(promise, "not_kept", by=promise.person)
    FollowUp.say(promise, "not_kept", words="Vi fikk ikke vikar.", by=promise.person)

    promise.refresh_from_db()
    assert (promise.outcome, promise.words) == ("not_kept", "Vi fikk ikke vikar.")


def test_the_leader_the_lead_and_the_team_each_speak_for_their_own():
    promise = make_promise()
    idea, lead = promise.idea, promise.idea.round.lead_in_charge()
    team = idea.created_by
    ours = Promise.give(idea, "team", source="agreement", by=team, person=None, name="Teamet", text="Lista hver dag")

    assert [bool(may_follow_up(who, promise)) for who in (promise.person, lead, team)] == [True, True, False]
    assert [bool(may_follow_up(who, ours)) for who in (promise.person, lead, team)] == [False, True, True]
    disqualify(idea, lead)
    assert not may_follow_up(lead, promise)


def test_a_round_without_the_programme_follows_nothing_up():
    promise = make_promise()
    round = promise.idea.round
    round.stages = [stage for stage in round.stages if stage != "leadership"]
    round.save(update_fields=["stages"])

    assert "no leadership programme" in may_follow_up(promise.person, promise)


def test_after_a_module_a_word_is_due_and_then_it_is_not():
    promise = make_promise()
    leader = promise.person
    assert steps_for(leader) == []
    Promise.objects.update(given_at=promise.given_at.replace(year=2020))
    make_module(promise.idea.round, days=-1)

    (step,) = steps_for(leader)
    assert promise.idea.title in step.title
    assert "Fri hver torsdag" in step.why

    FollowUp.say(promise, "on_the_way", by=leader)
    assert steps_for(leader) == []


def test_it_is_said_on_the_page_at_a_module_and_stands_beside_the_others(client):
    promise = make_promise()
    module = make_module(promise.idea.round, days=-1, title="Prøv i det små")
    client.force_login(promise.person)
    say = reverse("leadership:say", args=[promise.pk])
    prefix = f"promise-{promise.pk}"

    refused = client.post(say, {f"{prefix}-state": "not_kept", f"{prefix}-words": "", f"{prefix}-module": ""})
    client.post(say, {f"{prefix}-state": "kept", f"{prefix}-words": "Hver torsdag.", f"{prefix}-module": module.pk})
    page = client.get(reverse("leadership:promises", args=[promise.idea_id])).content.decode()

    assert "instead" in refused.content.decode() or "i stedet" in refused.content.decode()
    assert "Hver torsdag." in page
    assert "Prøv i det små" in page
    assert FollowUp.objects.get().module == module
    client.force_login(make_person())
    assert client.get(reverse("leadership:promises", args=[promise.idea_id])).status_code == 404


def test_what_was_agreed_is_followed_up_where_there_is_no_leadership_programme():
    promise = make_promise(source="agreement")
    round = promise.idea.round
    round.stages = [stage for stage in round.stages if stage != "leadership"]
    round.save(update_fields=["stages"])

    assert may_follow_up(promise.person, promise)
    assert about(promise.idea, promise.person)["promises"] == [promise]
