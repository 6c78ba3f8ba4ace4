"""Pages of the lead about unclear ones, ranking and shortlist, and the team's page with its answer."""

import datetime as dt
import io
from types import SimpleNamespace

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oppdrift.assessing import shortlist
from oppdrift.assessing.models import Assignment, Declaration, Improvement, OfferAnswer, Shortlist
from oppdrift.assessing.ranking import Ranking, means_by_version
from oppdrift.assessing.steps import steps_for
from oppdrift.history.models import Message
from oppdrift.ideas.models import Decision
from oppdrift.rounds.models import Milestone
from oppdrift.toolbox.clock import now
from tests.factories import (
    disqualify,
    give_part,
    give_role,
    make_application,
    make_gathering,
    make_person,
    make_version,
)
from tests.scenes import starts_from

from .making import hand_in, make_assessor, make_assigned, make_led_round
from .test_improving import prepare, unclear


def url(name, thing):
    return reverse(f"assessing:{name}", args=[thing.pk])


def reads_english(person):
    person.language = "en"
    person.save()
    return person


def make_spring():
    round, lead = make_led_round(deadline=now() - dt.timedelta(days=20), assess_by=now() - dt.timedelta(days=1))
    return SimpleNamespace(spring=round, lead=reads_english(lead))


def make_ranked(spring, lead, *pairs, **fields):
    """An application with a counted total for each of these (need, novelty)."""
    assessors = [make_assessor(spring) for _ in pairs]
    application = make_assigned(spring, lead, *assessors, **fields)
    for assessor, (need, novelty) in zip(assessors, pairs, strict=True):
        hand_in(application, assessor, need, novelty)
    return application


def make_one_ranked():
    made = make_spring()
    made.application = make_ranked(made.spring, made.lead, (4, 4), (4, 4), title="Nattro")
    return made


def make_of_each_kind():
    made = make_spring()
    make_ranked(made.spring, made.lead, (4, 4), (4, 4), title="Jevn", amount=100_000)
    make_ranked(made.spring, made.lead, (2, 2), (4, 4), title="Uenig", amount=150_000)
    make_ranked(made.spring, made.lead, (3, 3), (3, 3), title="Dyr", amount=400_000)
    return made


def make_told():
    made = make_spring()
    made.told = tell(made.spring, made.lead)
    return made


def tell(spring, lead, outcome="guidance_only"):
    member = make_person()
    application = make_ranked(spring, lead, (4, 4), (4, 4), team=[member], title="Nattro")
    first = application.assessments.first()
    first.to_team = "Godt tenkt."
    first.save()
    shortlist.decide(application, outcome, reason="Vi vil hjelpe.", by=lead)
    shortlist.release(spring, by=lead)
    return application, member


pytestmark = [pytest.mark.django_db, starts_from(make_spring)]
one_ranked = starts_from(make_one_ranked)
of_each_kind = starts_from(make_of_each_kind)
told = starts_from(make_told)


@pytest.fixture
def spring(scene):
    return scene.spring


@pytest.fixture
def lead(scene):
    return scene.lead


# Ranking


def test_ranks_go_by_the_mean_and_equal_means_share_a_rank(spring, lead):
    make_ranked(spring, lead, (4, 4), (4, 4), title="Best")
    make_ranked(spring, lead, (3, 3), (3, 3), title="Lik A")
    make_ranked(spring, lead, (3, 3), (3, 3), title="Lik B")
    make_ranked(spring, lead, (2, 2), (2, 2), title="Sist")

    ranking = Ranking(spring, lead)
    lines = [ranking.line(row) for row in ranking.rows]

    assert [(line.application.idea.title, line.rank, line.is_shared) for line in lines] == [
        ("Best", 1, False),
        ("Lik A", 2, True),
        ("Lik B", 2, True),
        ("Sist", 4, False),
    ]


def test_one_total_is_not_ranked_and_stands_last_with_the_reason(spring, lead):
    make_ranked(spring, lead, (4, 4), title="Alene")
    make_ranked(spring, lead, (2, 2), (2, 2), title="To")

    ranking = Ranking(spring, lead)
    lines = [ranking.line(row) for row in ranking.rows]

    assert [line.application.idea.title for line in lines] == ["To", "Alene"]
    assert lines[1].rank is None
    assert "at least two" in lines[1].why_not_ranked


@one_ranked
def test_a_new_version_is_not_ranked_by_what_was_said_of_the_old(spring, lead, scene):
    application = scene.application
    make_version(application)

    ranking = Ranking(spring, lead)
    line = ranking.line(ranking.rows[0])

    assert line.rank is None
    assert line.standing is None
    assert line.why_not_ranked == "The new version is not assessed yet"


def test_ranks_and_sums_are_computed_without_what_is_hidden(client, spring, lead):
    hidden = make_ranked(spring, lead, (4, 4), (4, 4), title="Nattro", amount=300_000)
    make_ranked(spring, lead, (3, 3), (3, 3), title="Bok på hjul", amount=200_000)
    disqualify(hidden.idea, lead)
    client.force_login(lead)

    ranking = Ranking(spring, lead)
    page = client.get(url("ranking", spring)).content.decode()

    assert ranking.line(ranking.rows[0]).rank == 1
    assert ranking.totals["applied"] == 200_000
    assert "Nattro" not in page
    assert "Hidden: impartiality" in page


@pytest.mark.parametrize(
    ("sort", "first"), [("mean", "Jevn"), ("disagreement", "Uenig"), ("amount", "Dyr"), ("title", "Dyr"), ("x", "Jevn")]
)
@of_each_kind
def test_the_lead_chooses_the_order(spring, lead, sort, first):
    assert Ranking(spring, lead, sort).rows[0].idea.title == first


@pytest.mark.db_rules
def test_titles_are_ordered_as_in_norwegian(spring, lead):
    for title in ("Åpent hus", "Ærlig talt", "Zumba", "Øving"):
        make_application(round=spring, submitted=True, title=title)

    titles = [row.idea.title for row in Ranking(spring, lead, "title").rows]

    assert titles == ["Zumba", "Ærlig talt", "Øving", "Åpent hus"]


def test_the_page_shows_gates_fit_and_spread_beside_the_mean(client, spring, lead):
    application = make_ranked(spring, lead, (2, 2), (4, 4))
    other = make_assessor(spring)
    Declaration.declare(application.idea, "none", by=other)
    Assignment.give(application, other, by=lead)
    hand_in(application, other, 3, 3, ordinary=False, fit="partly")
    client.force_login(lead)

    page = client.get(url("ranking", spring)).content.decode()

    assert "2 yes, 1 no" in page
    assert "2 yes, 1 partly" in page
    assert "2.00–4.00" in page
    assert "<svg" in page


def test_the_file_has_the_same_rows_and_numbers_as_numbers(client, spring, lead):
    make_ranked(spring, lead, (4, 4), (4, 3), title="=Nattro", amount=300_000)
    hidden = make_application(round=spring, submitted=True, title="Hemmelig")
    disqualify(hidden.idea, lead)
    client.force_login(lead)

    book = openpyxl.load_workbook(io.BytesIO(client.get(url("ranking_export", spring)).content))

    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][0] == 1
    assert rows[1][2] == "=Nattro"
    assert rows[1][4] == pytest.approx(3.8)
    assert rows[2][2] == "Hidden: impartiality"
    assert "Hemmelig" not in str(rows)


def test_means_before_and_after_are_told_apart(spring, lead):
    application = make_ranked(spring, lead, (2, 2), (3, 3))
    make_version(application)
    for assignment in application.assignments.all():
        hand_in(application, assignment.assessor, 4, 4)

    means = means_by_version([application.pk])[application.pk]

    assert float(means[1]["mean"]) == pytest.approx(2.5)
    assert float(means[2]["mean"]) == pytest.approx(4)


# Unclear


@unclear
def test_the_lead_writes_what_is_unclear_from_the_questions_and_invites(client, scene):
    application, lead = scene
    workshop = make_gathering(round=application.round, kind="improvement_workshop")
    client.force_login(lead)

    page = client.get(url("improving", application)).content.decode()
    until = f"{now() + dt.timedelta(days=20):%Y-%m-%dT12:00}"
    asked = {"unclear": "Hvem gjelder det?", "gathering": workshop.pk, "until": until, "invite": "1"}
    client.post(url("improving", application), asked)

    assert "Hvor mange er de?" in page
    assert Improvement.objects.get().invited_at
    assert Message.objects.filter(kind="unclear_invitation", state="draft").count() == 2


@unclear
def test_what_was_typed_stays_when_no_workshop_is_chosen(client, scene):
    application, lead = scene
    client.force_login(lead)
    until = f"{now() + dt.timedelta(days=20):%Y-%m-%dT12:00}"

    answer = client.post(url("improving", application), {"unclear": "Mine ord", "until": until, "invite": "1"})

    assert answer.status_code in (403, 422)
    assert not Improvement.objects.invited().exists()


@unclear
def test_several_are_invited_at_once_and_the_mean_after_stands_beside_the_one_before(client, scene):
    application, lead = scene
    prepare(application, lead)
    client.force_login(reads_english(lead))

    client.post(url("invite_all", application.round))
    make_version(application)
    for assignment in application.assignments.all():
        hand_in(application, assignment.assessor, 4, 4)
    page = client.get(url("unclear", application.round)).content.decode()

    assert "3.00" in page
    assert "4.00" in page
    assert "+1.00" in page


@unclear
def test_the_team_sees_what_is_unclear_only_when_invited(scene):
    application, lead = scene
    member = application.idea.team()[0].person
    improvement = prepare(application, lead)

    assert not Improvement.objects.seen_by(member).exists()
    improvement.invite(by=lead)
    assert Improvement.objects.seen_by(member).exists()
    assert not Improvement.objects.seen_by(make_person()).exists()


# Deciding and releasing


@one_ranked
def test_an_outcome_without_a_reason_is_sent_back_with_the_sentence(client, lead, scene):
    application = scene.application
    client.force_login(lead)

    answer = client.post(url("decide", application), {"outcome": "declined", "reason": ""})

    assert answer.status_code == 422
    assert 'href="#id_reason"' in answer.content.decode()
    assert not Decision.objects.exists()


def test_saved_one_goes_on_to_the_next_down_the_ranking(client, spring, lead):
    best = make_ranked(spring, lead, (4, 4), (4, 4))
    last = make_ranked(spring, lead, (2, 2), (2, 2))
    middle = make_ranked(spring, lead, (3, 3), (3, 3))
    client.force_login(lead)

    given = {"outcome": "admitted", "reason": "Bra.", "next": "1"}
    there = [client.post(url("decide", each), given)["Location"] for each in (best, middle, last)]

    assert there == [url("decide", middle), url("decide", last), url("shortlist", spring)]


def test_the_page_shows_each_letter_as_it_will_be_read(client, spring, lead):
    application = make_application(round=spring, submitted=True, team=[make_person("Kari Berg")])
    shortlist.decide(application, "declined", reason="Behovet er ikke vist.", by=lead)
    client.force_login(lead)

    page = client.get(url("decide", application)).content.decode()

    assert "Kari Berg" in page
    assert page.count("Behovet er ikke vist.") == 2  # in the form and in the letter


def test_the_release_names_first_who_is_told_what_and_get_tells_nobody(client, spring, lead):
    application = make_application(round=spring, submitted=True, title="Nattro", team=[make_person("Kari Berg")])
    shortlist.decide(application, "declined", reason="Nei.", by=lead)
    client.force_login(lead)

    page = client.get(url("release", spring)).content.decode()

    assert "Kari Berg" in page
    assert not Decision.objects.released().exists()
    client.post(url("release", spring))
    assert Decision.objects.released().count() == 1
    assert client.post(url("release", spring)).status_code == 409


def test_a_release_before_all_have_an_outcome_says_so(client, spring, lead):
    make_application(round=spring, submitted=True)
    client.force_login(lead)

    page = client.get(url("release", spring)).content.decode()
    answer = client.post(url("release", spring))

    assert "1 application has no outcome yet." in page
    assert answer.status_code == 409


def test_the_plan_is_advice_and_the_page_asks_why(client, spring, lead):
    application = make_application(round=spring, submitted=True)
    shortlist.decide(application, "admitted", reason="Bra.", by=lead)
    client.force_login(lead)

    page = client.get(url("shortlist", spring)).content.decode()
    day = f"{Shortlist.of(spring).answer_by:%Y-%m-%dT%H:%M}"
    client.post(url("plan", spring), {"answer_by": day, "places_reason": "Bare én var god nok."})

    assert "Why not as many as planned?" in page
    assert Shortlist.objects.get().places_reason == "Bare én var god nok."
    assert shortlist.can_release(spring, lead)


def test_where_nothing_is_left_to_plan_there_is_no_form(client, spring, lead):
    spring.shortlist_places = 1
    spring.save()
    shortlist.decide(make_application(round=spring, submitted=True), "admitted", reason="Bra.", by=lead)
    shortlist.release(spring, by=lead)
    client.force_login(lead)

    assert url("plan", spring) not in client.get(url("shortlist", spring)).content.decode()


@pytest.mark.parametrize("name", ["decide", "improving", "assessments"])
@one_ranked
def test_the_disqualified_lead_gets_a_reason_and_nothing_else(client, lead, name, scene):
    application = scene.application
    disqualify(application.idea, lead)
    client.force_login(lead)

    answer = client.get(url(name, application))

    assert answer.status_code == 403
    assert "Nattro" not in answer.content.decode()


def test_the_substitute_decides_what_the_lead_may_not_and_sees_nothing_else(client, spring, lead):
    theirs = make_application(round=spring, submitted=True, title="Nattro")
    others = make_application(round=spring, submitted=True, title="Bok på hjul")
    substitute = make_person()
    give_role(spring, substitute, "substitute")
    disqualify(theirs.idea, lead)
    client.force_login(substitute)

    page = client.get(url("shortlist", spring)).content.decode()
    answer = client.post(url("decide", theirs), {"outcome": "declined", "reason": "Nei."})

    assert "Nattro" in page
    assert "Bok på hjul" not in page
    assert answer.status_code == 302
    assert client.get(url("decide", others)).status_code == 403
    assert client.post(url("release", spring)).status_code == 403


@pytest.mark.parametrize("name", ["unclear", "ranking", "ranking_export", "shortlist", "release"])
def test_pages_of_the_lead_are_nobody_elses(client, spring, lead, name):
    for person in (make_person(), make_assessor(spring)):
        client.force_login(person)

        assert client.get(url(name, spring)).status_code == 403


# The team's page


@told
def test_the_team_reads_outcome_reason_and_words_without_names_and_points(client, scene):
    application, member = scene.told
    client.force_login(member)

    page = client.get(url("outcome", application)).content.decode()

    assert "Vi vil hjelpe." in page
    assert "Godt tenkt." in page
    assert "4.00" not in page
    assert all(row.assessor.name not in page for row in application.assessments.all())


def test_before_the_release_there_is_nothing_to_read(client, spring, lead):
    member = make_person()
    application = make_application(round=spring, submitted=True, team=[member])
    shortlist.decide(application, "declined", reason="Nei.", by=lead)
    client.force_login(member)

    assert client.get(url("outcome", application)).status_code == 404


@told
def test_nobody_but_the_team_and_the_lead_sees_the_outcome(client, scene):
    application, _member = scene.told
    assessor = application.assignments.first().assessor

    for person in (make_person(), assessor):
        client.force_login(person)
        assert client.get(url("outcome", application)).status_code == 404


@told
def test_the_team_answers_on_its_page_and_others_do_not(client, scene):
    application, member = scene.told
    offer = OfferAnswer.objects.get()
    leader = make_person()
    give_part(application.idea, leader, "endorser")

    client.force_login(leader)
    refused = client.post(url("answer", offer), {"answer": "yes"})
    client.force_login(member)
    client.get(url("answer", offer))
    client.post(url("answer", offer), {"answer": "perhaps"})
    before = OfferAnswer.objects.get().answer
    client.post(url("answer", offer), {"answer": "yes"})

    assert refused.status_code == 403
    assert before == ""
    assert OfferAnswer.objects.get().answer == "yes"


# Steps


def test_steps_from_unclear_to_release_and_answer(spring, lead):
    member = make_person()
    application = make_application(round=spring, submitted=True, team=[member])
    to_decide = [step.url for step in steps_for(lead)]
    shortlist.decide(application, "guidance_only", reason="Ja.", by=lead)
    to_release = [step.title for step in steps_for(lead)]
    shortlist.release(spring, by=lead)

    assert url("shortlist", spring) in to_decide
    assert "Release the shortlist" in to_release
    assert [step.url for step in steps_for(member)] == [url("outcome", application)]
    OfferAnswer.objects.get().give("yes", by=member)
    assert steps_for(member) == []
    assert steps_for(lead) == []


def test_who_said_yes_to_the_pitch_gets_ready(spring, lead):
    Milestone.objects.create(round=spring, kind="pitch_day", name="Pitchedag", at=now() + dt.timedelta(days=30))
    _application, member = tell(spring, lead, "admitted")

    OfferAnswer.objects.get().give("yes", by=member)

    assert [step.title for step in steps_for(member)] == ["Get ready to pitch “Nattro”"]


@unclear
def test_the_lead_is_shown_what_is_unclear_while_a_workshop_is_ahead(scene):
    application, lead = scene
    workshop = make_gathering(round=application.round, kind="improvement_workshop")

    found = [step.url for step in steps_for(lead)]
    improvement = prepare(application, lead, gathering=workshop)
    ready = [step.title for step in steps_for(lead)]
    improvement.invite(by=lead)

    assert url("unclear", application.round) in found
    assert "Invite one team to make it clearer" in ready
    assert url("unclear", application.round) not in [step.url for step in steps_for(lead)]


# What it costs


@pytest.mark.parametrize(("name", "limit"), [("ranking", 10), ("unclear", 12), ("shortlist", 15), ("release", 15)])
@one_ranked
def test_pages_cost_the_same_with_one_row_and_with_three(client, spring, lead, name, limit, scene):
    client.force_login(lead)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(url(name, spring))
        return len(asked)

    def add(application):
        if name != "unclear":
            shortlist.decide(application, "admitted", reason="Bra.", by=lead)

    add(scene.application)
    cost()
    one = cost()
    for _ in range(2):
        add(make_ranked(spring, lead, (4, 4), (4, 3)))

    assert cost() == one
    assert one <= limit


def test_a_substitute_who_sees_one_application_is_shown_no_rank(spring, lead):
    theirs = make_ranked(spring, lead, (4, 4), (4, 4))
    make_ranked(spring, lead, (4, 4), (4, 3))
    substitute = make_person()
    give_role(spring, substitute, "substitute")
    disqualify(theirs.idea, lead)

    ranking = Ranking(spring, substitute)
    lines = [ranking.line(row) for row in ranking.rows]

    assert [(line.application, line.rank) for line in lines] == [(theirs, None)]


@told
def test_once_all_are_told_no_other_day_to_answer_is_asked_for(client, spring, lead):
    client.force_login(lead)

    page = client.get(url("shortlist", spring)).content.decode()

    assert "answer_by" not in page
    assert "Released" in page
