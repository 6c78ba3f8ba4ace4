"""Making the day, and leading it."""

import pytest

from oppdrift.assessing.models import OfferAnswer
from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision, Part
from oppdrift.pitching.models import Pitch, PitchDay, Seat
from oppdrift.rounds.models import Stage
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import disqualify, give_role, make_person, make_round
from tests.pitching.making import do, host, make_day, no_panel, one_team, shortlist, three_teams, two_teams

pytestmark = pytest.mark.django_db


def names(day: PitchDay) -> list[str]:
    return [pitch.idea.title for pitch in day.pitches.on_stage().select_related("idea")]


def test_those_who_said_no_do_not_pitch():
    round = make_round(lead=make_person())
    coming, _gone = shortlist(round, "Vannvakta", "Nattro")
    OfferAnswer.objects.get(decision__idea=_gone).give("no", by=make_person())

    day = PitchDay.make(round, starts_at=now(), ends_at=now().replace(year=2099), by=round.lead_in_charge())

    assert [pitch.idea for pitch in day.pitches.all()] == [coming]


def test_a_round_without_pitch_has_no_day():
    lead = make_person()
    round = make_round(lead=lead, stages=[stage for stage in Stage.values if stage != "pitching"])
    shortlist(round)

    with pytest.raises(NotNow, match="no pitch"):
        PitchDay.make(round, starts_at=now(), ends_at=now().replace(year=2099), by=lead)


def test_the_order_is_drawn_again_from_its_seed():
    from oppdrift.pitching.drawing import Team, drawn

    day = make_day("Sommerbarna", "Vannvakta", "Nattro", "Felles nøkkel", "Brevet")

    teams = [Team(pitch.idea_id, pitch.idea.unit_id) for pitch in day.pitches.select_related("idea")]
    assert drawn(teams, day.seed) == [pitch.idea_id for pitch in day.pitches.all()]


def test_two_of_a_unit_do_not_follow_each_other_when_it_can_be_helped():
    from oppdrift.pitching.drawing import Team, drawn, in_a_row

    teams = [Team(1, "a"), Team(2, "a"), Team(3, "b"), Team(4, "b"), Team(5, None)]

    by_key = {team.key: team for team in teams}
    assert all(not in_a_row([by_key[key] for key in drawn(teams, str(seed))]) for seed in range(20))


@three_teams
def test_the_order_is_changed_by_hand_with_a_reason(scene):
    day = scene
    keys = [pitch.pk for pitch in day.pitches.all()]

    with pytest.raises(NotNow, match="Write why"):
        day.reorder(keys[::-1], reason=" ", by=host(day))
    day.reorder(keys[::-1], reason="Nattro må rekke vakta.", by=host(day))

    assert [pitch.pk for pitch in day.pitches.all()] == keys[::-1]
    assert day.order_reason == "Nattro må rekke vakta."


@three_teams
def test_those_who_have_been_on_stage_keep_their_places(scene):
    day = scene
    do(day, "next")
    keys = [pitch.pk for pitch in day.pitches.all()]

    with pytest.raises(NotNow, match="keep their places"):
        day.reorder(keys[::-1], reason="Bytte", by=host(day))


@two_teams
def test_a_team_that_is_picked_later_comes_last_and_one_that_says_no_goes_out(scene):
    day = scene
    (late,) = shortlist(day.round, "Brevet")
    first = day.pitches.first().idea
    OfferAnswer.objects.get(decision__idea=first).give("no", by=make_person())

    day.bring_up_to_date(by=host(day))

    assert day.pitches.on_stage().last().idea == late
    assert first.title not in names(day)
    assert [pitch.order for pitch in day.pitches.on_stage()] == [1, 2]


@no_panel
def test_the_panel_gets_seats_and_reads_what_it_may(scene):
    day = scene
    member, barred = make_person(), make_person()
    for person in (member, barred):
        give_role(day.round, person, "panel")
    first, second = [pitch.idea for pitch in day.pitches.all()]
    disqualify(first, barred)

    Seat.make_all(day, by=host(day))
    Seat.make_all(day, by=host(day))

    assert day.seats.count() == 2
    parts = Part.objects.filter(kind="panel")
    assert set(parts.values_list("person", "idea")) == {
        (member.pk, first.pk), (member.pk, second.pk), (barred.pk, second.pk)
    }  # fmt: skip


@two_teams
def test_two_starts_are_one(scene):
    day = scene
    do(day, "next", "start")
    before, started_at = day.version, day.on.started_at

    assert not day.command("start", by=host(day), seen=day.on_id)

    day.refresh_from_db()
    assert (day.version, day.on.started_at) == (before, started_at)
    assert Event.objects.filter(verb="pitch_day.start").count() == 1


@two_teams
def test_of_two_who_start_at_once_the_second_changes_nothing(time_machine, scene):
    time_machine.move_to("2019-04-24T10:00:00+02:00", tick=False)
    day = scene
    do(day, "next")
    one, other = (PitchDay.objects.select_related("on").get() for _ in range(2))

    one.command("start", by=host(day), seen=one.on_id)
    time_machine.shift(1)

    assert not other.command("start", by=host(day), seen=other.on_id), "it has read the team before the first start"
    assert Pitch.objects.get(pk=one.on_id).used_ms == 1000


@three_teams
def test_two_presses_on_next_call_one_team(scene):
    day = scene
    do(day, "next", "start", "over_to_questions")
    seen = day.on_id

    day.command("next", by=host(day), seen=seen)
    assert not day.command("next", by=host(day), seen=seen)

    assert day.on.order == 2


def test_only_the_host_commands_and_another_may_take_over():
    day, other = make_day(), make_person("Marius Vik")
    do(day, "next")

    with pytest.raises(NotNow, match="is host now"):
        day.command("start", by=other, seen=day.on_id)
    day.take_baton(by=other)
    day.command("start", by=other, seen=day.on_id)

    assert day.on.started_at


@two_teams
def test_a_pause_stops_the_clock_and_the_break_lets_the_next_team_wait(time_machine, scene):
    time_machine.move_to("2019-04-24T10:00:00+02:00", tick=False)
    day = scene
    do(day, "next", "start")
    time_machine.shift(60)
    do(day, "pause")
    time_machine.shift(600)
    do(day, "resume")
    time_machine.shift(30)
    assert day.on.used_ms == 90_000

    do(day, "over_to_questions", "take_break")

    assert day.break_at
    assert day.on.is_done
    do(day, "end_break")
    assert day.on.order == 2
    assert day.break_at is None


@two_teams
def test_back_from_the_questions_the_clock_stands_where_it_stood(time_machine, scene):
    time_machine.move_to("2019-04-24T10:00:00+02:00", tick=False)
    day = scene
    do(day, "next", "start")
    time_machine.shift(100)
    do(day, "over_to_questions")
    time_machine.shift(20)

    do(day, "back")

    assert day.on.used_ms == 100_000
    assert day.on.clock.is_paused


@two_teams
def test_a_team_called_by_mistake_goes_back_and_the_one_before_returns(scene):
    day = scene
    do(day, "next", "start", "over_to_questions", "next")
    assert day.on.order == 2

    do(day, "back")

    assert day.on.order == 1
    assert day.on.phase == "questions"
    assert day.pitches.get(order=2).called_at is None


@two_teams
def test_a_restart_gives_all_the_time_and_remembers_what_was_used(time_machine, scene):
    time_machine.move_to("2019-04-24T10:00:00+02:00", tick=False)
    day = scene
    do(day, "next", "start")
    time_machine.shift(42)

    do(day, "restart")

    assert day.on.phase == "called"
    assert Event.objects.get(verb="pitch.restarted").data == {"used_ms": 42_000}


@two_teams
def test_a_team_that_is_done_keeps_its_time_when_somebody_presses_restart_in_the_break(time_machine, scene):
    time_machine.move_to("2019-04-24T10:00:00+02:00", tick=False)
    day = scene
    do(day, "next", "start")
    time_machine.shift(42)
    do(day, "over_to_questions", "take_break")

    assert not day.command("restart", by=host(day), seen=day.on_id)

    assert Pitch.objects.get(pk=day.on_id).used_ms == 42_000


@one_team
def test_after_the_last_team_the_voting_is_closed_and_may_be_opened_with_a_reason(scene):
    day = scene
    with pytest.raises(NotNow, match="Not all teams"):
        day.lock_voting(by=host(day))
    do(day, "next", "start", "over_to_questions", "next")
    assert day.ended_at

    day.lock_voting(by=host(day))
    with pytest.raises(NotNow, match="Write why"):
        day.unlock_voting(reason="", by=host(day))
    day.unlock_voting(reason="To telefoner var uten nett.", by=host(day))

    assert day.locked_at is None

    day.lock_voting(by=host(day))
    day.unlock_voting(reason="Én til var\nuten nett.", by=host(day))

    assert day.unlock_reason.splitlines() == ["To telefoner var uten nett.", "Én til var uten nett."]


@one_team
def test_when_the_decision_is_told_the_voting_stays_closed(scene):
    day = scene
    do(day, "next", "start", "over_to_questions", "next")
    day.lock_voting(by=host(day))
    decision = Decision.make(day.pitches.get().idea, "final", "admitted", reason="Bra.", by=None)
    assert day.can_unlock("Én til.") is True, "not before it is told"

    Decision.release([decision], by=host(day))

    with pytest.raises(NotNow, match="decision is told"):
        day.unlock_voting(reason="Én til.", by=host(day))
