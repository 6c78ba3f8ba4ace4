"""The pages of assessors and of the lead: what they show, what they refuse, and what they cost."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oppdrift.assessing.menu import places_for as places_in_room
from oppdrift.assessing.models import Assessment, Assignment, Declaration, Judgement, Standing
from oppdrift.assessing.steps import steps_for
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Decision, Disqualification
from oppdrift.people.models import Person
from oppdrift.rounds.models import Criterion, Round
from oppdrift.toolbox.clock import now
from tests.assessing.making import hand_in, make_assessor, make_assigned, make_led_round
from tests.factories import disqualify, give_role, make_application, make_person, make_version
from tests.scenes import starts_from

GIVEN = {"need-points": "4", "novelty-points": "3", "ordinary-passed": "yes", "fit": "yes"}


def url(name, thing):
    return reverse(f"assessing:{name}", args=[thing.pk])


def statements(client, address, data=None) -> int:
    with CaptureQueriesContext(connection) as caught:
        answer = client.post(address, data) if data is not None else client.get(address)
    assert answer.status_code in (200, 302), answer.content[:500]
    return len(caught)


def make_spring():
    spring, lead = make_led_round(assess_by="2030-03-09T12:00")
    emil = make_assessor(spring, "Emil Fjeldstad", language="en")
    return SimpleNamespace(spring=spring, lead=lead, emil=emil)


def make_one_assigned(*others):
    """One application, which Emil assesses, and with him those of these names."""
    made = make_spring()
    made.others = [make_assessor(made.spring, name) for name in others]
    made.application = make_assigned(made.spring, made.lead, made.emil, *made.others, title="Nattro")
    return made


def make_one_row():
    made = make_spring()
    add_row(made.spring, made.lead, made.emil)
    return made


def add_row(spring, lead, emil):
    someone = make_assessor(spring)
    application = make_assigned(spring, lead, emil, someone)
    hand_in(application, someone)
    Declaration.declare(make_application(round=spring, submitted=True).idea, "unsure", by=someone)


pytestmark = [pytest.mark.django_db, starts_from(make_spring)]
one_assigned = starts_from(make_one_assigned)
with_berit = starts_from(make_one_assigned, "Berit Haugland")
one_row = starts_from(make_one_row)


@pytest.fixture
def spring(scene):
    return scene.spring


@pytest.fixture
def lead(scene):
    return scene.lead


@pytest.fixture
def emil(scene):
    return scene.emil


@pytest.fixture
def berit(scene):
    return scene.others[0]


@pytest.fixture
def application(scene):
    return scene.application


# Declaring


def test_the_page_of_declarations_shows_titles_and_people_but_no_text(client, spring, emil):
    make_application(round=spring, submitted=True, title="Nattro", team=[make_person("Randi Lie")])
    client.force_login(emil)

    page = client.get(url("impartiality", spring)).content.decode()

    assert "Nattro" in page
    assert "Randi Lie" in page
    assert "Vi bruker mye tid" not in page


def test_answers_are_saved_together_and_the_rest_waits(client, spring, emil):
    first, second, third = (make_application(round=spring, submitted=True) for _ in range(3))
    client.force_login(emil)

    answer = client.post(
        url("impartiality", spring),
        {
            f"i{first.idea_id}-answer": "none",
            f"i{second.idea_id}-answer": "disqualified",
            f"i{second.idea_id}-ground": "family",
            f"i{second.idea_id}-relation": "Søster",
        },
        follow=True,
    )

    assert "One application has no answer yet" in answer.content.decode() or "1 application" in answer.content.decode()
    assert dict(Declaration.objects.values_list("idea", "answer")) == {
        first.idea_id: "none",
        second.idea_id: "disqualified",
    }
    assert Disqualification.objects.get().relation == "Søster"
    assert not Declaration.objects.filter(idea=third.idea).exists()


def test_a_disqualified_answer_without_a_ground_comes_back_with_what_is_missing(client, spring, emil):
    application = make_application(round=spring, submitted=True)
    client.force_login(emil)

    answer = client.post(url("impartiality", spring), {f"i{application.idea_id}-answer": "disqualified"})

    assert f'href="#id_i{application.idea_id}-ground"' in answer.content.decode()
    assert not Declaration.objects.exists()


def test_only_those_who_judge_declare(client, spring):
    client.force_login(make_person())

    assert client.get(url("impartiality", spring)).status_code == 403


def test_the_lead_settles_for_the_unsure_and_the_unsure_does_not(client, spring, lead, emil):
    application = make_application(round=spring, submitted=True)
    declaration = Declaration.declare(application.idea, "unsure", relation="Gammel kollega", by=emil)
    form = {f"d{declaration.pk}-answer": "impartial", f"d{declaration.pk}-reason": "Lenge siden"}
    client.force_login(emil)
    own = client.post(url("settle", declaration), form).status_code
    client.force_login(lead)

    shown = client.get(url("settling", spring)).content.decode()
    client.post(url("settle", declaration), {})
    unchanged = not Declaration.objects.get().settled_as
    client.post(url("settle", declaration), form)

    assert own == 404
    assert "Gammel kollega" in shown
    assert unchanged
    assert Declaration.objects.get().is_free


def test_where_the_lead_is_barred_the_substitute_settles(client, spring, lead, emil):
    application = make_application(round=spring, submitted=True, title="Nattro")
    marius = make_person("Marius Tveit")
    give_role(spring, marius, "substitute")
    disqualify(application.idea, lead)
    declaration = Declaration.declare(application.idea, "unsure", by=emil)
    client.force_login(lead)
    shown_to_lead = "Nattro" in client.get(url("settling", spring)).content.decode()
    refused = client.post(url("settle", declaration), {}).status_code
    client.force_login(marius)

    shown = "Nattro" in client.get(url("settling", spring)).content.decode()

    assert not shown_to_lead
    assert refused == 403
    assert shown


# Assigning


def test_the_lead_ticks_who_reads_what_and_sees_what_changed(client, spring, lead, emil):
    berit = make_assessor(spring, "Berit Haugland")
    kept = make_assigned(spring, lead, emil, title="Nattro")
    Declaration.declare(kept.idea, "none", by=berit)
    client.force_login(lead)

    answer = client.post(
        url("assignment", spring),
        {f"was-{kept.pk}-{emil.pk}": "1", f"give-{kept.pk}-{berit.pk}": "1"},
        follow=True,
    )

    assert [row.assessor for row in Assignment.objects.in_force()] == [berit]
    assert "Berit Haugland" in answer.content.decode()
    assert Event.objects.filter(verb="assignment.given", by=lead).count() == 2


@one_assigned
def test_a_tick_set_by_another_lead_meanwhile_stays(client, spring, lead, application):
    client.force_login(lead)

    client.post(url("assignment", spring), {})  # this page was loaded before the tick was set

    assert Assignment.objects.in_force().get().application == application


def test_nobody_is_given_what_they_may_not_read(client, spring, lead, emil):
    application = make_application(round=spring, submitted=True)
    client.force_login(lead)

    answer = client.post(url("assignment", spring), {f"give-{application.pk}-{emil.pk}": "1"})

    assert answer.status_code == 409
    assert not Assignment.objects.exists()


def test_what_is_hidden_from_the_lead_is_a_count_without_content(client, spring, lead, emil):
    application = make_application(round=spring, submitted=True, title="Nattro")
    make_application(round=spring, submitted=True)
    disqualify(application.idea, lead)
    client.force_login(lead)

    pages = [client.get(url(name, spring)).content.decode() for name in ("assignment", "progress")]

    assert all("Nattro" not in page for page in pages)
    assert all("Én søknad" in page or "One application" in page or "habilitet" in page for page in pages)


# Assessing


@one_assigned
def test_the_page_shows_text_and_criteria_and_get_changes_nothing(client, emil, application):
    client.force_login(emil)

    page = client.get(url("assess", application)).content.decode()

    assert "Vi bruker mye tid" in page
    assert "Novelty" in page
    assert not Assessment.objects.exists()


def test_criteria_are_drawn_in_each_readers_language_and_as_they_are_worded_now(client, spring, lead, emil):
    kari = make_assessor(spring, "Kari Vik", language="nn")
    application = make_assigned(spring, lead, emil, kari)

    def page_of(reader):
        client.force_login(reader)
        return client.get(url("assess", application)).content.decode()

    assert "Add a reason" in page_of(emil)
    assert "Legg til grunngiving" in page_of(kari)
    Criterion.objects.filter(edition__round=spring, key="need").update(help="Who has it, and how often?")
    assert "Who has it, and how often?" in page_of(emil)


@one_assigned
def test_a_draft_saves_itself_and_says_when(client, emil, application):
    client.force_login(emil)

    answer = client.post(
        url("save", application), {"need-points": "4", "need-comment": "Belagt"}, headers={"accept": "application/json"}
    )

    assert re.match(r"Saved at\s\d\d:\d\d", answer.json()["saved"])
    assert Assessment.objects.get().judgement.scores["need"].points == 4


@one_assigned
def test_without_script_a_button_saves(client, emil, application):
    client.force_login(emil)

    answer = client.post(url("save", application), {"need-points": "4"}, follow=True)

    assert answer.redirect_chain[0][0] == url("assess", application)
    assert Assessment.objects.get().state == "draft"


@one_assigned
def test_handing_in_too_early_says_what_is_missing_with_links_and_keeps_what_was_typed(client, emil, application):
    client.force_login(emil)

    answer = client.post(
        url("hand_in", application),
        {"need-points": "5", "to_team": "Godt tenkt", "ordinary-passed": "yes", "novelty-is_unclear": "on"},
    )

    page = answer.content.decode()
    for field in ("need-comment", "novelty-points_0", "novelty-unclear", "fit_0"):
        assert f'href="#id_{field}"' in page
        assert f'id="id_{field}"' in page
    assert "Godt tenkt" in page


def test_handed_in_one_goes_on_to_the_next(client, spring, lead, emil):
    first, second, third = (make_assigned(spring, lead, emil) for _ in range(3))
    hand_in(first, emil)
    client.force_login(emil)

    there = client.post(url("hand_in", third), GIVEN, follow=True).redirect_chain
    done = client.post(url("hand_in", second), GIVEN, follow=True).redirect_chain

    assert there[-1][0] == url("assess", second)
    assert done[-1][0] == reverse("assessing:queue")
    assert Standing.objects.get(application=third).handed_in == 1


@one_assigned
def test_one_abstains_with_a_reason(client, emil, application):
    client.force_login(emil)

    refused = client.post(url("abstain", application), {"abstain-reason": ""}).content.decode()
    client.post(url("abstain", application), {"abstain-reason": "Kjenner ikke feltet"})

    assert 'href="#id_abstain-reason"' in refused
    assert Assessment.objects.get().abstain_reason == "Kjenner ikke feltet"


@one_assigned
def test_what_is_new_in_a_version_is_marked_and_the_first_assessment_can_be_taken_along(client, emil, application):
    hand_in(application, emil, 4, 3)
    make_version(application, answers={"challenge": "Vi bruker mye tid på det. Tre timer hver natt."})
    client.force_login(emil)

    page = client.get(url("assess", application)).content.decode()
    client.post(url("start_from_earlier", application))

    assert re.search(r"<ins>\s*Tre timer hver natt.</ins>", page)
    assert "Start from your first assessment" in page
    assert Assessment.objects.get(version__number=2).judgement.scores["need"].points == 4


@one_assigned
def test_what_was_typed_about_one_version_is_not_given_to_the_next(client, emil, application):
    make_version(application)
    client.force_login(emil)

    answer = client.post(url("hand_in", application), {**GIVEN, "version": "1"})

    assert answer.status_code == 409
    assert not Assessment.objects.exists()


@one_assigned
def test_after_the_release_it_is_read_and_not_changed(client, lead, emil, application):
    hand_in(application, emil)
    Decision.release([Decision.make(application.idea, "shortlist", "declined", reason="Nei", by=lead)], by=lead)
    client.force_login(emil)

    page = client.get(url("assess", application))
    refused = client.post(url("hand_in", application), GIVEN)

    assert "need-points" not in page.content.decode()
    assert refused.status_code == 403


@pytest.mark.parametrize("name", ["assess", "assessments"])
@one_assigned
def test_the_disqualified_with_a_saved_link_get_a_reason_and_nothing_else(client, emil, name, application):
    hand_in(application, emil, to_team="Hemmelige ord")
    Declaration.declare(application.idea, "disqualified", ground="family", by=emil)
    client.force_login(emil)

    answer = client.get(url(name, application))

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You are disqualified here" in page
    for secret in ("Nattro", "Vi bruker mye tid", "Hemmelige ord"):
        assert secret not in page


@one_assigned
def test_every_deed_is_refused_to_the_disqualified(client, emil, application):
    Declaration.declare(application.idea, "disqualified", ground="family", by=emil)
    client.force_login(emil)

    for name, form in (
        ("save", GIVEN),
        ("hand_in", GIVEN),
        ("abstain", {"abstain-reason": "x"}),
        ("start_from_earlier", {}),
    ):
        assert client.post(url(name, application), form).status_code == 403, name
    assert not Assessment.objects.exists()


@one_assigned
def test_those_without_a_part_in_it_find_nothing(client, spring, application):
    client.force_login(make_person())

    for name in ("assess", "assessments"):
        assert client.get(url(name, application)).status_code == 404
    for name in ("progress", "assignment", "settling"):
        assert client.get(url(name, spring)).status_code == 403
    assert client.post(url("remind", spring)).status_code == 403


def test_the_undeclared_are_told_to_declare_first(client, spring, emil):
    application = make_application(round=spring, submitted=True)
    client.force_login(emil)

    answer = client.get(url("assess", application))

    assert answer.status_code == 403
    assert "Declare your impartiality first" in answer.content.decode()


@with_berit
def test_others_assessments_open_after_ones_own(client, emil, berit, application):
    hand_in(application, berit, among="Berits egne ord")
    client.force_login(emil)

    before = client.get(url("assessments", application))
    hand_in(application, emil)
    after = client.get(url("assessments", application))

    assert before.status_code == 403
    assert "Berits egne ord" in after.content.decode()


@with_berit
def test_the_lead_sees_what_was_handed_in_and_not_what_is_begun(client, lead, emil, berit, application):
    hand_in(application, berit, among="Ferdige ord")
    Assessment.save_scores(application, Judgement.of({"need": 2}, among="Halve ord"), by=emil)
    client.force_login(lead)

    page = client.get(url("assessments", application)).content.decode()

    assert "Ferdige ord" in page
    assert "Halve ord" not in page


# The lead's overview and reminders


@with_berit
def test_reminders_are_drafts_once_a_day_to_those_who_owe(client, spring, lead, emil, berit, application):
    hand_in(application, berit)
    Round.objects.update(assess_by=now() + dt.timedelta(days=4))
    client.force_login(lead)

    client.post(url("remind", spring))
    client.post(url("remind", spring))

    letter = Message.objects.get()
    assert (letter.receiver, letter.state, letter.kind) == (emil, "draft", "reminder_assessor")
    assert letter.root == spring


def test_the_overview_counts_given_missing_and_begun(client, spring, lead, emil):
    berit = make_assessor(spring, "Berit Haugland")
    first, second = make_assigned(spring, lead, emil, berit), make_assigned(spring, lead, emil)
    hand_in(first, berit)
    Assessment.save_scores(second, Judgement.of({"need": 2}), by=emil)
    client.force_login(lead)

    context = client.get(url("progress", spring)).context

    figures = {one.person.name: (one.assigned, one.missing, one.begun) for one in context["people"]}
    assert figures == {"Emil Fjeldstad": (2, 2, 1), "Berit Haugland": (1, 0, 0)}
    assert (context["done"], context["assigned"], context["missing"]) == (1, 3, 2)


# Steps


def test_steps_of_an_assessor_follow_what_is_left(spring, lead, emil):
    application = make_application(round=spring, submitted=True)
    to_declare = [step.url for step in steps_for(emil)]
    Declaration.declare(application.idea, "none", by=emil)
    Assignment.give(application, emil, by=lead)
    to_assess = [step.url for step in steps_for(emil)]
    hand_in(application, emil)

    assert to_declare == [url("impartiality", spring)]
    assert to_assess == [reverse("assessing:queue")]
    assert steps_for(emil) == []


def test_steps_of_the_lead_settle_assign_remind(django_assert_max_num_queries):
    past = now() - dt.timedelta(days=3)
    spring, lead = make_led_round(deadline=now() - dt.timedelta(days=20), assess_by=past)
    emil = make_assessor(spring)
    make_assigned(spring, lead, emil)
    other = make_application(round=spring, submitted=True)
    Declaration.declare(other.idea, "unsure", by=emil)

    with django_assert_max_num_queries(3):
        steps = steps_for(lead)

    names = ("settling", "assignment", "progress", "shortlist")
    assert [step.url for step in steps] == [url(name, spring) for name in names]


# What it costs


@pytest.mark.parametrize(
    ("name", "limit"),
    [("queue", 10), ("impartiality", 10), ("assignment", 14), ("progress", 10), ("settling", 10), ("criteria", 10)],
)
@one_row
def test_lists_cost_the_same_with_one_row_and_with_three(client, spring, lead, emil, name, limit):
    reader = emil if name in ("queue", "impartiality") else lead
    address = reverse("assessing:queue") if name == "queue" else url(name, spring)
    client.force_login(reader)
    client.get(address)

    one = statements(client, address)
    add_row(spring, lead, emil)
    add_row(spring, lead, emil)
    three = statements(client, address)

    assert one == three <= limit


def test_the_scoring_form_and_a_save_stay_within_their_budget(client, spring, lead, emil):
    berit = make_assessor(spring)
    first, second = make_assigned(spring, lead, emil, berit), make_assigned(spring, lead, emil, berit)
    hand_in(first, berit)
    client.force_login(emil)
    client.post(url("hand_in", second), GIVEN)  # warms what is remembered about content types

    form = statements(client, url("assess", first))
    draft = statements(client, url("save", first), {"need-points": "4"})
    handed_in = statements(client, url("hand_in", first), GIVEN)
    again = statements(client, url("hand_in", first), {**GIVEN, "need-points": "3"})
    read = statements(client, url("assessments", first))

    assert form <= 10
    assert draft <= 14
    assert handed_in <= 14
    assert again <= 14
    assert read <= 12


# The lead's own ties, and the menu


@one_assigned
def test_a_lead_who_declares_a_tie_sees_the_case_no_more_and_the_substitute_has_it(client, spring, lead, application):
    marius = make_person("Marius Tveit")
    give_role(spring, marius, "substitute")
    client.force_login(lead)

    client.post(
        url("impartiality", spring),
        {f"i{application.idea_id}-answer": "disqualified", f"i{application.idea_id}-ground": "family"},
    )

    assert "Nattro" not in client.get(url("assignment", spring)).content.decode()
    assert client.get(url("assessments", application)).status_code == 403
    client.force_login(marius)
    assert "Nattro" in client.get(url("assignment", spring)).content.decode()
    assert client.get(url("assessments", application)).status_code == 200


def test_the_lead_is_not_offered_to_be_unsure(client, spring, lead):
    make_application(round=spring, submitted=True)
    client.force_login(lead)

    page = client.get(url("impartiality", spring)).content.decode()

    assert 'value="disqualified"' in page
    assert 'value="unsure"' not in page


def test_the_menu_shows_assessors_their_queue_and_the_lead_the_round(spring, lead, emil, django_assert_num_queries):
    with django_assert_num_queries(3):
        places = [[place.url for place in places_in_room(person)] for person in (emil, lead, Person(pk=0))]

    assert places == [[reverse("assessing:queue")], [url("progress", spring)], []]
