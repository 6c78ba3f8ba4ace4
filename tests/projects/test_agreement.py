"""One page that grows out of the application, agreed by three, every version kept."""

import datetime as dt

import pytest
from django.urls import reverse

from oppdrift.applications.models import Promise
from oppdrift.history.models import Message
from oppdrift.projects import drafting
from oppdrift.projects.models import Agreement, Project, Signature
from oppdrift.projects.steps import steps_for
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now, today
from oppdrift.toolbox.steps import Step
from tests.factories import disqualify, make_application, make_person, make_round, make_version
from tests.projects.making import DAY, make_decision, sign_by_all, started_project, write_agreement

pytestmark = [pytest.mark.django_db, started_project]


@pytest.fixture
def project(scene):
    return scene


def test_the_first_draft_has_the_words_of_the_application_and_its_source_beside():
    application = make_application(round=make_round(lead=make_person(), guidance_hours=240), submitted=True)
    answers = {"solution": "Vi prøver sensorer.", "benefits": "Færre oppvåkninger.", "spread": "Alle sykehjem."}
    make_version(application, answers=answers)
    project = make_project_of(application)

    agreement = project.agreements.get()

    assert (agreement.team_does, agreement.benefits) == ("Vi prøver sensorer.", "Færre oppvåkninger.")
    assert agreement.guidance_hours == 240
    sources = drafting.sources(project)
    assert [source.text for source in sources["spread"]] == ["Alle sykehjem."]


def make_project_of(application):
    decision = make_decision(application.idea)
    return Project.start(decision, by=application.idea.lead_in_charge(), owner=make_person())


def test_it_is_laid_before_the_three_when_everything_is_written(project):
    agreement = project.agreements.get()
    with pytest.raises(NotNow, match="not written"):
        agreement.propose(by=project.lead)

    write_agreement(project).propose(by=project.lead)

    letters = Message.objects.filter(kind="agreement_to_sign", state="queued")
    assert {letter.receiver for letter in letters} == {project.lead, project.owner, project.lead_in_charge()}
    with pytest.raises(NotNow, match="stands still"):
        project.agreements.get().change(by=project.lead, spread="Noe annet.")


def test_it_holds_when_all_three_have_said_yes_and_becomes_promises(project):
    agreement = write_agreement(project)
    agreement.change(by=project.lead, leader_hours=120, guidance_hours=30, leader_due=dt.date(2027, 3, 1))
    agreement.propose(by=project.lead)

    sign_by_all(agreement)

    agreement.refresh_from_db()
    assert agreement.is_agreed
    promises = {row.giver: (row.person, row.hours, row.due) for row in Promise.objects.in_force().about(project.idea)}
    assert promises == {
        "team": (project.lead, None, None),
        "leader": (project.owner, 120, dt.date(2027, 3, 1)),
        "programme": (project.lead_in_charge(), 30, None),
    }


def test_a_yes_is_given_once_and_to_the_wording_that_was_read(project):
    agreement = write_agreement(project)
    agreement.propose(by=project.lead)
    read = agreement.mark
    agreement.take_back(by=project.lead)
    agreement.change(by=project.lead, spread="Bare hos oss.")
    agreement.propose(by=project.lead)

    with pytest.raises(NotNow, match="changed since"):
        agreement.sign(Signature.As.OWNER, by=project.owner, read=read)

    agreement.sign(Signature.As.OWNER, by=project.owner, read=agreement.mark)
    with pytest.raises(NotNow, match="already"):
        agreement.sign(Signature.As.OWNER, by=project.owner)
    with pytest.raises(NotNow, match="next version"):
        agreement.take_back(by=project.lead)


def test_another_wording_is_a_new_version_that_is_agreed_anew_while_the_first_holds(project):
    first = write_agreement(project)
    first.propose(by=project.lead)
    sign_by_all(first)

    second = first.revise(by=project.lead)

    assert (second.number, second.benefits) == (2, first.benefits)
    assert project.agreements.agreed().get() == first
    second.change(by=project.lead, benefits="Enda færre oppvåkninger.")
    second.propose(by=project.lead)
    sign_by_all(second)
    first.refresh_from_db()
    assert (first.state, first.benefits) == ("replaced", "Avtalt benefits.")
    assert project.agreements.agreed().get() == second


def test_one_version_is_written_at_a_time(project):
    agreement = write_agreement(project)
    agreement.propose(by=project.lead)
    agreement.revise(by=project.lead)

    with pytest.raises(NotNow):
        agreement.revise(by=project.lead)
    assert Agreement.objects.open().count() == 1


def test_a_promise_that_is_not_kept_says_what_happened_instead(project):
    promise = Promise.give(project.idea, "leader", source="agreement", by=project.owner, person=project.owner, hours=80)

    with pytest.raises(NotNow, match="instead"):
        promise.settle("not_kept", by=project.lead)
    promise.settle("not_kept", words="20 timer, fordi to sluttet.", by=project.lead)

    assert (promise.outcome, promise.settled_by) == ("not_kept", project.lead)
    assert not Promise.objects.open().exists()


def agree(project: Project, day: dt.date) -> None:
    """What leader and programme promise is due by that day."""
    project.round.deadline = now() - DAY
    project.round.save()
    agreement = write_agreement(project)
    agreement.change(by=project.lead, leader_due=day, programme_due=day)
    agreement.propose(by=project.lead)
    sign_by_all(agreement)


def kept_by(person) -> list[Step]:
    return [step for step in steps_for(person) if "Keep your promise" in step.title]


def test_what_is_promised_by_a_day_is_a_step_of_whoever_promised_it_until_it_is_settled(project):
    agree(project, today() + 3 * DAY)
    owner, lead = project.owner, project.lead_in_charge()

    (leads,), (owners,), teams = kept_by(lead), kept_by(owner), kept_by(project.lead)
    Promise.objects.in_force().get(idea=project.idea, giver="leader").settle("kept", by=owner)

    assert teams == []
    assert owners.due.date() == leads.due.date() == today() + 3 * DAY
    assert "Avtalt leader_gives." in owners.why
    assert owners.url == leads.url == reverse("leadership:promises", args=[project.idea_id])
    assert kept_by(owner) == []
    assert len(kept_by(lead)) == 1
    disqualify(project.idea, lead)
    assert kept_by(lead) == []


def test_a_promise_whose_day_is_far_ahead_is_no_step_yet(project):
    agree(project, today() + 30 * DAY)

    assert kept_by(project.owner) == []
