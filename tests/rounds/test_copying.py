"""Last year's round with dates moved as a planner would move them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppdrift.history.models import Event
from oppdrift.rounds import holidays
from oppdrift.rounds.copying import Plan, proposed_roles
from oppdrift.rounds.models import Round
from oppdrift.toolbox.clock import OSLO, local
from tests.factories import give_role, make_person, make_round

years = st.integers(min_value=2000, max_value=2100)
days = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2090, 12, 31))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2018, (4, 1)),
        (2019, (4, 21)),
        (2024, (3, 31)),
        (2026, (4, 5)),
        (2027, (3, 28)),
        (2038, (4, 25)),
        (2285, (3, 22)),
    ],
)
def test_easter_is_when_the_almanac_says(year, sunday):
    assert holidays.easter_sunday(year) == dt.date(year, *sunday)


@given(years)
def test_easter_is_a_sunday_in_spring(year):
    sunday = holidays.easter_sunday(year)

    assert sunday.weekday() == 6
    assert dt.date(year, 3, 22) <= sunday <= dt.date(year, 4, 25)


@given(days, st.integers(min_value=-5, max_value=5))
def test_the_same_weekday_lies_within_three_days_of_the_same_date(day, later):
    found = holidays.same_weekday(day, later)

    anniversary = dt.date(day.year + later, day.month, min(day.day, 28) if day.month == 2 else day.day)
    assert found.weekday() == day.weekday()
    assert abs(found - anniversary) <= dt.timedelta(days=4)


@given(days)
def test_no_meeting_lands_on_a_holiday_and_the_weekday_stays(day):
    found = holidays.off_holidays(day)

    assert not holidays.is_holiday(found)
    assert found.weekday() == day.weekday()
    assert dt.timedelta(0) <= found - day <= dt.timedelta(weeks=3)


def test_a_clock_time_stays_through_summer_time():
    before = local(2019, 3, 29, 12)  # winter time

    after = holidays.moved(before, dt.date(2020, 3, 31))  # summer time

    assert after.astimezone(OSLO).hour == 12
    assert after.utcoffset() - before.utcoffset() == dt.timedelta(hours=1)


def reference_year(**fields) -> Round:
    spring = make_round(
        name="Oppdrift 2019", year=2019, opens_at=local(2018, 11, 1), deadline=local(2019, 2, 15, 12),
        published_at=local(2018, 10, 20), **fields,
    )  # fmt: skip
    for kind, name, at in [
        ("shortlist", "De utvalgte", local(2019, 3, 20)),
        ("training", "Pitchetrening", local(2019, 4, 3, 12)),
        ("pitch_day", "Pitchedag", local(2019, 4, 24, 9)),
        ("decision", "Beslutning", local(2019, 4, 26)),
        ("conference", "Konferanse", local(2020, 1, 20, 9)),
    ]:
        spring.milestones.create(kind=kind, name=name, at=at, whole_day=at.hour == 0)
    return spring


def days_of(plan: Plan) -> dict[str, dt.datetime]:
    return {str(row.name): row.after for row in plan.rows}


@pytest.mark.django_db
def test_pitch_day_follows_easter_and_the_deadline_its_weekday():
    plan = Plan(reference_year(), 2020)

    found = days_of(plan)

    assert found["Application deadline"] == local(2020, 2, 14, 12)  # still a Friday
    assert found["Pitchedag"] == local(2020, 4, 15, 9)  # Wednesday after Easter Monday, 13 April
    assert found["Beslutning"] == local(2020, 4, 17)
    assert found["Konferanse"] == local(2021, 1, 18, 9)


@pytest.mark.django_db
def test_what_changes_places_is_pointed_out():
    plan = Plan(
        reference_year(), 2024
    )  # Easter Sunday 31 March: training would be on 13 March, a week before the shortlist

    notes = {str(row.name): [str(note) for note in row.notes] for row in plan.rows}

    assert days_of(plan)["Pitchetrening"] == local(2024, 3, 13, 12)
    assert "Comes before what it came after. Choose another day." in notes["Pitchetrening"]
    assert notes["Pitchedag"] == ["Follows Easter."]


@pytest.mark.django_db
def test_a_holiday_is_passed_and_said():
    spring = reference_year()
    spring.milestones.create(kind="other", name="Kick-off", at=local(2019, 5, 2, 9), whole_day=False)  # Thursday

    row = next(row for row in Plan(spring, 2024).rows if row.name == "Kick-off")

    # 2 May 2024 is a Thursday and no holiday; the year after, 1 May is the nearest Thursday, and it is one.
    assert row.after == local(2024, 5, 2, 9)
    row = next(row for row in Plan(spring, 2025).rows if row.name == "Kick-off")
    assert row.after == local(2025, 5, 8, 9)
    assert [str(note) for note in row.notes] == ["Moved past a holiday."]


@pytest.mark.django_db
def test_a_copy_has_everything_but_roles_and_looks_as_it_was_shown():
    spring, lead = reference_year(budget=2_000_000, silent_after=dt.timedelta(weeks=9)), make_person("Ingrid Solhaug")
    berit = make_person("Berit Lund")
    give_role(spring, berit, "assessor", hours=20)
    plan = Plan(spring, 2020, chosen={"deadline": local(2020, 2, 21, 12)})

    made = plan.make(by=lead)

    assert (made.name, made.year, made.copied_from, made.state) == ("Oppdrift 2020", 2020, spring, "draft")
    assert (made.budget, made.silent_weeks, made.deadline) == (2_000_000, 9, local(2020, 2, 21, 12))
    assert [each.at for each in made.milestones.all()] == [row.after for row in plan.rows if row.key.startswith("m")]
    assert list(made.edition.criteria.values_list("key", "weight")) == list(
        spring.edition.criteria.values_list("key", "weight")
    )
    assert made.edition.questions.count() == spring.edition.questions.count()
    assert [role.person for role in made.roles.all()] == [lead]
    assert [(role.person, role.kind, role.hours) for role in proposed_roles(made)] == [(berit, "assessor", 20)]
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == ["round.copied", "role.lead_given"]


@pytest.mark.django_db
def test_looking_at_a_copy_makes_nothing():
    spring = reference_year()

    assert Plan(spring, 2020).rows
    assert Round.objects.get() == spring


@pytest.mark.django_db
def test_days_that_the_call_names_are_listed():
    spring = reference_year(
        call_text="**Fristen er fredag 15. februar 2019 kl. 12.00.** Verksted 13. november, og 13. november."
    )

    assert Plan(spring, 2020).days_in_texts == ["15.\xa0februar\xa02019", "13.\xa0november"]


@pytest.mark.django_db
def test_a_chosen_day_in_a_weekend_is_said():
    plan = Plan(reference_year(), 2020, chosen={"deadline": local(2020, 2, 15, 12)})

    row = next(row for row in plan.rows if row.key == "deadline")

    assert [str(note) for note in row.notes] == ["This day is in a weekend."]
