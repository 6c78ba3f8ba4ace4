"""A lead and a substitute declare their impartiality before they read, as assessors do; numbers and titles they see."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import translation

from oppdrift.assessing import shortlist
from oppdrift.assessing.models import Declaration
from oppdrift.assessing.shortlist import decide, missing_to_release
from oppdrift.assessing.steps import steps_for
from oppdrift.front.outbox import outbox_of
from oppdrift.history import letters
from oppdrift.ideas.models import Clearance, Decision, Idea
from oppdrift.rounds.models import Round
from oppdrift.toolbox.clock import now
from tests.assessing.making import hand_in, make_assessor, make_assigned, make_led_round
from tests.factories import disqualify, give_role, make_application, make_person
from tests.scenes import starts_from


def make_spring():
    spring, lead = make_led_round(name="Våren")
    return SimpleNamespace(spring=spring, lead=lead)


def make_one_undeclared():
    made = make_spring()
    made.application = undeclared(made.spring)
    return made


def undeclared(round, **fields):
    return make_application(round=round, submitted=True, declared=False, shared=False, **fields)


pytestmark = [pytest.mark.django_db, pytest.mark.db_rules, starts_from(make_spring)]
one_undeclared = starts_from(make_one_undeclared)


@pytest.fixture
def spring(scene):
    return scene.spring


@pytest.fixture
def lead(scene):
    return scene.lead


def url(name, thing):
    return reverse(f"assessing:{name}", args=[thing.pk])


def test_until_they_declare_a_lead_sees_title_and_team_and_no_text(client, spring, lead):
    nora = make_person("Nora Berg")
    application = undeclared(spring, title="Nattro", team=[nora])
    client.force_login(lead)

    page = client.get(reverse("applications:application", args=[application.pk])).content.decode()

    assert "Nattro" in page
    assert "Nora Berg" in page
    assert "Vi bruker mye tid" not in page
    assert f"{url('impartiality', spring)}?from={application.pk}" in page
    assert client.get(reverse("applications:version", args=[application.pk, 1])).status_code == 403


def test_one_button_says_no_ties_to_all_that_stand_on_the_page(client, spring, lead):
    first, tied, third = undeclared(spring), undeclared(spring), undeclared(spring)
    client.force_login(lead)
    page = {f"i{each.idea_id}-relation": "" for each in (first, tied, third)}

    client.post(
        url("impartiality", spring),
        page | {"rest": "1", f"i{tied.idea_id}-answer": "disqualified", f"i{tied.idea_id}-ground": "family"},
    )

    assert list(Idea.objects.cleared_for(lead).order_by("pk")) == [first.idea, third.idea]
    assert list(Idea.objects.hidden_from(lead)) == [tied.idea]


def test_what_came_in_after_the_page_was_shown_is_not_declared_with_the_rest(client, spring, lead):
    shown, later = undeclared(spring), undeclared(spring)
    client.force_login(lead)

    client.post(url("impartiality", spring), {"rest": "1", f"i{shown.idea_id}-relation": ""})

    assert list(Idea.objects.cleared_for(lead)) == [shown.idea]
    assert Declaration.objects.filter(idea=later.idea).count() == 0


def test_an_answer_once_given_is_not_changed_by_the_rest(client, spring, lead):
    known = undeclared(spring)
    Declaration.declare(known.idea, "disqualified", by=lead, ground="role")
    client.force_login(lead)

    client.post(url("impartiality", spring), {"rest": "1", f"i{known.idea_id}-relation": ""})

    assert Declaration.objects.get(idea=known.idea).bars


@one_undeclared
def test_whoever_came_from_an_application_goes_back_to_it(client, spring, lead, scene):
    application = scene.application
    client.force_login(lead)

    answer = client.post(
        url("impartiality", spring), {"rest": "1", "from": application.pk, f"i{application.idea_id}-relation": ""}
    )

    assert answer["Location"] == reverse("applications:application", args=[application.pk])


@pytest.mark.parametrize("name", ["decide", "improving", "assessments"])
@one_undeclared
def test_pages_of_one_case_lead_to_the_declaration_first(client, spring, lead, name, scene):
    application = scene.application
    client.force_login(lead)

    answer = client.get(url(name, application))

    assert answer["Location"] == f"{url('impartiality', spring)}?from={application.pk}"


def test_ranking_and_its_file_are_without_what_is_not_declared(client, spring, lead):
    emil = make_assessor(spring)
    hand_in(make_assigned(spring, lead, emil, title="Sett"), emil)
    hand_in(make_assigned(spring, lead, emil, title="Usett", declared=False), emil)
    client.force_login(lead)

    page = client.get(url("ranking", spring)).content.decode()

    assert "Sett" in page
    assert "Usett" not in page
    assert "Du har ikke svart om du har bindinger til én søknad" in page


def test_assigning_and_counting_go_on_without_a_declaration(client, spring, lead):
    emil = make_assessor(spring, "Emil")
    make_assigned(spring, lead, emil, title="Nattro", declared=False)
    client.force_login(lead)

    assert "Nattro" in client.get(url("assignment", spring)).content.decode()
    assert "Emil" in client.get(url("progress", spring)).content.decode()


def test_a_lead_owes_the_declaration_from_the_deadline_on(spring, lead, time_machine):
    undeclared(spring)

    before = [step.url for step in steps_for(lead)]
    time_machine.move_to(spring.deadline.replace(microsecond=0).isoformat(), tick=False)
    time_machine.shift(2)
    after = [step.url for step in steps_for(lead)]

    assert url("impartiality", spring) not in before
    assert url("impartiality", spring) in after


def test_whoever_leads_and_assesses_is_asked_once(spring, lead, time_machine):
    give_role(spring, lead, "assessor")
    undeclared(spring)
    time_machine.move_to(spring.deadline)
    time_machine.shift(2)

    asked = [step for step in steps_for(lead) if step.url == url("impartiality", spring)]

    assert len(asked) == 1


def test_an_assessor_who_becomes_lead_has_declared_already(spring):
    emil = make_assessor(spring)
    application = undeclared(spring)
    Declaration.declare(application.idea, "none", by=emil)

    give_role(spring, emil, "lead", declared=False)

    assert Idea.objects.cleared_for(emil).filter(pk=application.idea_id).exists()


@one_undeclared
def test_a_clearance_ends_when_a_tie_is_found(lead, scene):
    application = scene.application
    Declaration.declare(application.idea, "none", by=lead)

    Declaration.declare(application.idea, "disqualified", by=lead, ground="family")

    assert not Clearance.objects.in_force().filter(person=lead).exists()
    assert not Idea.objects.cleared_for(lead).filter(pk=application.idea_id).exists()


@one_undeclared
def test_letters_of_an_outcome_wait_for_the_declaration_and_others_do_not(spring, lead, scene):
    application = scene.application
    nora = application.idea.team().get().person
    for kind in ("declined", "extension"):
        letters.post(kind, to=nora, key=kind, subject=kind, body="…", root=spring, thing=application.idea)

    before = set(outbox_of(lead).values_list("kind", flat=True))
    Declaration.declare(application.idea, "none", by=lead)

    assert before == {"extension"}
    assert set(outbox_of(lead).values_list("kind", flat=True)) == {"extension", "declined"}


def test_the_release_says_that_a_declaration_is_missing(spring, lead):
    decide(make_application(round=spring, submitted=True), "declined", reason="Nei", by=lead)
    undeclared(spring)

    with translation.override("nb"):
        missing = missing_to_release(spring, lead)

    assert missing == ["1 søknad har ikke fått noe utfall ennå og venter på at du svarer om habilitet."]


@one_undeclared
def test_a_pending_decision_of_another_lead_is_not_seen_before_declaring(spring, lead, scene):
    application = scene.application
    second = make_person()
    give_role(spring, second, "lead")
    decide(application, "declined", reason="Nei", by=second)

    assert not Decision.objects.seen_by(lead).exists()
    assert Decision.objects.seen_by(second).exists()


def test_a_substitute_is_asked_only_about_what_is_theirs(client, spring, lead):
    theirs, leads_own = undeclared(spring, title="Min sak"), undeclared(spring, title="Programlederens")
    marius = make_person()
    give_role(spring, marius, "substitute", declared=False)
    Declaration.declare(theirs.idea, "disqualified", by=lead, ground="family")
    Declaration.declare(leads_own.idea, "none", by=lead)
    client.force_login(marius)

    page = client.get(url("impartiality", spring)).content.decode()

    assert "Min sak" in page
    assert "Programlederens" not in page
    assert client.get(reverse("applications:version", args=[theirs.pk, 1])).status_code == 403


def test_a_case_that_nobody_may_handle_is_said_to_be_nobodys(client, spring, lead):
    case = make_application(round=spring, submitted=True, title="Ingens")
    decide(make_application(round=spring, submitted=True), "declined", reason="Nei", by=lead)
    marius = make_person()
    give_role(spring, marius, "substitute")
    for person in (lead, marius):
        disqualify(case.idea, person)
    client.force_login(lead)

    page = client.get(url("shortlist", spring)).content.decode()

    assert "Ingen kan behandle én søknad" in page
    assert "Setteprogramlederen" not in page
    assert "1 søknad har ikke fått noe utfall ennå, og ingen kan avgjøre den." in page

    ada = make_person()
    give_role(spring, ada, "substitute", declared=False)

    assert "Ingen kan behandle" not in client.get(url("shortlist", spring)).content.decode()
    assert list(Idea.objects.led_by(ada)) == [case.idea]


def test_corrections_are_released_once_the_lead_has_said_whether_they_have_ties(spring, lead):
    told = make_application(round=spring, submitted=True)
    shortlist.decide(told, "declined", reason="Ikke i år.", by=lead)
    shortlist.release(spring, by=lead)
    shortlist.decide(told, "admitted", reason="Vi tok feil.", by=lead)
    late = undeclared(spring)
    Round.objects.update(deadline=now() - dt.timedelta(days=9), assess_by=now() - dt.timedelta(days=1))

    with translation.override("en"):
        assert not [step for step in steps_for(lead) if "correction" in step.title]
        assert any("declare" in words for words in shortlist.missing_to_release(spring, lead))

        Declaration.declare(late.idea, "none", by=lead)
        shortlist.decide(late, "declined", reason="For sent.", by=lead)

        assert [step.title for step in steps_for(lead) if "correction" in step.title] == ["Release the corrections"]
