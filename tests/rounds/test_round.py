"""What is done to a round: begun, published, changed, closed."""

import datetime as dt

import pytest
from django.db import IntegrityError

from oppdrift.history.models import Event
from oppdrift.rounds.models import Round
from oppdrift.rounds.policies import may_edit
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import at, local, now
from tests.factories import make_person, make_round

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def begin(**fields) -> Round:
    lead = fields.pop("by", None) or make_person("Ingrid Solhaug")
    values = {"name": "Oppdrift 2027", "year": 2027, "opens_at": now() + DAY, "deadline": now() + 90 * DAY, **fields}
    return Round.begin(by=lead, **values)


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_a_round_begins_with_the_usual_criteria_and_questions_and_is_led_by_its_maker():
    lead = make_person("Ingrid Solhaug")

    made = begin(by=lead)

    assert made.state == "draft"
    assert made.lead_in_charge() == lead
    assert sum(each.weight for each in made.edition.criteria.all()) == 100
    assert {each.kind for each in made.edition.criteria.all()} == {"quality", "gate", "fit"}
    assert all(len(each.steps) == 5 for each in made.edition.criteria.filter(kind="quality"))
    assert made.edition.questions.filter(asks_amount=True).count() == 1
    assert verbs() == ["round.begun", "role.lead_given"]


def test_a_round_is_published_once_and_opens_by_the_clock():
    spring = begin()

    spring.publish(by=spring.lead_in_charge())

    assert spring.state == "coming"
    assert not spring.is_open
    with at(now() + 2 * DAY):
        assert spring.is_open
        assert spring.state == "open"
    with pytest.raises(NotNow, match="already"):
        spring.publish(by=spring.lead_in_charge())


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"call_text": " "}, "call has no text"),
        ({"deadline": None}, "deadline is not set"),
        ({"opens_at": None, "deadline": local(2020, 1, 1)}, "deadline has passed"),
    ],
)
def test_a_round_that_lacks_something_is_not_published(lacking, words):
    spring = begin(**lacking)

    with pytest.raises(NotNow, match=words):
        spring.publish(by=spring.lead_in_charge())

    assert Round.objects.get().published_at is None


def test_a_round_without_a_call_needs_no_deadline_and_is_never_open():
    spring = begin(stages=["ideas", "projects"], deadline=None, opens_at=None, call_text="")

    spring.publish(by=spring.lead_in_charge())

    assert not spring.is_open
    assert spring.state == "running"


def test_an_open_call_is_not_closed():
    spring = make_round()

    with pytest.raises(NotNow, match="still open"):
        spring.close(by=make_person())

    with at(spring.deadline + DAY):
        spring.close(by=make_person())
    assert spring.state == "closed"
    assert not Round.objects.alive().exists()


def test_a_closed_round_can_be_opened_again():
    spring = make_round(deadline=now() - DAY)
    spring.close(by=make_person())

    spring.reopen(by=make_person())

    assert spring.state == "running"
    assert verbs() == ["round.closed", "round.reopened"]


def test_a_closed_round_is_not_changed():
    spring = make_round(deadline=now() - DAY)
    spring.close(by=make_person())

    with pytest.raises(NotNow, match="closed"):
        spring.change(by=make_person(), budget=1)
    with pytest.raises(NotNow, match="closed"):
        spring.give_role(make_person(), "assessor", by=make_person())


def test_a_change_is_remembered_by_its_fields_and_nothing_is_remembered_when_nothing_changed():
    spring = make_round(budget=1_000_000)

    spring.change(by=make_person(), budget=2_000_000, places_from=4)
    spring.change(by=make_person(), budget=2_000_000)

    assert [event.data for event in Event.objects.all()] == [{"fields": "budget"}]


def test_after_the_opening_the_deadline_only_moves_later_for_everybody():
    spring = make_round()
    before = spring.deadline

    with pytest.raises(NotNow, match="Move the deadline"):
        spring.change(by=make_person(), deadline=before - DAY)
    with pytest.raises(NotNow, match="only become later"):
        spring.move_deadline(before - DAY, by=make_person())
    spring.move_deadline(before + 7 * DAY, by=make_person())

    event = Event.objects.get(verb="round.deadline_moved")
    assert Round.objects.get().deadline == before + 7 * DAY
    assert dt.datetime.fromisoformat(event.data["before"]) == before


def test_a_deadline_that_has_passed_may_be_moved_ahead_of_us_but_not_to_another_past_moment():
    spring = make_round(deadline=now() - 10 * DAY)

    with pytest.raises(NotNow, match="ahead of us"):
        spring.move_deadline(now() - DAY, by=make_person())
    spring.move_deadline(now() + DAY, by=make_person())

    assert spring.is_open


def test_an_opened_call_keeps_the_application_stage():
    spring = make_round()

    with pytest.raises(NotNow, match="keeps the application stage"):
        spring.change(by=make_person(), stages=["ideas"])


@pytest.mark.db_rules
def test_places_and_dates_stand_in_order_in_the_database_too():
    with pytest.raises(IntegrityError):
        make_round(places_from=5, places_to=4)


@pytest.mark.db_rules
def test_open_calls_are_found_by_the_database():
    opened = make_round()
    make_round(deadline=now() - DAY)
    make_round(opens_at=now() + DAY)
    make_round(stages=["ideas", "assessing"])
    make_round(published=False)

    assert list(Round.objects.with_open_call()) == [opened]


@pytest.mark.db_rules
def test_two_rounds_may_be_alive_at_once_and_a_draft_is_seen_only_by_those_who_run_it():
    lead, colleague = make_person(), make_person()
    first, second = make_round(year=2026), make_round(year=2027)
    draft = make_round(published=False, lead=lead, year=2028)

    assert set(Round.objects.alive()) == {first, second}
    assert draft in Round.objects.seen_by(lead)
    assert draft not in Round.objects.seen_by(colleague)


def test_dates_follow_each_other_and_stages_not_used_are_left_out():
    spring = make_round(stages=["call", "projects"], opens_at=local(2026, 1, 2, 8), deadline=local(2026, 2, 13, 12))
    spring.milestones.create(kind="workshop", name="Verksted", at=local(2026, 1, 13, 9))
    spring.milestones.create(kind="pitch_day", name="Pitchedag", at=local(2026, 4, 8, 9))
    spring.milestones.create(kind="other", name="Påmelding", at=local(2026, 1, 5))

    assert [each.name for each in spring.dates()] == ["The call opens", "Påmelding", "Verksted", "Application deadline"]


def test_a_round_whose_only_lead_has_left_gets_a_new_one_from_those_who_run_the_programme():
    lead, boss, other = make_person("Ingrid Solhaug"), make_person(runs_programme=True), make_person()
    spring = make_round(lead=lead)
    assert not may_edit(boss, spring)

    lead.leave(by=boss)

    assert spring.lead_in_charge() is None
    assert may_edit(boss, spring)
    assert not may_edit(other, spring)
    spring.give_role(boss, "lead", by=boss)
    assert spring.lead_in_charge() == boss


def test_the_last_lead_who_has_not_left_cannot_give_up_the_role():
    lead, other = make_person(), make_person(runs_programme=True)
    spring = make_round(lead=lead)
    spring.give_role(other, "lead", by=lead)
    other.leave(by=make_person(runs_programme=True))

    with pytest.raises(NotNow, match="Somebody must lead"):
        spring.roles.get(person=lead).end(by=lead)
