"""Dates and clock times in three languages."""

import datetime as dt

import pytest
from babel.dates import get_day_names, get_month_names
from django.utils.translation import override

from oppdrift.toolbox import clock, dates

NBSP = "\u00a0"
DEADLINE = clock.local(2026, 2, 13, 12)


@pytest.fixture(autouse=True)
def in_january():
    with clock.at(clock.local(2026, 1, 28, 9)), override("nb"):
        yield


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", f"fredag 13.{NBSP}februar kl.{NBSP}12.00"),
        ("nn", f"fredag 13.{NBSP}februar kl.{NBSP}12.00"),
        ("en", f"Friday 13{NBSP}February at{NBSP}12:00"),
    ],
)
def test_a_moment_is_written_as_people_write_it(language, expected):
    with override(language):
        assert dates.moment(DEADLINE) == expected


def test_the_year_is_written_only_when_it_is_another_one():
    assert dates.day(dt.date(2026, 3, 16)) == f"mandag 16.{NBSP}mars"
    assert dates.day(dt.date(2027, 1, 20)) == f"onsdag 20.{NBSP}januar{NBSP}2027"


def test_nynorsk_has_its_own_weekdays():
    with override("nn"):
        assert [dates.day(dt.date(2026, 3, number)).split()[0] for number in range(16, 23)] == [
            "måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"
        ]  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_tables_agree_with_the_common_ones(language):
    assert dates.WEEKDAYS[language] == [get_day_names("wide", locale=language)[number] for number in range(7)]
    assert dates.MONTHS[language] == [get_month_names("wide", locale=language)[number] for number in range(1, 13)]


def test_a_moment_in_the_evening_abroad_is_the_next_day_in_norway():
    assert dates.short_moment(dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)) == f"2.{NBSP}juli kl.{NBSP}00.30"


def test_today_only_the_time_is_said():
    assert dates.short_moment(clock.local(2026, 1, 28, 14, 32)) == f"kl.{NBSP}14.32"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (dt.date(2026, 8, 26), dt.date(2026, 11, 25), f"26.{NBSP}aug.–25.{NBSP}nov."),
        (dt.date(2026, 4, 3), dt.date(2026, 4, 10), f"3.–10.{NBSP}april"),
        (dt.date(2026, 4, 3), dt.date(2026, 4, 3), f"3.{NBSP}april"),
        (dt.date(2026, 12, 3), dt.date(2027, 1, 8), f"3.{NBSP}des.{NBSP}2026–8.{NBSP}jan.{NBSP}2027"),
    ],
)
def test_a_span_says_each_thing_once(start, end, expected):
    assert dates.span(start, end) == expected


def test_hours_stand_together():
    assert dates.hours(clock.local(2026, 3, 3, 9), clock.local(2026, 3, 3, 11, 30)) == f"kl.{NBSP}09.00–11.30"


@pytest.mark.parametrize(
    ("days", "nb", "nn"),
    [
        (0, "i dag", "i dag"),
        (1, "i morgen", "i morgon"),
        (16, f"om 16{NBSP}dager", f"om 16{NBSP}dagar"),
        (-1, "i går", "i går"),
        (-3, f"for 3{NBSP}dager siden", f"for 3{NBSP}dagar sidan"),
    ],
)
def test_distance_in_words(days, nb, nn):
    day = dt.date(2026, 1, 28) + dt.timedelta(days=days)

    assert dates.distance(day) == nb
    with override("nn"):
        assert dates.distance(day) == nn


def test_overdue_counts_from_the_deadline_and_is_silent_before_it():
    assert dates.overdue(dt.date(2026, 1, 25)) == f"3{NBSP}dager over"
    assert dates.overdue(dt.date(2026, 1, 27)) == f"1{NBSP}dag over"
    assert dates.overdue(dt.date(2026, 1, 28)) == ""
    assert dates.overdue(clock.local(2026, 1, 28, 8)) == "Fristen gikk ut i dag"
    assert dates.overdue(clock.local(2026, 1, 28, 10)) == ""


def test_nothing_known_is_nothing_said():
    for write in (dates.day, dates.short_day, dates.clock_time, dates.moment, dates.distance, dates.overdue):
        assert write(None) == ""
