"""Ballots: each tap by itself, the newest wins, the barred give none."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppdrift.ideas.models import Part
from oppdrift.pitching import results
from oppdrift.pitching.models import Ballot, BallotScore
from oppdrift.toolbox.answers import NotNow
from tests.factories import disqualify
from tests.pitching.making import do, host, make_day, seats, totals_of, vote
from tests.scenes import starts_from


def make_called():
    day = make_day()
    do(day, "next")
    return day


pytestmark = [pytest.mark.django_db, pytest.mark.db_rules, starts_from(make_called)]


@pytest.fixture
def day(scene):
    return scene


def points(ballot: Ballot) -> dict[str, int]:
    return dict(ballot.scores.values_list("criterion__key", "points"))


def test_a_tap_that_arrives_twice_is_one(day):
    seat = seats(day)[0]

    vote(seat, day.on, need=4, revision=10)
    vote(seat, day.on, need=4, revision=10)

    assert points(Ballot.objects.get()) == {"need": 4}


def test_the_last_revision_wins_in_whatever_order_it_arrives(day):
    seat = seats(day)[0]

    vote(seat, day.on, need=5, revision=12)
    vote(seat, day.on, need=2, novelty=3, revision=11)

    assert points(Ballot.objects.get()) == {"need": 5, "novelty": 3}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]), st.integers(1, 6), st.sampled_from(["need", "novelty"]), st.integers(1, 5)
        ),
        max_size=8, unique_by=lambda tap: tap[:3],
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_two_phones_lost_answers_and_repeats_end_in_agreement(day, taps, chance):
    Ballot.objects.all().delete()
    seat, arriving = seats(day)[0], [*taps, *taps]
    chance.shuffle(arriving)
    for client, revision, key, value in arriving:
        vote(seat, day.on, revision=revision, client=client, **{key: value})

    newest: dict[str, tuple] = {}
    for client, revision, key, value in taps:
        newest[key] = max(newest.get(key, (0, "", 0)), (revision, client, value))
    kept = {score.criterion.key: score.points for score in BallotScore.objects.select_related("criterion")}
    assert kept == {key: value for key, (_revision, _client, value) in newest.items()}


def test_a_disqualified_member_can_send_nothing_and_counts_in_nothing(day):
    seat, other = seats(day)[:2]
    vote(seat, day.on, need=1, novelty=1)
    vote(other, day.on, need=5, novelty=5, opens_door=True)
    disqualify(day.on.idea, seat.person)

    with pytest.raises(NotNow, match="do not vote"):
        vote(seat, day.on, need=2)

    assert totals_of(day)[day.on.idea_id] == {other.pk: 5.0}
    assert [result.doors for result in results.of(day) if result.pitch.idea == day.on.idea] == [1]
    assert Ballot.objects.count() == 2, "what was given is not erased"


def test_whoever_belongs_to_the_team_does_not_vote(day):
    seat = seats(day)[0]
    Part.give(day.on.idea, seat.person, "owner", by=None)

    with pytest.raises(NotNow, match="do not vote"):
        vote(seat, day.on, need=2)


def test_nobody_votes_before_having_said_that_they_have_no_ties():
    day = make_day(panel=1)
    seat = seats(day)[0]
    do(day, "next")
    seat.person.declarations.all().delete()

    with pytest.raises(NotNow, match="no ties"):
        vote(seat, day.on, need=2)


def test_nobody_votes_for_a_team_that_has_not_been_called(day):
    waiting = day.pitches.get(called_at=None)

    with pytest.raises(NotNow, match="not pitched yet"):
        vote(seats(day)[0], waiting, need=2)


def test_a_total_needs_every_criterion_and_one_who_abstains_has_none(day):
    whole, part, abstains = seats(day)
    vote(whole, day.on, need=5, novelty=3)
    vote(part, day.on, need=5)
    vote(abstains, day.on, need=5, novelty=5)
    vote(abstains, day.on, why="Jeg kom for seint.")

    assert totals_of(day)[day.on.idea_id] == {whole.pk: pytest.approx(4.2)}
    result = results.of(day)[0]
    assert (result.counted, result.abstained, result.seats) == (1, 1, 3)


def test_a_team_that_nobody_scored_is_there_without_a_total(day):
    waiting = day.pitches.get(called_at=None)

    assert totals_of(day)[waiting.idea_id] == {}


def test_nothing_is_received_after_the_lock():
    day = make_day("Vannvakta")
    do(day, "next", "start", "over_to_questions", "next")
    pitch, seat = day.pitches.get(), seats(day)[0]
    vote(seat, pitch, need=4)
    day.lock_voting(by=host(day))

    with pytest.raises(NotNow, match="closed"):
        vote(seat, pitch, need=5)

    assert points(Ballot.objects.get()) == {"need": 4}
