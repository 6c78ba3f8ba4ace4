"""A benefit from promise to agreed, handed over, dropped."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from oppdrift.benefits.models import Benefit, Measurement
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea, Part
from oppdrift.toolbox.answers import NotNow
from tests.factories import (
    disqualify,
    give_part,
    give_role,
    make_benefit,
    make_idea,
    make_measurement,
    make_person,
    make_project_idea,
    make_round,
)

pytestmark = pytest.mark.django_db


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_a_benefit_is_begun_with_an_owner_and_a_plan():
    idea = make_project_idea()
    team, leader = idea.team().get().person, make_person("Grete Hoel")

    benefit = Benefit.begin(
        idea, by=team, title="Færre bomturer", kind="saved_time", owner=leader, plan=[(dt.date(2027, 1, 20), 6)]
    )

    assert benefit.owner == leader
    assert [(one.due, one.after_months) for one in benefit.waiting] == [(dt.date(2027, 1, 20), 6)]
    assert idea in Idea.objects.of(leader)
    assert verbs() == ["benefit.begun", "measurement.planned", "part.benefit_given", "benefit.owner_named"]


def test_benefits_are_for_what_goes_on_as_a_project():
    team = make_person()
    undecided = make_idea(round=make_round(), team=[team])
    declined = make_project_idea(outcome="declined", team=[team])
    guided = make_project_idea(outcome="guidance_only", team=[team])
    short_round = make_project_idea(round=make_round(stages=["call", "assessing", "deciding"]), team=[team])

    assert Benefit.can_begin(guided)
    assert "decided that the project goes on" in str(Benefit.can_begin(undecided))
    assert not Benefit.can_begin(declined)
    assert "does not follow projects up" in str(Benefit.can_begin(short_round))


def test_the_owner_agrees_to_what_is_written_and_again_when_it_is_changed():
    owner = make_person()
    benefit = make_benefit(owner=owner, baseline=62)

    benefit.agree(by=owner)
    benefit.change(for_whom="de som venter", by=owner)
    assert benefit.agreed_at

    benefit.change(target=70, by=owner)

    assert benefit.agreed_at is None
    kept = benefit.versions.get()
    assert (kept.words["target"], kept.words["baseline"]) == ("85.0000", "62.0000")
    benefit.agree(by=owner)
    assert benefit.versions.count() == 2


def test_nobody_agrees_to_a_benefit_that_does_not_say_what_it_should_become():
    owner = make_person()

    for unready in (make_benefit(owner=owner, target=None), make_benefit(owner=owner, realised="")):
        with pytest.raises(NotNow, match="does not say yet"):
            unready.agree(by=owner)
    with pytest.raises(NotNow, match="Nobody owns it"):
        make_benefit().agree(by=owner)


def test_an_owner_who_leaves_is_replaced_by_somebody_who_says_so():
    team, leaves, comes = make_person(), make_person(), make_person()
    benefit = make_benefit(idea=make_project_idea(team=[team]))
    benefit.name_owner(leaves, by=team)
    benefit.agree(by=leaves)

    leaves.leave(by=team)
    assert benefit.needs_owner or Benefit.objects.get().needs_owner
    assert list(Benefit.objects.without_owner()) == [benefit]

    benefit.name_owner(comes, by=team)

    assert not benefit.needs_owner
    assert benefit.agreed_at is None, "the new one has not agreed"
    held = Part.objects.in_force().filter(kind=Part.Kind.BENEFIT)
    assert [part.person for part in held] == [comes]
    with pytest.raises(NotNow, match="has left"):
        benefit.name_owner(leaves, by=team)


def test_owning_is_not_laid_on_those_who_judge_or_lead():
    round, lead, judge = make_round(), make_person(), make_person()
    give_role(round, lead, "lead")
    benefit = make_benefit(idea=make_project_idea(round=round))
    undecided = make_benefit(idea=make_idea(round=round))
    for idea in (benefit.idea, undecided.idea):
        give_part(idea, judge, "assessor")

    assert "leads the programme" in str(benefit.can_be_owned_by(lead))
    assert "judges the application" in str(undecided.can_be_owned_by(judge))
    assert benefit.can_be_owned_by(judge), "it is decided"


def test_a_dropped_benefit_stays_with_its_reason_and_can_be_taken_up():
    by = make_person()
    benefit = make_benefit()

    with pytest.raises(NotNow, match="Write why"):
        benefit.drop(" ", by=by)
    benefit.drop("Leverandøren la ned tjenesten.", by=by)

    assert not Benefit.objects.in_force().exists()
    with pytest.raises(NotNow, match="dropped"):
        benefit.change(title="Noe annet", by=by)
    benefit.take_up(by=by)
    assert list(Benefit.objects.in_force()) == [benefit]


def test_those_who_belong_to_the_idea_and_its_lead_see_its_benefits():
    round, lead, coach, panel = make_round(), make_person(), make_person(), make_person()
    give_role(round, lead, "lead")
    benefit = make_benefit(idea=make_project_idea(round=round))
    give_part(benefit.idea, coach, "coach")
    give_part(benefit.idea, panel, "panel")

    def seen_by(person):
        return Benefit.objects.seen_by(person).exists()

    assert seen_by(benefit.idea.team().get().person)
    assert seen_by(coach)
    assert seen_by(lead)
    assert not seen_by(panel)
    assert not seen_by(make_person())
    disqualify(benefit.idea, lead)
    assert not seen_by(lead)


@pytest.mark.db_rules
def test_the_database_keeps_what_must_hold():
    benefit = make_benefit(baseline=62)
    broken = [
        lambda: make_measurement(benefit, 60, on="2024-09-01", kind="baseline"),
        lambda: make_measurement(benefit, 60, on="2025-09-01", low=61),
        lambda: Measurement.objects.create(benefit=benefit, due=dt.date(2025, 1, 1), value=3),
        lambda: Measurement.objects.create(benefit=benefit),
        lambda: make_benefit(price=400),
        lambda: make_benefit(dropped_at=benefit.created_at),
        lambda: make_benefit(is_quantitative=False, target=3),
    ]

    for deed in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


@pytest.mark.parametrize("other", [{"measured_in": "hours"}, {"per": "week"}, {"is_quantitative": False}])
def test_what_is_counted_does_not_become_something_else_when_numbers_stand_there(other):
    benefit, begun = make_benefit(baseline=60, measured=[1]), make_benefit(baseline=60)
    by = make_person()

    with pytest.raises(NotNow, match="measured as it is"):
        benefit.change(by=by, **other)
    begun.change(by=by, **other, target=None)

    benefit.change(by=by, title="Kortere ventetid", target=80)
    assert (benefit.title, benefit.target) == ("Kortere ventetid", 80)
