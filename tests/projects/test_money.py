"""Grants and transfers: sums that always agree, and no grant overdrawn unseen."""

import copy
import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppdrift.ideas.models import Decision, Idea
from oppdrift.projects import money
from oppdrift.projects.models import Grant, Transfer
from oppdrift.projects.models.transfer import sums_of
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import today
from tests.factories import disqualify, make_person, make_round
from tests.projects.making import make_decision, make_project, started_project
from tests.scenes import starts_from, undone

pytestmark = [pytest.mark.django_db, starts_from(make_project, amount=100_000)]
of_300_000 = starts_from(make_project, amount=300_000)


@pytest.fixture
def grant(scene):
    return scene.grant


def lead_of(grant: Grant):
    return grant.project.lead_in_charge()


@started_project
def test_a_grant_is_transferred_in_parts(grant):
    first = grant.plan(80_000, by=lead_of(grant), due=today(), what_for="Avtalen er inngått")
    grant.plan(70_000, by=lead_of(grant))

    first.make(by=lead_of(grant), made_on=dt.date(2024, 5, 20), account="1400-2540")

    grant.refresh_from_db()
    assert (grant.made, grant.planned, grant.left, grant.unplanned) == (80_000, 70_000, 120_000, 50_000)
    first.refresh_from_db()
    assert (first.state, first.made_on, first.account) == ("made", dt.date(2024, 5, 20), "1400-2540")


@started_project
def test_more_than_is_left_cannot_be_planned(grant):
    grant.plan(150_000, by=lead_of(grant))

    with pytest.raises(NotNow, match="50"):
        grant.plan(50_001, by=lead_of(grant))


def test_what_came_back_is_a_row_of_its_own_and_can_be_transferred_again(grant):
    grant.plan(100_000, by=lead_of(grant)).make(by=lead_of(grant))

    grant.refund(30_000, by=lead_of(grant), what_for="Ubrukt")

    assert (grant.made, grant.left) == (70_000, 30_000)
    assert grant.transfers.count() == 2
    with pytest.raises(NotNow, match="Only 70"):
        grant.refund(70_001, by=lead_of(grant))


def test_a_dropped_transfer_frees_its_sum(grant):
    planned = grant.plan(100_000, by=lead_of(grant))

    planned.drop(by=lead_of(grant))

    grant.refresh_from_db()
    assert grant.unplanned == 100_000
    with pytest.raises(NotNow):
        planned.make(by=lead_of(grant))


def test_another_grant_needs_a_reason_and_remembers_what_it_was(grant):
    with pytest.raises(NotNow, match="reason"):
        grant.change(120_000, reason=" ", by=lead_of(grant))
    grant.change(120_000, reason="Lisensen ble dyrere.", by=lead_of(grant))

    assert [(row.before, row.after) for row in grant.changes.all()] == [(100_000, 120_000)]


def test_a_grant_is_not_lowered_below_what_is_gone(grant):
    grant.plan(60_000, by=lead_of(grant)).make(by=lead_of(grant))
    grant.refresh_from_db()

    with pytest.raises(NotNow, match="transferred or planned"):
        grant.change(59_999, reason="Spart", by=lead_of(grant))


def test_stopping_a_project_drops_what_was_still_to_be_transferred(grant):
    project = grant.project
    project.grant.plan(60_000, by=lead_of(project.grant)).make(by=lead_of(project.grant))
    project.grant.plan(40_000, by=lead_of(project.grant))

    project.stop(why="Behovet falt bort.", by=project.lead_in_charge())

    project.grant.refresh_from_db()
    assert (project.grant.made, project.grant.planned) == (60_000, 0)
    with pytest.raises(NotNow, match="ended"):
        project.grant.plan(1, by=lead_of(project.grant))


@pytest.mark.db_rules
@pytest.mark.parametrize("wrong", [{"planned": 100_001}, {"made": 60_000, "planned": 50_000}, {"amount": -1}])
def test_the_database_lets_no_grant_be_overdrawn(wrong, grant):
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(**wrong)


@pytest.mark.db_rules
@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"state": "made"},
        {"made_on": dt.date(2026, 1, 1)},
        {"kind": "refund"},
    ],
)
def test_the_database_keeps_transfers_whole(wrong, grant):
    transfer = grant.plan(10_000, by=lead_of(grant))

    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(**wrong)


@pytest.mark.parametrize("state", Transfer.State.values)
@pytest.mark.parametrize("verb", Transfer.MOVES)
def test_a_transfer_moves_as_its_table_says(verb, state):
    before, after = Transfer.MOVES[verb]
    grant = make_project(amount=100_000).grant
    transfer = grant.plan(10_000, by=lead_of(grant))
    if state != "planned":
        getattr(transfer, "make" if state == "made" else "drop")(by=lead_of(grant))

    if state in before:
        getattr(transfer, verb)(by=lead_of(grant))

        transfer.refresh_from_db()
        assert transfer.state in after
    else:
        with pytest.raises(NotNow):
            getattr(transfer, verb)(by=lead_of(grant))


SUMS = st.integers(min_value=0, max_value=120_000)
DEEDS = st.lists(
    st.tuples(st.sampled_from(["plan", "make", "drop", "refund", "change"]), SUMS, st.integers(0, 9)), max_size=15
)


@pytest.mark.db_rules
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_no_sequence_of_deeds_makes_the_sums_disagree_or_overdraws_a_grant(scene, deeds):
    with undone():
        grant = copy.deepcopy(scene).grant
        lead = lead_of(grant)
        for deed, amount, which in deeds:
            do(grant, deed, amount, which, lead)

            grant.refresh_from_db()
            rows = list(grant.transfers.all())
            planned = sum(row.amount for row in rows if row.state == "planned")
            out = sum(row.amount for row in rows if row.state == "made" and row.kind == "transfer")
            back = sum(row.amount for row in rows if row.kind == "refund")
            assert sums_of(grant.transfers.all()) == {"planned": planned, "made": out - back}
            assert (grant.planned, grant.made) == (planned, out - back)
            assert 0 <= grant.made <= grant.made + grant.planned <= grant.amount
            assert grant.left + grant.made == grant.amount == grant.unplanned + grant.planned + grant.made
            row = money.of_round(grant.project.round, lead)
            assert (row.granted, row.transferred, row.planned) == (grant.amount, grant.made, grant.planned)
            assert row.left == row.budget - grant.amount


def do(grant: Grant, deed: str, amount: int, which: int, lead) -> None:
    """The deed as somebody would try it; what may not be done is refused."""
    rows = list(grant.transfers.order_by("pk"))
    try:
        if deed == "plan" and amount:
            grant.plan(amount, by=lead)
        elif deed == "refund" and amount:
            grant.refund(amount, by=lead)
        elif deed == "change":
            grant.change(amount, reason="Nye tall.", by=lead)
        elif rows:
            row = rows[which % len(rows)]
            row.make(by=lead) if deed == "make" else row.drop(by=lead)
    except NotNow:
        pass


def brought_in(round, amount: int | None) -> None:
    idea = Idea.objects.create(round=round, title="Fra før", source=Idea.Source.IMPORTED)
    decision = Decision.make(idea, "final", "admitted", reason="Hentet inn.", by=None, amount=amount)
    Decision.release([decision], by=make_person())


@started_project
def test_the_money_of_earlier_rounds_says_what_nobody_knows(scene):
    project = scene
    project.grant.plan(50_000, by=lead_of(project.grant)).make(by=lead_of(project.grant))
    earlier = make_round(budget=None)
    brought_in(earlier, 35_000)
    brought_in(earlier, None)
    nothing = make_round(budget=None)
    brought_in(nothing, None)

    here, before, empty = money.of_rounds([project.round, earlier, nothing])

    assert (here.granted, here.transferred, here.left) == (200_000, 50_000, 1_800_000)
    assert (before.funded, before.granted, before.unknown, before.transferred, before.left) == (
        2,
        35_000,
        1,
        None,
        None,
    )
    assert (empty.granted, empty.unknown) == (None, 1)


@started_project
def test_what_is_decided_and_not_started_is_granted_and_leaves_the_budget(scene):
    project = scene
    round = project.round
    make_decision(round=round, amount=300_000)
    make_decision(round=round, amount=500_000, answer="no")
    unknown = make_round(lead=make_person(), budget=1_000_000)
    make_project(round=unknown, amount=None)

    row, other = money.of_rounds([round, unknown])

    assert (row.funded, row.granted, row.transferred, row.left) == (2, 500_000, 0, 1_500_000)
    assert (other.funded, other.unknown, other.left) == (1, 1, None)


def test_before_any_project_starts_nothing_is_transferred_and_that_is_known():
    decision = make_decision(amount=300_000)

    row = money.of_round(decision.idea.round)

    assert (row.granted, row.transferred, row.left) == (300_000, 0, 1_700_000)


@started_project
def test_a_lead_reads_sums_without_the_case_they_are_disqualified_from(scene):
    project = scene
    lead, round = project.lead_in_charge(), project.round
    other = make_project(amount=300_000, round=round)
    disqualify(other.idea, lead)

    row = money.of_round(round, lead)

    assert (row.granted, row.hidden, row.left) == (200_000, 1, None)
    assert money.of_round(round).granted == 500_000


@started_project
def test_the_accounts_are_read_by_year(grant):
    lead = lead_of(grant)
    grant.plan(80_000, by=lead).make(by=lead, made_on=dt.date(2023, 12, 30))
    grant.plan(50_000, by=lead).make(by=lead, made_on=dt.date(2024, 1, 4))
    grant.refund(10_000, by=lead, made_on=dt.date(2024, 2, 1))

    assert money.by_year(grant.project.round, lead) == [(2023, 80_000), (2024, 40_000)]


@started_project
def test_the_list_for_the_finance_department_has_a_line_a_transfer(grant):
    lead = lead_of(grant)
    grant.plan(80_000, by=lead, account="1400").make(by=lead)
    grant.plan(20_000, by=lead).drop(by=lead)
    grant.refund(5_000, by=lead)

    lines = list(money.for_finance(grant.project.round, lead))

    assert sorted(line[5] for line in lines) == [-5_000, 80_000]


@pytest.mark.parametrize("deed", ["refund", "plan"])
@of_300_000
def test_two_presses_move_money_once(client, deed, grant):
    grant.plan(200_000, by=lead_of(grant)).make(by=lead_of(grant))
    client.force_login(lead_of(grant))
    page = reverse(f"projects:{'refund' if deed == 'refund' else 'plan_transfer'}", args=[grant.project_id])
    shown = client.get(page).context["grant"].mark
    typed = {"amount": "30 000", "made_on": today().isoformat(), "what_for": "Ubrukt", "read": shown}

    first, second = client.post(page, typed), client.post(page, typed)

    assert (first.status_code, second.status_code) == (302, 200)
    assert "endret siden du leste" in second.content.decode()
    assert grant.transfers.filter(amount=30_000).count() == 1


@of_300_000
def test_money_is_not_moved_on_a_day_that_has_not_been(client, grant):
    grant.plan(100_000, by=lead_of(grant)).make(by=lead_of(grant))
    transfer, tomorrow = grant.plan(200_000, by=lead_of(grant)), today() + dt.timedelta(days=1)

    with pytest.raises(NotNow, match="not been yet"):
        transfer.make(by=lead_of(grant), made_on=tomorrow)
    with pytest.raises(NotNow, match="not been yet"):
        grant.refund(1, by=lead_of(grant), made_on=tomorrow)
    client.force_login(lead_of(grant))
    page = client.post(reverse("projects:make_transfer", args=[transfer.pk]), {"made_on": tomorrow.isoformat()})
    assert "har ikke vært ennå" in page.content.decode()
