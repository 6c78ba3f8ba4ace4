"""A number over time as a drawing: nothing outside the frame, and no line where nothing is known."""

import datetime as dt
import math

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppdrift.toolbox.look.plots import Mini, Plot, Seen, Series
from oppdrift.toolbox.look.plots.axes import axis_for
from oppdrift.toolbox.look.plots.labels import box_of

START = dt.date(2024, 10, 1)


def months(n: float) -> dt.date:
    return START + dt.timedelta(days=round(n * 30.4))


def series(*values, **more) -> Series:
    """Half a year between them; a triple is (value, low, high)."""
    seen = [
        Seen(months(6 * n), *((v[0], f"{v[0]} %", *v[1:]) if isinstance(v, tuple) else (v, f"{v} %")))
        for n, v in enumerate(values)
    ]
    return Series(seen, **{"unknown_words": "Ikke målt ennå", **more})


def test_axes_have_numbers_that_people_count_by():
    assert [words for _, words in axis_for([62, 85], (0, 100)).ticks] == ["60", "70", "80", "90"]
    assert axis_for([3, 98], (0, 100)).high == 100, "no share is above the whole"
    assert axis_for([0.4, 12], (0, None)).low == 0, "no waiting time is below nothing"
    assert axis_for([5, 5]).low < 5 < axis_for([5, 5]).high
    assert axis_for([0, 0]).low < 0 < axis_for([0, 0]).high
    assert next(words for _, words in axis_for([900_000, 1_300_000]).ticks) == "0.8 mill."


def test_time_has_a_true_scale():
    drawing = Plot(series(62, 74, 81, unknown=[months(24)])).drawings[0]

    first, second, third = (x for x, _ in drawing.discs)
    last = drawing.x(months(24))
    assert (second - first) == pytest.approx(third - second, abs=1)
    assert (last - third) == pytest.approx(2 * (third - second), abs=2)


def test_no_line_enters_what_is_not_known():
    drawing = Plot(series(62, 74, 81, unknown=[months(9), months(24)], baseline=62, target=85)).drawings[0]

    assert len(drawing.lines) == 1, "from 62 to 74; between 74 and 81 nothing is known"
    gap, after = drawing.columns
    (_, _), (second, _), (third, _) = drawing.discs
    assert second < gap.x < gap.x + gap.width < third
    assert third < after.x == drawing.lines_end


def test_what_follows_the_last_value_is_one_grey_column():
    drawing = Plot(series(62, unknown=[months(6), months(12), months(24)], unknown_words="Ikke målt ennå")).drawings[0]

    assert len(drawing.columns) == 1
    assert [label.words for label in drawing.column_labels] == ["Ikke målt ennå"]


def test_only_the_better_side_of_the_baseline_is_gain():
    assert Plot(series(62, 74, baseline=62)).drawings[0].water
    assert not Plot(series(62, 50, baseline=62)).drawings[0].water
    assert Plot(series(23, 13, baseline=23, better="down")).drawings[0].water
    assert not Plot(series(62, 74)).drawings[0].water, "without a baseline there is no gain"


def test_a_line_that_crosses_the_baseline_gains_from_the_crossing_on():
    crossing = series(60, 50, 70, baseline=60).gain(series(60, 50, 70).seen)

    assert [value for _, value in crossing] == [60, 60, 60, 70]


def test_uncertainty_is_as_high_as_it_is():
    drawing = Plot(series((74, 70, 78), 80)).drawings[0]

    (pill,) = drawing.pills
    assert pill.height - pill.width == pytest.approx(drawing.y(70) - drawing.y(78), abs=0.2)


def test_labels_keep_clear_of_each_other_where_there_is_room():
    plot = Plot(
        series(
            (62, 58, 66), (74, 70, 78), (81, 79, 83), unknown=[months(24)], baseline=62,
            baseline_words="Nullpunkt 62 %", target=85, target_words="Målverdi 85 %", within=(0, 100),
        )
    )  # fmt: skip

    for drawing in plot.drawings:
        boxes = [box_of(label, drawing.frame.strong) for label in drawing.value_labels]
        boxes += [box_of(label, drawing.frame.text) for label in drawing.line_labels]
        assert not [(a, b) for a in boxes for b in boxes if a is not b and a.touches(b)], drawing.name


def test_the_piece_has_no_style_and_no_script_and_writes_numbers_with_points():
    html = render_to_string("pieces/plot.html", {"plot": Plot(series(62.5, 74, baseline=62.5, target=85))})
    mini = render_to_string("pieces/mini_plot.html", {"mini": Mini(series(62.5, 74, baseline=62.5, target=85))})

    for drawn in (html, mini):
        assert "style=" not in drawn
        assert "<script" not in drawn
        assert 'aria-hidden="true"' in drawn
    assert html.count("<svg") == 2


def test_nothing_is_drawn_where_no_value_is_known():
    empty = series(unknown=[months(6)], target=85)

    assert render_to_string("pieces/plot.html", {"plot": Plot(empty)}).strip() == ""
    assert render_to_string("pieces/mini_plot.html", {"mini": Mini(empty)}).strip() == ""


values = st.floats(-1e7, 1e7).map(lambda value: round(value, 2))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    seen=st.lists(
        st.tuples(st.integers(0, 2000), values, st.floats(0, 100)), min_size=1, max_size=6, unique_by=lambda one: one[0]
    ),
    unknown=st.lists(st.integers(0, 2400), max_size=4),
    baseline=st.none() | values,
    target=st.none() | values,
    better=st.sampled_from(["up", "down"]),
)  # fmt: skip
def test_whatever_was_measured_it_stands_within_the_frame(seen, unknown, baseline, target, better):
    points = [
        Seen(START + dt.timedelta(days=day), value, f"{value}", value - off, value + off)
        for day, value, off in sorted(seen)
    ]
    drawn = Series(
        points, [START + dt.timedelta(days=day) for day in unknown if day not in {s[0] for s in seen}],
        "Ikke målt ennå", baseline, "Nullpunkt", target, "Målverdi", better,
    )  # fmt: skip

    for drawing in Plot(drawn).drawings:
        frame = drawing.frame
        for x, y in drawing.discs:
            assert all(map(math.isfinite, (x, y)))
            assert drawing.left <= x <= frame.width
            assert frame.top - 1 <= y <= frame.bottom + 1
        for column in drawing.columns:
            assert column.width > 0
            assert not [x for x, _ in drawing.discs if column.x < x < column.x + column.width]
        assert len(drawing.value_labels) == len(points)
        assert drawing.day_labels
        assert 2 <= len(drawing.axis.ticks) <= 14
    assert Mini(drawn).ends
