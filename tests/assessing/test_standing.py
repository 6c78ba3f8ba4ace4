"""Where an application stands is what a plain recount finds, however it came about."""

import copy
import statistics
import threading
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppdrift.assessing.models import Assessment, Declaration, Given, Judgement, Standing
from tests.assessing.making import hand_in, make_assessor, make_assigned, make_led_round
from tests.scenes import starts_from, undone

scores = st.fixed_dictionaries(
    {
        "need": st.integers(2, 4),
        "novelty": st.integers(2, 4),
        "ordinary": st.booleans(),
        "fit": st.sampled_from(["yes", "partly", "no"]),
        "unclear": st.booleans(),
    }
)
deeds = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["hand_in", "abstain", "disqualify"]), scores), min_size=1, max_size=8
)


def make_read_by(n):
    spring, lead = make_led_round()
    people = [make_assessor(spring) for _ in range(n)]
    return make_assigned(spring, lead, *people), people


@pytest.mark.django_db
@starts_from(make_read_by, 3)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=deeds)
def test_a_standing_is_what_a_plain_recount_finds(deeds, scene):
    with undone():
        check_standing(deeds, *copy.deepcopy(scene))


def check_standing(deeds, application, people):
    given_by, out = {}, set()

    for place, deed, values in deeds:
        if place in out:
            continue
        if deed == "disqualify":
            Declaration.declare(application.idea, "disqualified", ground="other", by=people[place])
            out.add(place)
        elif deed == "abstain":
            Assessment.abstain(application, "Vet ikke", by=people[place])
            given_by[place] = None
        else:
            Assessment.hand_in(application, as_judgement(values), by=people[place])
            given_by[place] = values

    standing = Standing.objects.get(application=application)
    counted = [values for place, values in given_by.items() if values and place not in out]
    totals = [rounded(Decimal(60 * one["need"] + 40 * one["novelty"]) / 100) for one in counted]
    assert standing.assigned == 3 - len(out)
    assert standing.answered == len(given_by.keys() - out)
    assert standing.counted == standing.handed_in == len(counted)
    assert standing.abstained == sum(values is None for place, values in given_by.items() if place not in out)
    assert standing.discounted == len(out & given_by.keys())
    assert standing.mean == (rounded(sum(totals) / len(totals)) if totals else None)
    assert (standing.lowest, standing.highest) == ((min(totals), max(totals)) if totals else (None, None))
    assert standing.spread == (rounded(statistics.stdev(totals)) if len(totals) > 1 else None)
    assert standing.unclear == sum(values["unclear"] for values in counted)
    for fit in ("yes", "partly", "no"):
        assert standing.fits.get(fit, 0) == sum(values["fit"] == fit for values in counted)
    passed = sum(values["ordinary"] for values in counted)
    assert standing.gates == ({"ordinary": [passed, len(counted) - passed]} if counted else {})
    assert standing.is_ranked == (len(counted) >= 2)


def as_judgement(values: dict) -> Judgement:
    need = Given(values["need"], is_unclear=values["unclear"], unclear="Hvem?" if values["unclear"] else "")
    given = {"need": need, "novelty": values["novelty"], "ordinary": values["ordinary"]}
    return Judgement.of(given, fit=values["fit"])


def rounded(number: Decimal) -> Decimal:
    return Decimal(number).quantize(Decimal("0.001"), ROUND_HALF_UP)


@pytest.mark.db_rules
@pytest.mark.django_db(transaction=True)
def test_all_who_hand_in_at_the_same_moment_are_counted():
    application, people = make_read_by(6)
    start, failures = threading.Barrier(len(people)), []

    def work(person):
        try:
            start.wait()
            hand_in(application, person, 4, 4)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert Standing.objects.get().counted == 6
