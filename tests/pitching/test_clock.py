"""The clock of a pitch, whatever is pressed and however time is read."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from oppdrift.pitching.clock import Clock, ms

NOON = dt.datetime(2019, 4, 24, 10, 0, tzinfo=dt.UTC)
COMMANDS = ["start", "pause", "resume", "end", "go_on"]
steps = st.lists(
    st.tuples(st.sampled_from([*COMMANDS, "read"]), st.integers(min_value=0, max_value=400_000_000)), max_size=30
)


def after(microseconds: int) -> dt.datetime:
    return NOON + dt.timedelta(microseconds=microseconds)


@given(steps)
def test_whatever_is_pressed_it_never_jumps_back(sequence):
    clock, passed, shown = Clock(), 0, 0
    for command, later in sequence:
        passed += later
        if command != "read":
            clock = getattr(clock, command)(after(passed))
        seen = clock.elapsed_ms(after(passed))

        assert seen >= shown
        shown = seen


@given(steps)
def test_it_shows_exactly_the_time_it_ran(sequence):
    clock, passed, ran = Clock(), 0, 0
    for command, later in sequence:
        if clock.is_running:
            ran += ms(after(passed + later)) - ms(after(passed))
        passed += later
        if command != "read":
            clock = getattr(clock, command)(after(passed))

        assert clock.elapsed_ms(after(passed)) == ran


@given(st.lists(st.tuples(st.sampled_from([*COMMANDS, "read"]), st.integers(-400_000_000, 400_000_000)), max_size=30))
def test_a_server_clock_that_is_moved_never_makes_it_negative(sequence):
    clock = Clock()
    for command, at in sequence:
        if command != "read":
            clock = getattr(clock, command)(after(at))

        assert clock.elapsed_ms(after(at)) >= 0


@given(st.lists(st.sampled_from(["start", "pause", "resume", "end"]), max_size=8), st.sampled_from(COMMANDS))
def test_a_command_given_twice_is_one(before, command):
    clock = Clock()
    for number, earlier in enumerate(before):
        clock = getattr(clock, earlier)(after(number * 1_000_000))

    once = getattr(clock, command)(after(20_000_000))

    assert getattr(once, command)(after(20_000_000)) == once
