"""From the shortlist to the measurements two years later, with the numbers that the programme is known by."""

import pytest
from django.db.models import Sum

from oppdrift.applications.models import Promise
from oppdrift.assessing.models import OfferAnswer
from oppdrift.benefits import figures
from oppdrift.benefits.models import Adoption, Benefit, Measurement
from oppdrift.deciding.models import Protocol, Sitting
from oppdrift.demo.build import build
from oppdrift.gatherings.models import Gathering, SignUp
from oppdrift.history.models import Message
from oppdrift.ideas.models import Decision, Idea
from oppdrift.leadership.models import FollowUp, Participation, Reflection
from oppdrift.pitching import results
from oppdrift.pitching.models import Ballot, Pitch, PitchDay, Rehearsal, Seat
from oppdrift.projects import money
from oppdrift.projects.models import Agreement, GuidanceSession, Project, Report
from oppdrift.rounds.models import Round
from oppdrift.sharing.models import Ask, Conference, Lesson, Link, Slot, Story
from oppdrift.toolbox import dates
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.separation import separation
from tests.stories.walking import a_day_between, pages_that_fail

pytestmark = pytest.mark.django_db


def the_round() -> Round:
    return PitchDay.objects.get().round


@a_day_between
def test_on_the_morning_of_the_pitch_day_everybody_has_something_to_do(client):
    build("pitch-day")

    day = PitchDay.objects.get()

    assert pages_that_fail(client) == []
    assert dates.date_of(day.appointment.starts_at) == today(), "whatever weekday it is"
    assert Seat.objects.filter(day=day).count() == 24
    assert not day.has_begun


@a_day_between
def test_eight_teams_pitch_to_a_panel_that_cannot_choose(client):
    build("decision")
    assert pages_that_fail(client) == []
    day = PitchDay.objects.get()
    round = day.round

    # S8, released: eight picked, and all of them come
    admitted = Decision.objects.known().at("shortlist").filter(idea__round=round, outcome="admitted")
    assert admitted.count() == 8
    assert not OfferAnswer.objects.filter(decision__in=admitted).exclude(answer="yes").exists()

    # S9: each rehearsed twice, with the clock of the day
    assert Rehearsal.objects.booked().count() == 16
    attempts = [rehearsal.attempts.get().used_ms for rehearsal in Rehearsal.objects.booked()]
    assert sum(used > 200_000 for used in attempts) == 8, "nobody was in time the first time"

    # S10: three minutes each, a panel of 24, two of them disqualified from one project each
    assert Pitch.objects.filter(day=day).exclude(done_at=None).count() == 8
    assert all(abs(pitch.used_ms - 180_000) < 15_000 for pitch in day.pitches.all())
    assert Seat.objects.filter(day=day).count() == 24
    assert sorted(result.barred for result in results.of(day)) == [0] * 6 + [1, 1]
    assert Ballot.objects.count() == 8 * 24 - 2
    assert day.locked_at

    # S11: the scores separate none of them
    found = separation(results.totals(day), seed=Sitting.of(round).seed)
    assert (found.compared, found.apart) == (8, 0)


def test_all_eight_go_on_though_four_or_five_were_planned(client):
    build("autumn")
    assert pages_that_fail(client) == []
    round = the_round()

    decisions = Decision.objects.known().at("final").filter(idea__round=round)
    assert (round.places_from, round.places_to) == (4, 5)
    assert decisions.filter(outcome="admitted").count() == 8
    assert len(set(decisions.values_list("released_at", flat=True))) == 1
    sitting = Sitting.objects.get(round=round)
    assert "ingen i ledergruppen" in sitting.reason
    assert sitting.confirmations.released().get().by.name == "Anne Grete Holmberg"
    assert Protocol.objects.get().sitting == sitting
    assert not Message.objects.filter(leaves_with="decision").exists(), "every letter of the decision has left"

    # S1: money that agrees
    sums = money.of_round(round)
    assert (sums.budget, sums.granted, sums.left) == (2_000_000, 1_940_000, 60_000)
    assert sums.transferred == sum(grant.made for grant in (project.grant for project in Project.objects.funded()))

    # S12 and S14: agreements, coaches, sessions; also for the two who are guided without funding
    projects = Project.objects.of_round(round)
    assert (projects.funded().count(), projects.count()) == (8, 10)
    assert Agreement.objects.agreed().count() == 10
    assert all(project.coaches().exists() for project in projects)
    assert GuidanceSession.objects.held().of_round(round).count() >= 20
    assert projects.silent().exists(), "somebody has gone silent, and it is seen"
    joint = Gathering.objects.filter(round=round, kind=Gathering.Kind.JOINT)
    assert joint.count() == 4

    # S2: leaders and enthusiasts of four units, one without a project
    assert Participation.objects.filter(round=round).values("unit").distinct().count() == 4
    assert Participation.objects.filter(round=round, person__name="Turid Helle").exists()
    assert Reflection.objects.exists()
    modules = Gathering.objects.filter(round=round, kind=Gathering.Kind.LUP_MODULE)
    assert (modules.past().count(), modules.coming_up().count()) == (2, 1)
    noted = SignUp.objects.exclude(came=None).filter(gathering__in=modules)
    assert set(noted.values_list("gathering", flat=True)) == set(modules.past().values_list("pk", flat=True))
    assert {row.came for row in noted} == {True, False}

    # S13: they help each other
    assert Link.objects.confirmed().of_round(round).count() >= 3
    assert Ask.objects.closed().exists()


@a_day_between
def test_eight_projects_are_ready_for_the_conference_or_it_says_what_is_missing(client):
    build("conference")
    assert pages_that_fail(client) == []
    round = the_round()

    conference = Conference.objects.get(gathering__round=round)
    talks = Slot.objects.filter(conference=conference).talks()

    assert talks.count() == 8
    assert conference.published_at
    assert Round.objects.alive().count() == 2, "the next round has begun"


def test_the_effect_is_measured_and_has_spread(client):
    build("afterwards")
    assert pages_that_fail(client) == []
    round = the_round()

    # S16 and S15: pages, lessons and stories that anybody may read
    assert Idea.objects.published().filter(round=round).count() == 8
    assert Story.objects.published().count() == 4
    assert Lesson.objects.shown().count() >= 8

    # S2: what leaders promised is followed up at the modules, until it is kept or it is said why not
    said = FollowUp.objects.filter(promise__idea__round=round)
    assert said.exclude(module=None).exists()
    assert {each.state for each in said} == {"kept", "on_the_way", "not_kept"}
    assert not Promise.objects.by_leaders().open().filter(idea__in=said.values("promise__idea")).exists()

    # Reports, after a year
    final = Report.objects.filter(kind="final", project__idea__round=round)
    assert final.count() == 10
    assert not final.exclude(state="accepted").exists()

    # Measurements after 6, 12 and 24 months, and what is not measured says so
    made = Measurement.objects.in_force().made().filter(kind="follow_up", benefit__idea__round=round)
    assert {6, 12, 24} <= set(made.values_list("after_months", flat=True))
    assert Measurement.objects.waiting().filter(benefit__idea__round=round).exists()
    everything = figures.among(Benefit.objects.in_round(round))
    assert any(figure.benefit.is_negative for figure in everything.all)
    assert everything.saved.kroner is not None
    assert everything.used_otherwise.kroner is not None

    # One solution is copied by three units and one other municipality
    copied = Adoption.objects.in_use().filter(idea__title="Nattro på Solbakken")
    assert copied.exclude(unit=None).count() == 3
    assert copied.filter(unit=None).count() == 1

    # S1: three rounds before, three after
    assert Round.objects.filter(year__lt=round.year).count() == 3
    assert Round.objects.filter(year__gt=round.year).count() == 3
    assert Decision.objects.known().at("final").aggregate(Sum("amount"))["amount__sum"] > 1_940_000
