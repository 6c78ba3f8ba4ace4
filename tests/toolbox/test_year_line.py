"""Where the points of the year stand."""

import datetime as dt

import pytest

from oppdrift.toolbox.look.year_line import Stage, YearLine, height_at

from .gallery import year


def eight(today: dt.date) -> YearLine:
    return YearLine([Stage(str(month), dt.date(2026, month, 1)) for month in range(1, 9)], today)


def test_the_line_rises_all_the_way():
    heights = [height_at(step / 100) for step in range(101)]

    assert heights[0] == 176
    assert heights[-1] == pytest.approx(44)
    assert heights == sorted(heights, reverse=True)


def test_stages_have_columns_of_the_same_width():
    assert [stage.x for stage in eight(dt.date(2026, 3, 1)).stages] == [0, 152, 304, 456, 608, 760, 912, 1064]


def test_today_stands_as_far_into_its_column_as_the_stage_has_passed():
    line = eight(dt.date(2026, 4, 16))

    assert line.share == (3 + 0.5) / 8
    assert line.today_x == 532
    assert [stage.is_past for stage in line.stages] == [True] * 4 + [False] * 4
    assert [stage.name for stage in line.stages if stage.is_current] == ["4"]


def test_the_list_has_today_between_its_neighbours():
    rows = eight(dt.date(2026, 4, 16)).rows

    assert [row.name if row else "today" for row in rows] == ["1", "2", "3", "4", "today", "5", "6", "7", "8"]


def test_before_the_first_stage_nothing_is_travelled():
    line = eight(dt.date(2025, 12, 24))

    assert (line.share, line.done, line.water) == (0, "", "")
    assert line.rows[0] is None
    assert line.label_anchor == "start"


def test_after_the_last_stage_nothing_is_to_come():
    line = eight(dt.date(2027, 1, 1))

    assert (line.share, line.coming) == (1, "")
    assert not line.shows_after


def test_two_stages_on_one_day_do_not_divide_by_nothing():
    line = YearLine([Stage("a", dt.date(2026, 3, 1)), Stage("b", dt.date(2026, 3, 1))], dt.date(2026, 3, 1))

    assert line.share == 0.5


def test_the_travelled_and_the_coming_part_meet_at_today():
    line = year()
    meeting = f"{line.today_x:g},{line.today_y:g}"

    assert line.done.split()[-1] == meeting
    assert line.coming.split()[0] == meeting
