"""A proposal of who reads what is even and fair, keeps what is there, and is shown before it is saved."""

from collections import Counter

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as some

from oppdrift.assessing.filling import proposal, spread
from oppdrift.assessing.models import Assignment, Declaration
from tests.assessing.making import make_assessor, make_assigned, make_led_round
from tests.factories import disqualify, make_application
from tests.scenes import starts_from


def make_one_assigned():
    spring, lead = make_led_round()
    make_assigned(spring, lead, make_assessor(spring))
    return spring, lead


one_assigned = starts_from(make_one_assigned)


def everybody(applications, assessors):
    return [(application, assessor) for application in applications for assessor in assessors]


def test_everybody_reads_as_much_as_the_others():
    applications, assessors = range(1, 26), range(1, 7)

    made = spread(3, applications, assessors, [], everybody(applications, assessors))

    loads = Counter(assessor for _application, assessor in made)
    assert len(made) == 75
    assert max(loads.values()) - min(loads.values()) <= 1


def test_what_is_given_stays_and_counts():
    applications, assessors = [1, 2, 3], [7, 8, 9]

    made = spread(2, applications, assessors, [(1, 7), (2, 7)], everybody(applications, assessors))

    assert not {(1, 7), (2, 7)} & set(made)
    assert Counter(assessor for _application, assessor in made) == {8: 2, 9: 2}


def test_the_one_with_fewest_to_choose_from_gets_them():
    made = spread(1, [1, 2], [7, 8], [], [(1, 7), (1, 8), (2, 7)])

    assert set(made) == {(1, 8), (2, 7)}


def test_readers_are_mixed_so_that_the_same_two_do_not_read_everything():
    applications, assessors = range(6), range(4)

    made = spread(2, applications, assessors, [], everybody(applications, assessors))

    pairs = {frozenset(assessor for each, assessor in made if each == application) for application in applications}
    assert len(pairs) == 6


@settings(max_examples=50)
@given(
    readers=some.integers(1, 4),
    free=some.sets(some.tuples(some.integers(1, 8), some.integers(1, 5))),
    known=some.sets(some.tuples(some.integers(1, 8), some.integers(1, 5))),
)
def test_nobody_gets_what_they_are_not_free_for_nor_anything_twice(readers, free, known):
    made = spread(readers, range(1, 9), range(1, 6), known, free)

    assert set(made) <= free - known
    assert len(made) == len(set(made))
    for application in range(1, 9):
        has = {pair for pair in known | set(made) if pair[0] == application}
        may = {pair for pair in free if pair[0] == application}
        assert len(has) >= min(readers, len(may | {pair for pair in known if pair[0] == application}))


@pytest.mark.django_db
def test_the_disqualified_and_the_undeclared_are_never_proposed():
    spring, lead = make_led_round()
    emil, amina, tor = (make_assessor(spring) for _ in range(3))
    application = make_application(round=spring, submitted=True)
    for person in (emil, amina):
        Declaration.declare(application.idea, "none", by=person)
    disqualify(application.idea, amina)

    assert proposal(spring, lead, 3) == {(application.pk, emil.pk)}
    assert tor.pk not in dict(proposal(spring, lead, 3)).values()


@pytest.mark.django_db
def test_looking_at_a_proposal_saves_nothing_and_saving_keeps_it(client):
    spring, lead = make_led_round()
    emil, amina = make_assessor(spring), make_assessor(spring)
    application = make_assigned(spring, lead, emil)
    Declaration.declare(application.idea, "none", by=amina)
    client.force_login(lead)
    address = reverse("assessing:assignment", args=[spring.pk])

    page = client.get(f"{address}?readers=2").content.decode()
    before = Assignment.objects.count()
    client.post(
        f"{address}?readers=2",
        {
            f"was-{application.pk}-{emil.pk}": "1",
            f"give-{application.pk}-{emil.pk}": "1",
            f"give-{application.pk}-{amina.pk}": "1",
        },
    )

    assert "is-proposed" in page
    assert before == 1
    assert set(Assignment.objects.in_force().values_list("assessor", flat=True)) == {emil.pk, amina.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("readers", ["0", "11", "mange", ""])
@one_assigned
def test_a_number_that_makes_no_sense_proposes_nothing(client, readers, scene):
    spring, lead = scene
    client.force_login(lead)

    page = client.get(reverse("assessing:assignment", args=[spring.pk]) + f"?readers={readers}")

    assert page.status_code == 200
    assert "is-proposed" not in page.content.decode()
