"""The year on one page tells its reader nothing they may not know."""

import pytest
from django.urls import reverse

from oppdrift.front.year import YearOf
from oppdrift.front.years import years
from oppdrift.toolbox.clock import now
from tests.assessing.making import make_assessor, make_assigned, make_led_round
from tests.factories import disqualify, give_part, make_project_idea
from tests.projects.making import make_decision

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "bar", [lambda idea, lead: disqualify(idea, lead), lambda idea, lead: give_part(idea, lead, "endorser")]
)
def test_a_lead_cannot_reckon_out_who_assesses_what_they_are_barred_from(bar):
    round, lead = make_led_round(assess_by="2020-01-01T12:00")
    known, secret = make_assessor(round, "Berit Moen"), make_assessor(round, "Lise Dahl")
    make_assigned(round, lead, known)
    bar(make_assigned(round, lead, secret).idea, lead)

    seen, whole = YearOf(round, lead), YearOf(round)
    assert [late.name for late in seen.late] == ["Berit Moen"]
    assert [late.name for late in whole.late] == ["Berit Moen", "Lise Dahl"]
    assert (seen.counts.asked, seen.counts.owing) == (1, 1)
    assert (whole.counts.asked, whole.counts.owing) == (2, 2)


def test_the_line_says_how_many_projects_go_on_and_with_how_much_without_what_the_reader_is_barred_from():
    round, lead = make_led_round()
    round.milestones.create(kind="decision", name="Beslutning", at=now())
    make_project_idea(round=round)
    disqualify(make_project_idea(round=round), lead)
    make_project_idea(round=round, outcome="guidance_only")

    seen, whole = YearOf(round, lead), YearOf(round)

    assert (seen.counts.admitted, seen.counts.granted) == (1, 100_000)
    (decision,) = (stage for stage in whole.line.stages if stage.url == reverse("deciding:sitting", args=[round.pk]))
    assert (decision.number, decision.line) == (2, "200\N{NO-BREAK SPACE}000 kr given")


def test_what_a_team_turned_down_is_no_project_and_no_money_of_the_year():
    round = make_decision(amount=300_000).idea.round
    make_decision(round=round, amount=500_000, answer="no")

    counts = YearOf(round).counts
    (row,) = years()

    assert (counts.admitted, counts.granted) == (1, 300_000)
    assert (row.funded, row.money.funded, row.money.granted) == (1, 1, 300_000)
