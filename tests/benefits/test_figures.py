"""What the measurements say, and what may be added."""

import datetime as dt
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppdrift.benefits import figures
from oppdrift.benefits.figure import Figure
from oppdrift.benefits.figures import Figures
from oppdrift.benefits.models import Benefit, Measurement
from oppdrift.toolbox.clock import now
from tests.factories import make_benefit, make_measurement, make_person, make_project_idea, make_unit

db = pytest.mark.django_db


def figure(benefit: Benefit) -> Figure:
    return figures.among(Benefit.objects.filter(pk=benefit.pk)).all[0]


@db
@pytest.mark.parametrize(
    ("made", "answer"),
    [
        ({"baseline": 62, "measured": [74, 81]}, "Yes, so far. We are four percentage points from the target."),
        ({"baseline": 62, "measured": [84]}, "Yes, so far. We are one percentage point from the target."),
        ({"baseline": 62, "measured": [86]}, "Yes. The target is reached."),
        (
            {"baseline": 62, "measured": [74], "target": None},
            "Yes, so far: the number went up by twelve percentage points.",
        ),
        ({"baseline": 62, "measured": [62]}, "No. Nothing has changed since the baseline."),
        ({"baseline": 62, "measured": [58.5]}, "No, the number went down by 3.5 percentage points."),
        ({"baseline": 62}, "Not measured yet."),
        ({"measured": [74]}, "We do not know. The baseline was not measured, so there is nothing to compare with."),
        (
            {"baseline": 20, "measured": [23], "better": "down", "measured_in": "days", "target": 10,
             "in_a_sentence": "the waiting time"},
            "No, the waiting time went up by three days.",
        ),
        (
            {"baseline": 10, "measured": [15], "better": "down", "measured_in": "count", "counted_what": "calls",
             "is_negative": True, "target": None},
            "It became worse: the number went up by five calls.",
        ),
        (
            {"baseline": 900_000, "measured": [850_000], "better": "down", "measured_in": "kroner", "target": 700_000},
            "Yes, so far. We are 150\u00a0000\u00a0kr from the target.",
        ),
    ],
)  # fmt: skip
def test_the_answer_is_a_sentence(made, answer):
    assert figure(make_benefit(**made)).answer.words == answer


@db
def test_a_change_smaller_than_the_uncertainty_is_no_yes():
    benefit = make_benefit(baseline=62)
    make_measurement(benefit, 66, on="2025-07-01", low=61, high=71)

    assert figure(benefit).answer.code == "unsure"

    make_measurement(benefit, 72, on="2026-01-01", low=67, high=77)
    assert figure(benefit).answer.code == "better"


@db
def test_the_answer_of_what_is_not_counted_is_what_those_say_who_looked():
    benefit = make_benefit(is_quantitative=False, target=None)
    make_measurement(benefit, "Flere tør å spørre.", on="2025-07-01", verdict="better")

    assert figure(benefit).answer.code == "better"
    assert not figure(benefit).plot.is_drawn


@db
def test_a_corrected_number_does_not_count_and_a_gap_is_not_zero():
    benefit = make_benefit(baseline=62, measured=[47], planned=["2099-01-01"])
    benefit.latest.correct("Byttet om.", by=make_person(), value=Decimal(74))

    assert figure(benefit).change == 12
    assert [one.value for one in figure(benefit).rows] == [62, 74, None]


def priced(realised="budget", gain=100, price="450", **fields):
    return make_benefit(
        kind="saved_time", measured_in="hours", per="year", baseline=0, measured=[] if gain is None else [gain],
        target=200, realised=realised, is_priced=True, price=price and Decimal(price), **fields,
    )  # fmt: skip


@db
def test_only_a_smaller_budget_is_money_saved():
    priced("budget"), priced("alternative", 300), priced("neither", 7)

    all = figures.among(Benefit.objects.all())

    assert (all.saved.kroner, all.used_otherwise.kroner, all.neither.kroner) == (45_000, 135_000, 3_150)
    assert all.saved.expected == 90_000


@db
def test_unknown_stays_unknown():
    priced(gain=None)
    priced(price=None)
    nothing = figures.among(Benefit.objects.all()).saved
    assert (nothing.kroner, nothing.unknown) == (None, 2)

    priced()
    some = figures.among(Benefit.objects.all()).saved
    assert (some.kroner, some.unknown) == (45_000, 2)


@db
def test_kroner_a_week_are_kroner_a_year_before_they_are_added():
    make_benefit(measured_in="kroner", per="week", better="down", baseline=1000, measured=[900], target=None,
                 realised="budget", is_priced=True)  # fmt: skip
    make_benefit(measured_in="kroner", better="down", baseline=1000, measured=[900], target=None, realised="budget",
                 is_priced=True)  # fmt: skip

    saved = figures.among(Benefit.objects.all()).saved

    assert (saved.kroner, saved.unknown) == (5_200, 1), "a level is worth nothing known without a price"


@db
def test_what_was_promised_and_what_was_measured_are_counted_apart():
    make_benefit(baseline=62, measured=[74])
    make_benefit(baseline=62, planned=["2020-01-01"])
    make_benefit(dropped_at=now(), dropped_why="Ble ikke noe av.")
    make_benefit(is_foreseen=False, is_negative=True, baseline=3, measured=[5])

    all = figures.among(Benefit.objects.all())

    assert [len(part) for part in (all.promised, all.measured, all.overdue, all.dropped, all.found)] == [2, 1, 1, 1, 1]
    assert len(all.without_owner) == 3


@db
def test_two_projects_that_claim_the_same_hours_are_pointed_out_and_in_no_sum():
    unit = make_unit("Hjelpemiddellageret")
    same = {"claim": "Kjøring", "claim_unit": unit}
    first, second = priced(**same), priced(claim="kjøring ", claim_unit=unit)
    priced(claim="Kjøring", claim_unit=make_unit())
    own = make_project_idea()
    priced(idea=own, claim="Montering"), priced(idea=own, claim="Montering")

    all = figures.among(Benefit.objects.all())

    (clash,) = all.clashes
    assert set(clash.benefits) == {first, second}
    assert "Kjøring, Hjelpemiddellageret" in clash.words
    assert {each.benefit for each in all.held_out} == {first, second}
    assert all.saved.kroner == 3 * 45_000

    second.change(realised="neither", by=make_person())
    assert not figures.among(Benefit.objects.all()).clashes


@db
def test_time_saved_in_the_same_unit_is_asked_about_until_both_say_which_hours():
    unit = make_unit()
    first, _second = priced(claim_unit=unit), priced(claim_unit=unit, claim="Kjøring")

    (clash,) = figures.among(Benefit.objects.all()).clashes
    assert not clash.is_certain
    assert figures.among(Benefit.objects.all()).saved.kroner == 90_000, "a question takes nothing out of a sum"

    first.change(claim="Montering", by=make_person())
    assert not figures.among(Benefit.objects.all()).clashes


@db
def test_figures_of_many_cost_as_much_as_of_few(django_assert_num_queries):
    for _ in range(3):
        make_benefit(baseline=62, measured=[74, 81], claim_unit=make_unit(), owner=make_person())

    with django_assert_num_queries(2):
        all = figures.among(Benefit.objects.all())
        assert [each.answer.words for each in all.all]
        assert [str(each.benefit.owner) + str(each.benefit.claim_unit) + each.benefit.idea.title for each in all.all]
        assert [row.made_by for each in all.all for row in each.rows]
        assert not all.clashes


keys = count(1)
amounts = st.none() | st.decimals(-10_000, 10_000, places=2)


@st.composite
def any_benefit(draw) -> Figure:
    """Not in the database: anything a benefit can be."""
    benefit = Benefit(
        pk=next(keys),
        idea_id=draw(st.integers(1, 3)),
        kind=draw(st.sampled_from(["saved_time", "other"])),
        is_quantitative=draw(st.booleans()),
        is_negative=draw(st.booleans()),
        measured_in=draw(st.sampled_from(["percent", "kroner", "hours", "count"])),
        per=draw(st.sampled_from(["", "week", "month", "year"])),
        better=draw(st.sampled_from(["up", "down"])),
        target=draw(amounts),
        realised=draw(st.sampled_from(["budget", "alternative", "neither", ""])),
        claim_key=draw(st.sampled_from(["", "kjoring", "vakt"])),
        is_priced=draw(st.booleans()),
        dropped_at=draw(st.sampled_from([None, now()])),
        dropped_why="x",
    )
    benefit.price = draw(st.none() | st.decimals(0, 5000, places=2)) if benefit.is_priced else None
    start, before, after = dt.date(2024, 1, 1), draw(amounts), draw(amounts)
    benefit.counting = [
        Measurement(pk=n, kind=kind, taken_on=start + dt.timedelta(days=n), due=start + dt.timedelta(days=n),
                    value=value if benefit.is_quantitative else None, words="x", verdict="better",
                    made_at=now() if value is not None else None)
        for n, (kind, value) in enumerate([("baseline", before), ("follow_up", after)], 1)
    ]  # fmt: skip
    return Figure(benefit)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(any_benefit(), max_size=8))
def test_sums_never_add_what_may_not_be_added(listed):
    all = Figures(listed)
    parts = [all.saved, all.used_otherwise, all.neither, all.undecided]

    for part in parts:
        for each in part.figures:
            assert each.benefit.is_priced
            assert not each.benefit.is_dropped
            assert each.benefit.realised == part.realised
            assert each not in all.held_out
        measured = [each.kroner for each in part.figures if each.kroner is not None]
        assert part.kroner == (sum(measured) if measured else None), "unknown is not zero"
        assert part.unknown == len(part.figures) - len(measured)
    for each in listed:
        places = sum(each in part.figures for part in parts) + (each in all.held_out)
        assert places == (1 if each.benefit.is_priced and not each.benefit.is_dropped else 0), "in one place, once"
        if each.baseline is None or each.latest is None or not each.benefit.is_quantitative:
            assert each.kroner is None
        assert not (each.benefit in [f.benefit for f in all.not_priced] and each.kroner is not None)
    taken = [
        (each.benefit.claim_key, each.benefit.idea_id)
        for part in (all.saved, all.used_otherwise)
        for each in part.figures
        if each.benefit.claim_key
    ]
    assert len({claim for claim, _ in taken}) == len(set(taken)), "no two projects are paid for the same"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_benefit())
def test_there_is_always_an_answer_and_never_a_yes_without_a_baseline(each):
    assert each.answer.words
    if each.baseline is None and each.benefit.is_quantitative:
        assert each.answer.code not in ("reached", "better", "same", "worse", "harm", "no_harm")


@pytest.mark.django_db
@pytest.mark.parametrize(("verdict", "code"), [("worse", "harm"), ("same", "no_harm"), ("better", "no_harm")])
def test_a_negative_effect_told_in_words_has_come_only_when_it_is_worse(verdict, code):
    benefit = make_benefit(is_quantitative=False, measured_in="", target=None, is_negative=True)
    make_measurement(benefit, "Slik det var.", on="2024-10-01", kind="baseline")
    make_measurement(benefit, "Slik det er.", on="2025-04-01", verdict=verdict)

    assert Figure(benefit).answer.code == code
