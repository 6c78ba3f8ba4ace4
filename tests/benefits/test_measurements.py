"""Measurements: planned, made, corrected, left out."""

import datetime as dt
from decimal import Decimal

import pytest

from oppdrift.benefits.models import Measurement
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import today
from tests.factories import make_benefit, make_measurement, make_person

pytestmark = pytest.mark.django_db


def test_a_planned_measurement_is_made_and_says_who_saw_what():
    by, benefit = make_person(), make_benefit(baseline=62, planned=["2025-07-01"])
    planned = benefit.waiting[0]
    assert planned.is_overdue

    planned.make(by=by, value=Decimal("74"), low=Decimal("70"), high=Decimal("78"), observations=320)

    assert (planned.made_by, planned.taken_on, planned.is_overdue) == (by, today(), False)
    with pytest.raises(NotNow, match="Correct it instead"):
        planned.make(by=by, value=Decimal("75"))


def test_a_correction_is_a_new_row_and_the_old_one_is_kept():
    by, benefit = make_person(), make_benefit(baseline=62)
    wrong = Measurement.take(benefit, by=by, value=Decimal("47"), observations=320)

    right = wrong.correct("Tallene sto i feil rekkefølge.", by=by, value=Decimal("74"))

    assert list(Measurement.objects.in_force().filter(kind="follow_up")) == [right]
    assert (right.observations, right.replaces.value) == (320, Decimal("47"))
    with pytest.raises(NotNow, match="corrected already"):
        wrong.correct("Igjen", by=by, value=Decimal("75"))
    with pytest.raises(NotNow, match="why"):
        right.correct("", by=by, value=Decimal("75"))


def test_what_is_not_measured_says_why_and_may_be_measured_after_all():
    by, benefit = make_person(), make_benefit(baseline=62, planned=["2025-07-01"])
    planned = benefit.waiting[0]

    planned.skip("Loggen var nede hele sommeren.", by=by)
    assert (planned.is_waiting, planned.is_overdue, planned.value) == (False, False, None)

    planned.make(by=by, value=Decimal("70"))
    assert (planned.is_made, planned.skipped_why) == (True, "")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"value": None}, "as a number"),
        ({"value": Decimal(5), "low": Decimal(6)}, "between"),
        ({"value": Decimal(5), "taken_on": dt.date(2100, 1, 1)}, "has not been"),
        ({"value": Decimal(5), "taken_on": dt.date(2024, 9, 30)}, "after the baseline"),
    ],
)
def test_what_cannot_have_been_seen_is_refused(said, reason):
    benefit = make_benefit(baseline=62)

    with pytest.raises(NotNow, match=reason):
        Measurement.take(benefit, by=make_person(), **said)


def test_a_baseline_comes_before_the_first_measurement():
    by, benefit = make_person(), make_benefit()
    make_measurement(benefit, 74, on="2025-04-01")

    with pytest.raises(NotNow, match="before the first"):
        Measurement.take(benefit, by=by, kind="baseline", value=Decimal(62), taken_on=dt.date(2025, 5, 1))

    Measurement.take(benefit, by=by, kind="baseline", value=Decimal(62), taken_on=dt.date(2025, 3, 1))
    benefit.lock()
    assert benefit.baseline.value == 62


def test_what_is_not_counted_takes_words_and_a_verdict():
    by = make_person()
    benefit = make_benefit(is_quantitative=False, target=None, measured_in="")

    with pytest.raises(NotNow, match="in words"):
        Measurement.take(benefit, by=by, words="De er tryggere.")
    made = Measurement.take(benefit, by=by, words="De er tryggere.", verdict="better")

    assert made.value is None


def test_the_plan_moves_and_shrinks_until_it_is_carried_out():
    by, benefit = make_person(), make_benefit(baseline=62, planned=["2027-01-01", "2028-01-01"])
    first, second = benefit.waiting
    with pytest.raises(NotNow, match="that day already"):
        Measurement.plan(benefit, dt.date(2027, 1, 1), by=by)

    first.move(dt.date(2027, 3, 1), by=by)
    second.take_off(by=by)
    first.make(by=by, value=Decimal(70))

    benefit.lock()
    assert [one.due for one in benefit.follow_ups] == [dt.date(2027, 3, 1)]
    with pytest.raises(NotNow, match="measured already"):
        first.move(dt.date(2027, 4, 1), by=by)
