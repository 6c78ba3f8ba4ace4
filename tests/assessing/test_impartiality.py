"""Before anybody reads, they say whether they may; found out later, their scores are seen and count no more."""

from types import SimpleNamespace

import pytest

from oppdrift.applications.models import Application
from oppdrift.assessing.models import Assessment, Assignment, Declaration, Desk, Standing
from oppdrift.history.models import Event
from oppdrift.ideas.models import Disqualification, Idea
from oppdrift.toolbox.answers import NotNow
from tests.assessing.making import hand_in, make_assessor, make_assigned, make_led_round
from tests.factories import give_part, give_role, make_application, make_person
from tests.scenes import starts_from


def make_world():
    spring, lead = make_led_round()
    emil, application = make_assessor(spring, "Emil Fjeldstad"), make_application(round=spring, submitted=True)
    return SimpleNamespace(spring=spring, lead=lead, emil=emil, application=application)


pytestmark = [pytest.mark.django_db, pytest.mark.db_rules, starts_from(make_world)]


@pytest.fixture
def world(scene):
    return scene


def test_without_a_word_on_impartiality_nothing_is_assigned(world):
    with pytest.raises(NotNow, match="has not declared"):
        Assignment.give(world.application, world.emil, by=world.lead)

    assert not Application.objects.seen_by(world.emil).exists()
    assert not Desk.of(world.application.pk, world.emil).can_read()


def test_no_ties_opens_the_way_to_an_assignment_and_only_that_opens_the_text(world):
    Declaration.declare(world.application.idea, "none", by=world.emil)
    before = Application.objects.seen_by(world.emil).exists()
    Assignment.give(world.application, world.emil, by=world.lead)

    assert not before
    assert Application.objects.seen_by(world.emil).get() == world.application
    assert Desk.of(world.application.pk, world.emil).can_assess()


def test_a_disqualified_person_is_barred_at_once_and_says_why(world):
    with pytest.raises(NotNow, match="Choose why"):
        Declaration.declare(world.application.idea, "disqualified", by=world.emil)
    Declaration.declare(world.application.idea, "disqualified", ground="family", relation="Søster", by=world.emil)

    row = Disqualification.objects.in_force().get(person=world.emil)
    assert (row.idea, row.ground, row.relation) == (world.application.idea, "family", "Søster")
    with pytest.raises(NotNow, match="is disqualified"):
        Assignment.give(world.application, world.emil, by=world.lead)


def test_the_disqualified_do_not_free_themselves(world):
    Declaration.declare(world.application.idea, "disqualified", ground="role", by=world.emil)

    with pytest.raises(NotNow, match="Only the programme lead"):
        Declaration.declare(world.application.idea, "none", by=world.emil)

    assert Disqualification.objects.in_force().filter(person=world.emil).exists()


def test_somebody_barred_by_others_cannot_declare_the_bar_away(world):
    Disqualification.declare(world.application.idea, world.emil, ground="role", by=world.lead)

    with pytest.raises(NotNow, match="Only the programme lead"):
        Declaration.declare(world.application.idea, "none", by=world.emil)


def test_a_tie_found_later_takes_the_scores_out_visibly(world):
    berit, amina = make_assessor(world.spring), make_assessor(world.spring)
    application = make_assigned(world.spring, world.lead, world.emil, berit, amina)
    for person, points in ((world.emil, 2), (berit, 4), (amina, 4)):
        hand_in(application, person, points, points)

    Declaration.declare(application.idea, "disqualified", ground="family", by=world.emil)

    standing = Standing.objects.get(application=application)
    assert (standing.counted, float(standing.mean), standing.discounted, standing.assigned) == (2, 4.0, 1, 2)
    assert Assessment.objects.get(assessor=world.emil).discounted_at
    assert Assignment.objects.in_force().of(world.emil).count() == 0
    assert not Application.objects.seen_by(world.emil).exists()
    assert not Assessment.objects.seen_by(world.emil).exists()
    assert Event.objects.about(application.idea).filter(verb="assessment.discounted").count() == 1


def test_unsure_closes_the_text_until_the_lead_has_settled_it(world):
    application = make_assigned(world.spring, world.lead, world.emil)

    declaration = Declaration.declare(application.idea, "unsure", relation="Gikk på skole sammen", by=world.emil)
    closed = not Application.objects.seen_by(world.emil).exists() and not Desk.of(application.pk, world.emil).can_read()
    declaration.settle("impartial", reason="Det er 30 år siden.", by=world.lead)

    assert closed
    assert Application.objects.seen_by(world.emil).get() == application
    assert Desk.of(application.pk, world.emil).can_assess()


def test_settled_as_disqualified_bars_and_says_why(world):
    declaration = Declaration.declare(world.application.idea, "unsure", by=world.emil)

    with pytest.raises(NotNow, match="reason"):
        declaration.settle("disqualified", reason=" ", by=world.lead)
    declaration.settle("disqualified", reason="De er naboer.", ground="other", by=world.lead)

    assert Declaration.objects.get().bars
    assert Disqualification.objects.in_force().filter(person=world.emil).exists()


def test_a_disqualification_that_was_wrong_is_ended_and_scores_count_again(world):
    berit = make_assessor(world.spring)
    application = make_assigned(world.spring, world.lead, world.emil, berit)
    hand_in(application, world.emil, 2, 2)
    hand_in(application, berit, 4, 4)
    declaration = Declaration.declare(application.idea, "disqualified", ground="other", by=world.emil)

    declaration.settle("impartial", reason="Feil søknad.", by=world.lead)

    standing = Standing.objects.get(application=application)
    assert (standing.counted, float(standing.mean), standing.discounted) == (2, 3.0, 0)
    assert not Disqualification.objects.in_force().exists()


def test_a_disqualified_lead_gives_the_case_to_the_substitute(world):
    marius = make_person("Marius Tveit")
    give_role(world.spring, marius, "substitute")

    Declaration.declare(world.application.idea, "disqualified", ground="family", by=world.lead)

    assert not Idea.objects.led_by(world.lead).exists()
    assert Idea.objects.led_by(marius).get() == world.application.idea


def test_the_lead_is_never_merely_unsure(world):
    with pytest.raises(NotNow, match="You lead the round"):
        Declaration.declare(world.application.idea, "unsure", by=world.lead)


def test_one_who_belongs_to_the_idea_has_nothing_to_declare(world):
    give_part(world.application.idea, world.emil, "endorser")

    with pytest.raises(NotNow, match="belong"):
        Declaration.declare(world.application.idea, "none", by=world.emil)


def test_saying_the_same_twice_is_remembered_once(world):
    Declaration.declare(world.application.idea, "none", by=world.emil)
    Declaration.declare(world.application.idea, "none", by=world.emil)

    assert Event.objects.filter(verb__startswith="declaration.").count() == 1
