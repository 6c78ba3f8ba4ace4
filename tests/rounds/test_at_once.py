"""Two people press at the same time."""

import datetime as dt
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from oppdrift.rounds.models import Edition, Role, Round
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import make_person, make_round

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db_rules]
DAY = dt.timedelta(days=1)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do them in threads that start together; what each returned or was told."""
    start, results = Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        start.wait(timeout=10)
        try:
            results[place] = deed()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_a_role_given_twice_at_once_is_given_once():
    spring, berit = make_round(), make_person("Berit Lund")

    results = at_once(*[lambda: Round.objects.get(pk=spring.pk).give_role(berit, "assessor", by=None)] * 3)

    assert Role.objects.count() == 1
    assert sorted(type(each).__name__ for each in results) == ["NotNow", "NotNow", "Role"]


def test_two_leads_who_step_back_at_once_leave_one():
    spring = make_round()
    leads = [spring.give_role(make_person(), "lead", by=None) for _ in range(2)]

    results = at_once(*[lambda role=role: Role.objects.get(pk=role.pk).end(by=role.person) for role in leads])

    assert Role.objects.in_force().filter(kind="lead").count() == 1
    assert [type(each) for each in results].count(NotNow) == 1


def test_two_who_begin_to_change_an_open_call_share_one_proposal():
    spring, lead = make_round(), make_person()

    results = at_once(*[lambda: Round.objects.get(pk=spring.pk).edition_to_edit(by=lead)] * 3)

    assert len({each.pk for each in results}) == 1
    assert Edition.and_proposals.filter(number=None).count() == 1
    assert Edition.and_proposals.get(number=None).criteria.count() == spring.edition.criteria.count()


def test_a_round_published_twice_at_once_is_published_once():
    lead = make_person()
    draft = Round.begin(name="Oppdrift 2030", year=2030, by=lead, deadline=now() + DAY)

    results = at_once(*[lambda: Round.objects.get(pk=draft.pk).publish(by=lead)] * 2)

    assert [type(each) for each in results].count(NotNow) == 1
