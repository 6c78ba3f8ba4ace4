"""A text is corrected; a new weight, step or required question makes a new edition."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from oppdrift.history.models import Event
from oppdrift.rounds.models import Criterion, Edition, Question
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import at, now
from tests.factories import make_person, make_round

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_before_the_call_opens_changes_land_in_the_edition_itself():
    spring, lead = make_round(opens_at=now() + DAY, deadline=now() + 30 * DAY), make_person()

    edition = spring.revise({"criteria": {"need": {"weight": 70}}}, by=lead)

    assert edition.number == 1
    assert spring.edition.criteria.get(key="need").weight == 70
    assert spring.proposal is None


@pytest.mark.parametrize(
    "changes",
    [
        {"criteria": {"need": {"name": "Behov", "help": "Se etter tall."}}},
        {"questions": {"challenge": {"label": "Hva er problemet, og hvordan vet dere det?", "words": 250}}},
        {"questions": {"challenge": {"required": False}}},
        {"questions": {"": {"label": "Noe mer?", "section": "Til slutt", "required": False}}},
    ],
)
def test_a_correction_keeps_the_edition(changes):
    spring = make_round()
    first = spring.edition

    edition = spring.revise(changes, by=make_person())

    assert (edition, edition.number) == (first, 1)
    assert Edition.and_proposals.count() == 1
    assert Event.objects.get().verb == "edition.corrected"


@pytest.mark.parametrize(
    "changes",
    [
        {"criteria": {"need": {"weight": 61}}},
        {"criteria": {"need": {"steps": ["Nei", "Litt", "Noe", "Mye", "Alt"]}}},
        {"criteria": {"": {"name": "Spredning", "weight": 10}}},
        {"criteria": {"novelty": None}},
        {"questions": {"": {"label": "Hvem eier gevinsten?", "section": "Gevinster"}}},
        {"questions": {"challenge": {"kind": "short"}}},
        {"questions": {"challenge": None}},
    ],
)
def test_what_weighs_makes_a_new_edition_and_the_old_one_stays_as_it_was(changes):
    spring = make_round()
    first = spring.edition
    before = [list(first.items(kind).values()) for kind in (Criterion, Question)]

    edition = spring.revise(changes, by=make_person(), why="Vi har hørt på dere.")

    assert (edition.number, edition.why) == (2, "Vi har hørt på dere.")
    assert spring.edition == edition != first
    assert [list(first.items(kind).values()) for kind in (Criterion, Question)] == before
    assert Event.objects.get().data == {"number": 2}


def test_a_new_edition_says_why():
    spring = make_round()

    with pytest.raises(NotNow, match="Say why"):
        spring.revise({"criteria": {"need": {"weight": 61}}}, by=make_person())

    assert spring.edition.number == 1


def test_after_the_deadline_only_texts_are_corrected():
    spring = make_round()

    with at(spring.deadline + DAY):
        with pytest.raises(NotNow, match="deadline has passed"):
            spring.revise({"criteria": {"need": {"weight": 61}}}, by=make_person(), why="Vi vil det.")
        spring.revise({"criteria": {"need": {"name": "Behov"}}}, by=make_person())

    assert spring.edition.criteria.get(key="need").name == "Behov"


def test_a_proposal_is_not_in_force_and_can_be_dropped():
    spring, lead = make_round(), make_person()
    proposal = spring.edition_to_edit(by=lead)
    proposal.put(Criterion, "need", by=lead, weight=99)

    assert list(spring.editions.values_list("number", flat=True)) == [1]
    assert spring.edition.criteria.get(key="need").weight == 60
    assert spring.edition_to_edit(by=lead) == spring.proposal == proposal
    proposal.discard(by=lead)

    assert spring.proposal is None
    assert not Event.objects.exists()


def test_nothing_changed_is_not_put_in_force():
    spring, lead = make_round(), make_person()
    proposal = spring.edition_to_edit(by=lead)

    with pytest.raises(NotNow, match="Nothing is changed"):
        proposal.put_in_force(by=lead, why="Hm.")


def test_an_edition_in_force_is_not_edited_while_the_call_is_open():
    spring = make_round()

    with pytest.raises(NotNow, match="see whom it concerns"):
        spring.edition.put(Question, "challenge", by=make_person(), label="Hva?")


def test_differences_name_the_field_and_both_values():
    spring, lead = make_round(), make_person()
    proposal = spring.edition_to_edit(by=lead)
    proposal.put(Criterion, "need", by=lead, weight=70, name="Behov")
    proposal.remove(Question, "amount", by=lead)

    found = [(each.thing, each.key, each.field, each.weighty) for each in proposal.differences()]

    assert found == [
        ("question", "amount", "removed", True),
        ("criterion", "need", "weight", True),
        ("criterion", "need", "name", False),
    ]


def test_moving_changes_the_order_and_stops_at_the_ends():
    spring, lead = make_round(opens_at=now() + DAY), make_person()
    edition = spring.edition

    edition.move(Criterion, "novelty", up=True, by=lead)
    edition.move(Criterion, "novelty", up=True, by=lead)

    assert list(edition.criteria.values_list("key", flat=True)) == ["novelty", "need", "ordinary", "fit"]


def test_another_order_is_one_difference_and_a_correction():
    spring, lead = make_round(), make_person()
    proposal = spring.edition_to_edit(by=lead)
    proposal.move(Criterion, "fit", up=True, by=lead)

    [difference] = proposal.differences()
    proposal.put_in_force(by=lead)

    assert (difference.field, difference.weighty) == ("order", False)
    assert list(spring.edition.criteria.values_list("key", flat=True)) == ["need", "novelty", "fit", "ordinary"]


def test_a_key_is_never_used_for_two_questions():
    spring = make_round()
    spring.revise({"questions": {"challenge": None}}, by=make_person(), why="Ny form.")

    question = spring.edition_to_edit(by=make_person()).put(
        Question, by=make_person(), label="Challenge", section="Utfordringen"
    )

    assert question.key == "challenge-2"


@pytest.mark.db_rules
def test_one_proposal_a_round_holds_in_the_database():
    spring = make_round()
    spring.edition_to_edit(by=make_person())

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.and_proposals.create(round=spring, number=None)


@pytest.mark.db_rules
def test_a_quality_criterion_has_weight_in_the_database():
    spring = make_round()

    with pytest.raises(IntegrityError), transaction.atomic():
        Criterion.objects.create(edition=spring.edition, key="empty", name="Tomt", weight=0)
