"""The reference year of the programme, told by the demo's deeds, has the numbers that the programme is known by."""

import pytest
from django.db.models import Sum

from oppdrift.applications.models import Application
from oppdrift.assessing import shortlist
from oppdrift.assessing.models import Assessment, Improvement, Standing
from oppdrift.demo.build import build
from oppdrift.demo.calendar import Calendar, NoSuchStage
from oppdrift.front.year import YearOf
from oppdrift.gatherings.models import SignUp
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import NotNow
from tests.stories.walking import a_day_between, pages_that_fail

pytestmark = pytest.mark.django_db


def lead() -> Person:
    return Person.objects.get(name="Ingrid Solhaug")


def test_the_year_goes_from_ideas_to_eight_teams_invited_to_pitch():
    build("shortlist")
    round = Round.objects.alive().get()

    # S4: ideas and workshops
    assert Idea.objects.filter(round=round).count() == 41
    coming = SignUp.objects.coming().filter(gathering__kind="application_workshop")
    assert coming.count() == 63
    assert SignUp.objects.waiting().count() == 3

    # S5: 25 in time, one twenty minutes late
    handed_in = Application.objects.in_round(round).handed_in()
    assert handed_in.count() == 25
    assert handed_in.aggregate(Sum("amount"))["amount__sum"] == 6_900_000
    late = Event.objects.get(verb="application.refused_late")
    assert late.data["minutes"] == 20
    assert Application.objects.in_round(round).drafts().get().idea.title == "Hagen som medisin"

    # S6: five invited, four come back clearer
    assert Improvement.objects.invited().count() == 5
    improved = [one.application for one in Improvement.objects.invited() if one.application.versions.count() == 2]
    assert len(improved) == 4
    for application in improved:
        totals = [
            version.assessments.counted().aggregate(Sum("total"))["total__sum"]
            for version in application.versions.all()
        ]
        assert totals[1] > totals[0]

    # S7: three assessments each, none by somebody disqualified
    assert Assessment.objects.handed_in().filter(version__number=1).count() == 75
    assert Standing.objects.filter(application__in=handed_in, counted=3).count() == 25
    for assessment in Assessment.objects.select_related("application__idea"):
        assert not assessment.application.idea.disqualifications.filter(person=assessment.assessor).exists()

    # S8: eight picked, nobody told before the release
    decisions = Decision.objects.in_force().at("shortlist")
    assert decisions.count() == 25
    assert not decisions.released().exists()
    assert (
        not Message.objects.filter(kind__in=["shortlisted", "declined", "guidance_only"])
        .exclude(state="draft")
        .exists()
    )

    shortlist.release(round, by=lead())

    admitted = decisions.released().filter(outcome="admitted")
    assert admitted.count() == 8
    money = Application.objects.filter(idea__in=admitted.values("idea")).aggregate(Sum("amount"))["amount__sum"]
    assert money == 1_940_000
    others = decisions.exclude(outcome="admitted")
    assert others.count() == 17
    assert others.filter(outcome="guidance_only").count() == 2
    assert len(set(decisions.values_list("released_at", flat=True))) == 1
    assert not Message.objects.filter(kind__in=["shortlisted", "declined", "guidance_only"], state="draft").exists()
    assert YearOf(round).counts.shortlisted == 8
    with pytest.raises(NotNow):
        shortlist.release(round, by=lead())


@a_day_between
@pytest.mark.parametrize("stage", ["call", "assessing", "improving", "shortlist"])
def test_today_is_in_the_stage_that_was_asked_for(stage, client):
    calendar = Calendar.with_today_at(stage)

    build(stage)

    round = Round.objects.alive().get()
    assert round.deadline == calendar.moment("2019-02-15T12:00")
    assert round.is_open == (stage == "call")
    assert round.deadline.weekday() == 4, "the deadline stays a Friday"
    assert pages_that_fail(client) == []


def test_a_stage_that_the_year_does_not_have_is_refused():
    with pytest.raises(NoSuchStage):
        build("easter")


@a_day_between
def test_three_earlier_rounds_stand_behind_it_with_what_is_known_of_them():
    build("call")

    earlier = Round.objects.exclude(closed_at=None).order_by("year")

    assert earlier.count() == 3
    first, second, third = earlier
    granted = Decision.objects.known().filter(outcome="admitted")
    known = [granted.filter(idea__round=each).aggregate(Sum("amount"))["amount__sum"] for each in earlier]
    assert known == [1_710_000, 2_400_000, 1_695_000]
    assert [granted.filter(idea__round=each, amount=None).count() for each in earlier] == [2, 0, 1]
    assert second.ideas.count() == 10  # 27 came in; of the others no name is known
    former = first.ideas.get(unit_name="Sjøkanten bosenter")
    assert former.unit is None
    assert third.ideas.exclude(withdrawn_at=None).get().title == "Passordet du slipper"
