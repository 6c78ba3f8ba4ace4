"""What is true of the reference year when it has come to each of its stages: the numbers that the programme has."""

from collections.abc import Callable

import pytest
from django.db.models import Sum

from oppdrift.applications.models import Application, Promise
from oppdrift.assessing import shortlist
from oppdrift.assessing.models import Assessment, Improvement, OfferAnswer, Standing
from oppdrift.benefits import figures
from oppdrift.benefits.models import Adoption, Benefit, Measurement
from oppdrift.deciding.models import Protocol, Sitting
from oppdrift.front.year import YearOf
from oppdrift.gatherings.models import Gathering, SignUp
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Decision, Idea
from oppdrift.leadership.models import FollowUp, Participation, Reflection
from oppdrift.people.models import Person
from oppdrift.pitching import results
from oppdrift.pitching.models import Ballot, Pitch, PitchDay, Rehearsal, Seat
from oppdrift.projects import money
from oppdrift.projects.models import Agreement, GuidanceSession, Project, Report
from oppdrift.rounds.models import Round
from oppdrift.sharing.models import Ask, Conference, Lesson, Link, Slot, Story
from oppdrift.toolbox import dates
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.separation import separation
from tests.pitching.making import totals_of

OF_THE_SHORTLIST = ["shortlisted", "declined", "guidance_only"]


def the_round() -> Round:
    return PitchDay.objects.get().round


def the_call_is_open() -> None:
    round = Round.objects.alive().get()

    assert round.is_open
    assert round.deadline.weekday() == 4, "the deadline stays a Friday"

    # S4: ideas and workshops
    coming = SignUp.objects.coming().filter(gathering__kind="application_workshop")
    assert coming.count() == 63
    assert SignUp.objects.waiting().count() == 3

    # S1: three rounds stand behind it, with what is known of them
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


def assessors_read() -> None:
    round = Round.objects.alive().get()

    assert not round.is_open
    assert Idea.objects.filter(round=round).count() == 41

    # S5: 25 in time, one twenty minutes late
    handed_in = Application.objects.in_round(round).handed_in()
    assert handed_in.count() == 25
    assert handed_in.aggregate(Sum("amount"))["amount__sum"] == 6_900_000
    late = Event.objects.get(verb="application.refused_late")
    assert late.data["minutes"] == 20
    assert Application.objects.in_round(round).drafts().get().idea.title == "Hagen som medisin"


def five_are_asked_to_be_clearer() -> None:
    assert Improvement.objects.invited().count() == 5


def eight_are_picked_and_nobody_is_told() -> None:
    round = Round.objects.alive().get()
    handed_in = Application.objects.in_round(round).handed_in()

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

    # S8: nobody is told before the release
    decisions = Decision.objects.in_force().at("shortlist")
    assert decisions.count() == 25
    assert not decisions.released().exists()
    assert not Message.objects.filter(kind__in=OF_THE_SHORTLIST).exclude(state="draft").exists()


def on_its_morning_everybody_has_something_to_do() -> None:
    day = PitchDay.objects.get()

    # S8, released at one moment
    decisions = Decision.objects.in_force().at("shortlist").filter(idea__round=day.round)
    admitted = decisions.released().filter(outcome="admitted")
    assert admitted.count() == 8
    money = Application.objects.filter(idea__in=admitted.values("idea")).aggregate(Sum("amount"))["amount__sum"]
    assert money == 1_940_000
    others = decisions.exclude(outcome="admitted")
    assert others.count() == 17
    assert others.filter(outcome="guidance_only").count() == 2
    assert len(set(decisions.values_list("released_at", flat=True))) == 1
    assert not Message.objects.filter(kind__in=OF_THE_SHORTLIST, state="draft").exists()
    assert YearOf(day.round).counts.shortlisted == 8
    with pytest.raises(NotNow):
        shortlist.release(day.round, by=Person.objects.get(name="Ingrid Solhaug"))

    # S9 and S10 are prepared
    assert dates.date_of(day.appointment.starts_at) == today(), "whatever weekday it is"
    assert Seat.objects.filter(day=day).count() == 24
    assert not day.has_begun


def a_panel_cannot_choose() -> None:
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
    found = separation(totals_of(day), seed=Sitting.of(round).seed)
    assert (found.compared, found.apart) == (8, 0)


def all_eight_go_on_though_four_or_five_were_planned() -> None:
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


def eight_projects_are_ready_for_the_conference() -> None:
    round = the_round()

    conference = Conference.objects.get(gathering__round=round)
    talks = Slot.objects.filter(conference=conference).talks()

    assert talks.count() == 8
    assert conference.published_at
    assert Round.objects.alive().count() == 2, "the next round has begun"


def the_effect_is_measured_and_has_spread() -> None:
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


AT: dict[str, Callable[[], None]] = {
    "call": the_call_is_open,
    "assessing": assessors_read,
    "improving": five_are_asked_to_be_clearer,
    "shortlist": eight_are_picked_and_nobody_is_told,
    "pitch-day": on_its_morning_everybody_has_something_to_do,
    "decision": a_panel_cannot_choose,
    "autumn": all_eight_go_on_though_four_or_five_were_planned,
    "conference": eight_projects_are_ready_for_the_conference,
    "afterwards": the_effect_is_measured_and_has_spread,
}
