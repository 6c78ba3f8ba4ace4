"""Reminders of measurements, and what people owe here."""

import datetime as dt

import pytest

from oppdrift.benefits import reminders
from oppdrift.benefits.steps import steps_for
from oppdrift.history.models import Message
from oppdrift.ideas.models import Decision
from oppdrift.ideas.sight import ties
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.clock import now, today
from oppdrift.toolbox.once import remembering
from tests.factories import disqualify, give_role, make_benefit, make_person, make_project_idea, make_round

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def benefit_due_in(days: int, **fields):
    return make_benefit(planned=[(today() + days * DAY).isoformat()], baseline=62, **fields)


def told():
    return sorted((letter.kind, letter.receiver.name) for letter in Message.objects.all())


def test_owner_and_project_lead_are_reminded_once_before_and_once_when_it_is_late():
    idea = make_project_idea(team=[make_person("Nora"), make_person("Jonas")])
    benefit_due_in(10, idea=idea, owner=make_person("Grete"))
    benefit_due_in(20, idea=idea)

    assert reminders.write_due() == 2
    assert reminders.write_due() == 0, "each is written once"
    assert told() == [("measurement_due", "Grete"), ("measurement_due", "Nora")]

    late = benefit_due_in(-20, idea=idea)
    assert reminders.write_due() == 1
    assert told()[-1] == ("measurement_late", "Nora")
    assert late.title in Message.objects.get(kind="measurement_late").body


def test_reminders_wait_for_the_lead_also_when_the_round_is_long_closed():
    lead, round = make_person(), make_round(deadline="2024-02-15T12:00")
    give_role(round, lead, "lead")
    round.close(by=lead)
    benefit_due_in(1, idea=make_project_idea(round=round))

    reminders.write_due()

    assert [letter.state for letter in Message.objects.all()] == ["draft"]


def test_where_nobody_leads_any_more_reminders_leave_by_themselves():
    benefit_due_in(1, idea=make_project_idea(round=make_round()))

    reminders.write_due()

    assert [letter.state for letter in Message.objects.all()] == ["queued"]


def test_nobody_is_reminded_of_what_is_given_up_measured_or_left_out():
    by = make_person()
    benefit_due_in(1).drop("Ble ikke noe av.", by=by)
    benefit_due_in(1).waiting[0].skip("Loggen var nede.", by=by)
    gone = benefit_due_in(1, owner=make_person())
    gone.owner.leave(by=by)
    part = gone.idea.team().get()
    part.person.leave(by=by)

    assert reminders.write_due() == 0


def test_when_owner_and_team_have_left_the_lead_is_reminded():
    lead, round, owner = make_person("Ingrid"), make_round(), make_person()
    give_role(round, lead, "lead")
    benefit = benefit_due_in(1, idea=make_project_idea(round=round), owner=owner)
    for person in (owner, benefit.idea.team().get().person):
        person.leave(by=lead)

    reminders.write_due()

    assert told() == [("measurement_due", "Ingrid")]


def titles(person):
    return [step.title for step in steps_for(person)]


def test_what_is_to_be_measured_is_a_step_of_owner_and_team():
    team, owner = make_person(), make_person()
    idea = make_project_idea(team=[team])
    benefit = benefit_due_in(20, idea=idea, title="Kortere ventetid", owner=owner)
    benefit_due_in(50, idea=idea, title="Siden", owner=owner)
    for each in (team, owner):
        assert [title for title in titles(each) if "Measure" in title] == ["Measure “Kortere ventetid”"]

    benefit.drop("Ble ikke noe av.", by=team)
    assert not [title for title in titles(team) if "Measure" in title]


def test_a_team_writes_its_benefits_and_names_their_owners():
    team = make_person()
    idea = make_project_idea(team=[team], title="Ett besøk holder")
    assert titles(team) == ["Write down the benefits of Ett besøk holder"]

    benefit = make_benefit(idea=idea)
    assert titles(team) == ["Name who owns a benefit"]

    owner = make_person()
    benefit.name_owner(owner, by=team)
    assert titles(team) == []
    assert titles(owner) == ["Read and agree to a benefit"]

    benefit.agree(by=owner)
    assert titles(owner) == []


def test_the_lead_asks_after_measurements_that_nobody_made():
    lead, other = make_person(), make_person()
    idea = make_project_idea(round=make_round(lead=lead, deadline=now() - 90 * DAY))
    late = benefit_due_in(-2, idea=idea)
    benefit_due_in(2, idea=idea)
    give_role(make_round(deadline=now() - 90 * DAY), other, "lead")

    assert titles(lead) == ["Ask after one measurement"]
    assert titles(other) == []
    disqualify(idea, lead)
    assert titles(lead) == []
    idea.disqualifications.all().delete()
    late.drop("Ble ikke noe av.", by=lead)
    assert titles(lead) == []


def test_the_lead_sees_projects_whose_benefits_nobody_owns_a_month_after_the_decision():
    lead, owner = make_person(), make_person()
    idea = make_project_idea(round=make_round(lead=lead, deadline=now() - 90 * DAY))
    assert titles(lead) == []

    Decision.objects.filter(idea=idea).update(released_at=now() - 31 * DAY)
    benefit = make_benefit(idea=idea, owner=owner)
    assert titles(lead) == ["Find an owner of benefits in one project"]

    benefit.agree(by=owner)
    assert titles(lead) == []


def test_steps_take_two_statements(django_assert_max_num_queries):
    team = make_person()
    for _ in range(3):
        benefit_due_in(5, idea=make_project_idea(team=[team]))

    with remembering():
        ties(team), roles_held_by(team)  # every page asks them
        with django_assert_max_num_queries(2):
            assert len(steps_for(team)) == 6
