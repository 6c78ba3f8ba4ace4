"""12:00:00 is in time, 12:00:01 is late, in every season."""

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from oppdrift.toolbox.clock import OSLO, at, is_past, local

NOON = local(2026, 2, 15, 12)
seconds = st.integers(min_value=0, max_value=4 * 366 * 24 * 3600)
moments = seconds.map(lambda n: (dt.datetime(2025, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=n)).astimezone(OSLO))
parts_of_a_second = st.integers(min_value=0, max_value=999_999)
SPRING = dt.datetime(2026, 3, 29, 0, 59, 59, tzinfo=dt.UTC).astimezone(OSLO)  # a second before clocks go forward
AUTUMN = dt.datetime(2026, 10, 25, 0, 59, 59, tzinfo=dt.UTC).astimezone(OSLO)  # a second before 02:00 comes again


def test_the_whole_second_of_the_deadline_is_in_time():
    assert not is_past(NOON, NOON)
    assert not is_past(NOON, NOON + dt.timedelta(microseconds=999_999))


def test_the_next_second_is_late():
    assert is_past(NOON, NOON + dt.timedelta(seconds=1))


def test_without_a_deadline_nothing_is_late():
    assert not is_past(None, NOON)


def test_the_one_clock_is_asked_when_no_moment_is_given():
    with at(NOON):
        assert not is_past(NOON)
    with at(NOON + dt.timedelta(seconds=1)):
        assert is_past(NOON)


@given(moments, parts_of_a_second)
@example(SPRING, 0)
@example(AUTUMN, 999_999)
def test_in_every_season_the_second_after_is_the_first_late_one(deadline, part):
    second = dt.timedelta(seconds=1)
    within = dt.timedelta(microseconds=part)

    in_time = (deadline.astimezone(dt.UTC) + within).astimezone(OSLO)
    late = (deadline.astimezone(dt.UTC) + second + within).astimezone(OSLO)

    assert not is_past(deadline, in_time)
    assert is_past(deadline, late)


@given(moments, moments)
def test_zones_do_not_matter(deadline, asked):
    here = is_past(deadline, asked)

    assert here == is_past(deadline.astimezone(dt.UTC), asked) == is_past(deadline, asked.astimezone(dt.UTC))


def test_an_hour_that_comes_twice_in_autumn_is_told_apart():
    first = dt.datetime(2026, 10, 25, 2, 30, tzinfo=OSLO, fold=0)
    second = dt.datetime(2026, 10, 25, 2, 30, tzinfo=OSLO, fold=1)

    assert is_past(first, second)
    assert not is_past(second, first)
