"""Unclear but promising: what is asked, who is invited, what a clearer version changes."""

import datetime as dt

import pytest
from django.urls import reverse

from oppdrift.assessing.models import Assessment, Given, Improvement, Judgement
from oppdrift.assessing.unclear import gathered, questions_about
from oppdrift.gatherings.models import Invitation
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Decision
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import make_gathering, make_person, make_round
from tests.scenes import starts_from

from .making import make_assessor, make_assigned, make_led_round

SOON = dt.timedelta(days=20)


def hand_in_unclear(application, assessor, **questions):
    """Handed in with these questions, by criterion."""
    scores = {key: Given(points=3, is_unclear=True, unclear=text) for key, text in questions.items()}
    scores = {"need": Given(points=3), "novelty": Given(points=3), "ordinary": Given(passed=True)} | scores
    return Assessment.hand_in(application, Judgement(scores, fit="yes"), by=assessor)


def make_unclear(team=None):
    round, lead = make_led_round()
    first, second = make_assessor(round), make_assessor(round)
    application = make_assigned(round, lead, first, second, team=team or [make_person(), make_person()])
    hand_in_unclear(application, first, need="Hvem gjelder det?", novelty="Hva er nytt?")
    hand_in_unclear(application, second, need="Hvor mange er de?")
    return application, lead


unclear = starts_from(make_unclear)
pytestmark = [pytest.mark.django_db, unclear]


def prepare(application, lead, **fields):
    workshop = fields.pop("gathering", None) or make_gathering(round=application.round, kind="improvement_workshop")
    return Improvement.prepare(
        application,
        **{"unclear": "Hvem gjelder det?", "until": now() + SOON, "gathering": workshop, "by": lead} | fields,
    )


def test_what_is_unclear_is_gathered_per_criterion_without_names(scene):
    application, _lead = scene

    text = gathered(application)

    assert text == "Need:\nHvem gjelder det?\nHvor mange er de?\n\nNovelty:\nHva er nytt?"


def test_what_a_disqualified_assessor_asked_is_left_out(scene):
    application, _lead = scene
    last = application.assessments.last()
    last.discounted_at = now()
    last.save()

    assert "Hvor mange" not in gathered(application)


def test_questions_are_gathered_in_one_statement(django_assert_num_queries):
    applications = [make_unclear()[0] for _ in range(3)]

    with django_assert_num_queries(1):
        assert len(questions_about(applications)) == 3


def test_an_invitation_opens_the_application_and_leaves_letters_to_be_read(scene):
    application, lead = scene
    improvement = prepare(application, lead)

    improvement.invite(by=lead)

    application.refresh_from_db()
    assert application.is_improving
    team = [part.person for part in application.idea.team()]
    letters = Message.objects.filter(kind="unclear_invitation")
    assert {letter.receiver for letter in letters} == set(team)
    assert {letter.state for letter in letters} == {"draft"}
    assert all("Hvem gjelder det?" in letter.body for letter in letters)
    assert {row.person for row in Invitation.objects.filter(idea=application.idea)} == set(team)
    assert Event.objects.about(application.idea).filter(verb="improvement.invited").count() == 1


def test_the_team_reads_what_is_unclear_where_it_writes(client, scene):
    application, lead = scene
    improvement = prepare(application, lead, unclear="Hvem gjelder det? <Alle>\n\nHva er nytt?")
    client.force_login(application.idea.team()[0].person)
    where = reverse("applications:write", args=[application.pk])
    application.open_for_improvement(now() + SOON, by=lead)

    before = client.get(where).content.decode()
    improvement.invite(by=lead)
    after = client.get(where).content.decode()

    assert "unclear-asked" not in before
    assert "Dette er uklart for vurderingsgruppen" in after
    assert "Hvem gjelder det? &lt;Alle&gt;" in after
    assert "Hvor mange er de?" not in after, "only what the lead has chosen to ask"
    assert f'{application.idea.get_absolute_url()}#unclear"' not in after, "no link to what stands there"


def test_a_team_is_invited_once(scene):
    application, lead = scene
    improvement = prepare(application, lead)
    improvement.invite(by=lead)

    with pytest.raises(NotNow, match="invited already"):
        Improvement.objects.get().invite(by=lead)

    assert Message.objects.filter(kind="unclear_invitation").count() == 2


def test_prepared_again_the_new_words_stand(scene):
    application, lead = scene
    prepare(application, lead)

    prepare(application, lead, unclear="Hva koster det?")

    assert Improvement.objects.get().unclear == "Hva koster det?"


def test_an_invitation_needs_a_workshop_that_is_ahead(scene):
    application, lead = scene
    improvement = prepare(application, lead)
    improvement.gathering = None
    improvement.save()

    with pytest.raises(NotNow, match="workshop"):
        improvement.invite(by=lead)


def test_a_workshop_of_another_round_will_not_do(scene):
    application, lead = scene

    with pytest.raises(NotNow, match="another round"):
        prepare(application, lead, gathering=make_gathering(round=make_round()))


def test_after_the_shortlist_it_is_too_late_to_improve(scene):
    application, lead = scene
    decision = Decision.make(application.idea, "shortlist", "declined", reason="Nei", by=lead)
    Decision.release([decision], by=lead)

    with pytest.raises(NotNow, match="too late"):
        prepare(application, lead)


def test_more_time_can_be_given_and_never_less(scene):
    application, lead = scene
    improvement = prepare(application, lead)
    improvement.invite(by=lead)

    improvement.prolong(improvement.until + dt.timedelta(days=2), by=lead)

    application.refresh_from_db()
    assert application.improve_until == improvement.until
    with pytest.raises(NotNow, match="later"):
        improvement.prolong(now() + dt.timedelta(days=1), by=lead)
