"""One assessor gives points and words to the newest version; what it amounts to is kept beside it."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from oppdrift.assessing.models import Assessment, Declaration, Given, Judgement, Standing, criteria_of, lacks, total_of
from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.assessing.making import all_given, hand_in, make_assessor, make_assigned, make_led_round
from tests.factories import make_version
from tests.scenes import starts_from


def make_world():
    spring, lead = make_led_round()
    emil, berit = make_assessor(spring, "Emil"), make_assessor(spring, "Berit")
    application = make_assigned(spring, lead, emil, berit)
    return SimpleNamespace(spring=spring, lead=lead, emil=emil, berit=berit, application=application)


pytestmark = [pytest.mark.django_db, starts_from(make_world)]


@pytest.fixture
def world(scene):
    return scene


def test_a_draft_is_kept_as_it_grows_and_counts_nowhere(world):
    Assessment.save_scores(world.application, Judgement.of({"need": 4}), by=world.emil)
    Assessment.save_scores(world.application, Judgement.of({"need": 5, "novelty": 2}, to_team="Fint"), by=world.emil)

    draft = Assessment.objects.get()
    assert (draft.state, draft.total, draft.to_team) == ("draft", None, "Fint")
    assert draft.judgement.scores["need"] == Given(points=5)
    assert Standing.objects.get(application=world.application).handed_in == 0


def test_handed_in_its_total_is_the_weighted_mean(world):
    assessment = hand_in(world.application, world.emil, 4, 3)

    assert (assessment.state, assessment.total) == ("handed_in", Decimal("3.600"))
    assert Event.objects.filter(verb="assessment.handed_in", by=world.emil).count() == 1


def test_all_that_is_missing_is_said_at_once(world):
    half = Judgement.of({"need": 5, "ordinary": Given(is_unclear=True)})

    missing = lacks(half, criteria_of(world.application.versions.get().edition_id))
    with pytest.raises(NotNow, match="Novelty: Give points"):
        Assessment.hand_in(world.application, half, by=world.emil)

    assert [(lack.key, lack.field) for lack in missing] == [
        ("need", "comment"),
        ("novelty", "points"),
        ("ordinary", "passed"),
        ("ordinary", "unclear"),
        ("fit", "fit"),
    ]
    assert not Assessment.objects.exists()


def test_fit_is_never_in_the_total(world):
    totals = {hand_in(world.application, world.emil, 4, 3, fit=fit).total for fit in ("yes", "partly", "no")}

    assert totals == {Decimal("3.600")}


def test_handing_in_again_changes_the_total_and_is_remembered(world):
    hand_in(world.application, world.emil, 4, 4)

    hand_in(world.application, world.emil, 2, 2)

    assert Standing.objects.get().mean == Decimal("2.000")
    assert Event.objects.filter(verb="assessment.changed").get().data == {"number": 1, "total": 2.0}


def test_what_is_handed_in_is_not_overwritten_by_a_draft(world):
    hand_in(world.application, world.emil)

    with pytest.raises(NotNow, match="handed in already"):
        Assessment.save_scores(world.application, Judgement.of({"need": 2}), by=world.emil)

    assert Assessment.objects.get().total == Decimal("3.600")


def test_after_the_shortlist_is_released_assessments_stand(world):
    hand_in(world.application, world.emil)
    decision = Decision.make(world.application.idea, "shortlist", "admitted", reason="God", by=world.lead)
    hand_in(world.application, world.berit)  # pending tells nobody, and closes nothing
    Decision.release([decision], by=world.lead)

    with pytest.raises(NotNow, match="outcome is told"):
        hand_in(world.application, world.emil, 2, 2)


def test_who_abstains_says_why_and_counts_apart(world):
    hand_in(world.application, world.berit, 4, 4)
    Assessment.save_scores(world.application, Judgement.of({"need": 2}), by=world.emil)

    with pytest.raises(NotNow, match="why"):
        Assessment.abstain(world.application, " ", by=world.emil)
    Assessment.abstain(world.application, "Jeg kjenner ikke feltet.", by=world.emil)

    standing = Standing.objects.get()
    assert (standing.counted, standing.abstained, standing.handed_in) == (1, 1, 1)
    assert Assessment.objects.get(assessor=world.emil).judgement.scores["need"].points == 2


def test_others_are_seen_after_handing_in_not_before_and_not_by_abstaining(world):
    theirs = hand_in(world.application, world.berit)

    before = set(Assessment.objects.seen_by(world.emil))
    Assessment.abstain(world.application, "Vet ikke", by=world.emil)
    abstaining = set(Assessment.objects.seen_by(world.emil))
    mine = hand_in(world.application, world.emil)
    after = set(Assessment.objects.seen_by(world.emil))

    assert before == set()
    assert theirs not in abstaining
    assert after == {theirs, mine}
    assert set(Assessment.objects.seen_by(world.lead)) == {theirs, mine}


def test_drafts_are_seen_by_their_writer_only(world):
    draft = Assessment.save_scores(world.application, Judgement.of({"need": 4}), by=world.emil)
    hand_in(world.application, world.berit)

    assert draft in Assessment.objects.seen_by(world.emil)
    assert draft not in Assessment.objects.seen_by(world.lead)
    assert draft not in Assessment.objects.seen_by(world.berit)


def test_a_new_version_asks_for_a_new_assessment_and_the_first_stays(world):
    hand_in(world.application, world.emil, 2, 2)
    make_version(world.application)

    Standing.refresh(world.application)
    empty = Standing.objects.get().counted
    hand_in(world.application, world.emil, 4, 4)

    assert empty == 0
    assert list(Assessment.objects.by(world.emil).values_list("version__number", "total")) == [
        (1, Decimal("2.000")),
        (2, Decimal("4.000")),
    ]
    assert Standing.objects.get().mean == Decimal("4.000")


def test_a_standing_of_an_old_version_is_not_current(world):
    hand_in(world.application, world.emil)
    current = Standing.objects.current().exists()

    make_version(world.application)

    assert current
    assert not Standing.objects.current().exists()


def test_one_may_start_from_ones_first_assessment_but_what_was_unclear_is_asked_anew(world):
    first = all_given(4, 3, to_team="Godt beskrevet")
    first.scores["need"] = Given(points=4, comment="Belagt", is_unclear=True, unclear="Hvem?")
    Assessment.hand_in(world.application, first, by=world.emil)
    make_version(world.application)

    draft = Assessment.start_from_earlier(world.application, by=world.emil)

    assert (draft.state, draft.version.number, draft.to_team) == ("draft", 2, "Godt beskrevet")
    assert draft.judgement.scores["need"] == Given(points=4, comment="Belagt")


def test_who_has_no_earlier_assessment_starts_afresh(world):
    with pytest.raises(NotNow, match="earlier version"):
        Assessment.start_from_earlier(world.application, by=world.emil)


def test_an_assessment_needs_an_assignment(world):
    with pytest.raises(NotNow, match="not assigned to you"):
        hand_in(world.application, make_free(world.application, world.spring))
    with pytest.raises(NotNow, match="not an assessor"):
        hand_in(world.application, world.lead)


def make_free(application, round):
    person = make_assessor(round)
    Declaration.declare(application.idea, "none", by=person)
    return person


@pytest.mark.db_rules
def test_the_tables_hold_totals_points_and_reasons(world):
    row = hand_in(world.application, world.emil)

    for broken in ({"total": Decimal("5.001")}, {"state": "abstained", "abstain_reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.filter(pk=row.pk).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.scores.update(points=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(application=world.application, version=row.version, assessor=world.emil)


def test_a_total_needs_every_quality_criterion(world):
    criteria = criteria_of(world.application.versions.get().edition_id)

    assert total_of(Judgement.of({"need": 4}), criteria) is None
    assert total_of(Judgement.of({"need": 1, "novelty": 2}), criteria) == Decimal("1.400")


def test_in_a_closed_round_nothing_is_assessed_any_more():
    round, lead = make_led_round()
    assessor = make_assessor(round)
    application = make_assigned(round, lead, assessor)
    round.closed_at = now()
    round.save()

    with pytest.raises(NotNow, match="round is closed"):
        hand_in(application, assessor)
