"""Invented applications in bulk are rows as the verbs would have left them."""

import datetime as dt
from dataclasses import asdict

import pytest

from oppdrift.applications.models import Application
from oppdrift.assessing.models import Assessment, Assignment, Standing
from oppdrift.assessing.models.standing import Figures
from oppdrift.demo.inventing import invented
from oppdrift.demo.load import load
from oppdrift.ideas.models import Idea
from oppdrift.toolbox.clock import now
from tests.factories import give_role, make_application, make_person, make_round, make_unit

pytestmark = pytest.mark.django_db


def make_read_round():
    """A round a month after its deadline, with four assessors."""
    make_unit("Biblioteket", parent=make_unit("Kultur"))
    lead = make_person()
    round = make_round(lead=lead, deadline=now() - dt.timedelta(days=30), opens_at=now() - dt.timedelta(days=90))
    readers = [make_person() for _ in range(4)]
    for reader in readers:
        give_role(round, reader, "assessor")
    return round, lead, readers


def test_they_are_added_to_what_is_there_and_numbered_on():
    round, lead, _readers = make_read_round()
    make_application(round=round, submitted=True)

    load(round, 20)

    assert list(round.applications.order_by("number").values_list("number", flat=True)) == list(range(1, 22))
    assert Application.objects.seen_by(lead).count() == 21
    assert Idea.objects.search("biblioteket").count() == 20


def test_each_is_read_by_three_and_stands_where_a_recount_puts_it():
    round, _lead, readers = make_read_round()

    load(round, 30)

    standings = Standing.objects.select_related("version")
    kept = [asdict(Figures(**{name: getattr(each, name) for name in asdict(Figures())})) for each in standings]
    assert kept == [asdict(Figures.of(each.version)) for each in standings]
    assert Assignment.objects.count() == 90
    assert 0 < Assessment.objects.count() < 90
    assert Application.objects.seen_by(readers[0]).exists()


def test_in_an_open_call_nobody_has_read_anything():
    make_unit("Biblioteket", parent=make_unit("Kultur"))
    round = make_round(lead=make_person())

    load(round, 5)

    assert round.applications.handed_in().count() == 5
    assert not Assignment.objects.exists()
    assert all(each.submitted_at <= now() for each in round.applications.all())


def test_they_are_the_same_every_time():
    round, _lead, _readers = make_read_round()

    papers = [[(paper.title, paper.answers, paper.amount) for paper in invented(round, 5)] for _ in range(2)]

    assert papers[0] == papers[1]
