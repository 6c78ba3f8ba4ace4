"""Pages of projects as people meet them."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Message
from oppdrift.projects.models import GuidanceSession, Project
from oppdrift.rounds.models import Stage
from oppdrift.toolbox.clock import at, now
from tests.factories import give_part, make_person, make_round
from tests.projects.making import (
    DAY,
    coached_project,
    make_decision,
    make_project,
    make_session,
    started_project,
    write_agreement,
)

pytestmark = [pytest.mark.django_db, started_project]


@pytest.fixture
def project(scene):
    return scene


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(person, name: str, *args, **data):
    return browser(person).post(reverse(name, args=args), data)


def test_the_lead_starts_all_who_have_said_yes_with_one_press():
    first = make_decision()
    round, lead = first.idea.round, first.idea.lead_in_charge()
    second = make_decision(round=round, outcome="guidance_only")
    leader = make_person("Grete Hoel")

    answer = post(lead, "projects:start", round.pk, **{
        f"{first.pk}-start": "on", f"{first.pk}-address": leader.email, f"{second.pk}-start": "on",
    })  # fmt: skip

    assert answer.status_code == 302
    assert {project.kind for project in Project.objects.all()} == {"funded", "guidance"}
    assert Project.objects.get(idea=first.idea).owner == leader


def test_only_those_that_are_ticked_start():
    first = make_decision()
    second = make_decision(round=first.idea.round)

    post(first.idea.lead_in_charge(), "projects:start", first.idea.round.pk, **{f"{second.pk}-start": "on"})

    assert [project.idea for project in Project.objects.all()] == [second.idea]


def test_an_owner_who_cannot_be_one_stops_the_start_and_is_said_at_the_field():
    decision = make_decision()
    lead = decision.idea.lead_in_charge()

    answer = post(lead, "projects:start", decision.idea.round.pk, **{
        f"{decision.pk}-start": "on", f"{decision.pk}-address": lead.email,
    })  # fmt: skip

    assert "leder runden" in answer.content.decode()
    assert not Project.objects.exists()


def test_a_round_that_does_not_use_the_stage_leaves_no_trace():
    stages = [stage for stage in Stage.values if stage != Stage.PROJECTS]
    lead = make_person()
    round = make_round(lead=lead, stages=stages, deadline=now() - DAY)
    decision = make_decision(round=round)

    answer = browser(lead).get(reverse("projects:projects", args=[round.pk]))
    home = browser(decision.idea.team().first().person).get("/").content.decode()

    assert answer.status_code == 403
    assert '"/projects/' not in home


def test_whoever_agrees_says_which_wording_they_have_read(project):
    agreement = write_agreement(project)
    post(project.lead, "projects:propose", project.pk, 1)
    agreement.refresh_from_db()

    stale = post(project.owner, "projects:sign", project.pk, 1, as_what="owner", read="in old days")
    assert agreement.signatures.count() == 0
    post(project.owner, "projects:sign", project.pk, 1, as_what="owner", read=agreement.mark)

    assert stale.status_code == 302
    assert [row.person for row in agreement.signatures.all()] == [project.owner]


def test_nobody_agrees_for_another(project):
    write_agreement(project).propose(by=project.lead)

    answer = post(project.lead, "projects:sign", project.pk, 1, as_what="owner", read="")

    assert answer.status_code == 403


@coached_project
def test_a_team_books_its_coach_and_the_coach_writes_what_came_out_of_it(scene):
    project, coach = scene
    time = (now() + 3 * DAY).strftime("%Y-%m-%dT12:00")

    post(project.lead, "projects:book", project.pk, starts_at=time, minutes="60", place="Teams", agenda="Nullpunkt")
    session = GuidanceSession.objects.get()
    session.appointment.move(starts_at=now() - DAY, ends_at=now() - DAY + DAY / 24)
    empty = post(coach, "projects:hold", session.pk)
    wanting = post(coach, "projects:hold", session.pk, notes="Bra", next_step="Ring naboen")
    post(coach, "projects:hold", session.pk, notes="Bra", next_step="Ring naboen", next_step_owner=project.lead.pk)

    assert empty.status_code == 200, "nothing came out of it: that is said, not saved"
    assert wanting.status_code == 200
    session.refresh_from_db()
    assert (session.coach, session.next_step, session.next_step_owner) == (coach, "Ring naboen", project.lead)


@coached_project
def test_two_presses_book_one_session_and_one_letter_each(scene):
    project, _coach = scene
    when = (now() + 7 * DAY).strftime("%Y-%m-%dT10:00")

    first, second = (
        post(project.lead, "projects:book", project.pk, starts_at=when, minutes=60, place="", agenda="")
        for _ in range(2)
    )

    assert first.status_code == 302
    assert "opptatt" in second.content.decode()
    assert GuidanceSession.objects.count() == 1
    assert Message.objects.filter(kind="session_booked").count() == 2


def test_the_coach_sees_last_contact_next_session_and_next_step_of_each_team():
    coach = make_person()
    with at(now() - 20 * DAY):
        project = make_project(coach=coach, title="Nattro")
    held = make_session(project, starts_at=now() - 8 * DAY)
    held.hold(by=coach, next_step="Ring naboen", owner=project.lead)
    make_session(project)

    page = browser(coach).get(reverse("projects:mine")).content.decode()

    assert all(words in page for words in ("Nattro", "for 8\u00a0dager siden", "Ring naboen", project.lead.name))


def test_a_report_that_is_not_whole_says_what_is_missing_and_keeps_what_was_written(project):
    answer = post(project.lead, "projects:write_report", project.pk, "final", done="Vi prøvde.", hand_in="1")

    assert "ikke skrevet" in answer.content.decode()
    assert project.reports.get(kind="final").texts["done"] == "Vi prøvde."


@coached_project
def test_the_lead_calls_chosen_projects_to_a_tailored_session(scene):
    project, coach = scene
    other = make_project(round=project.round)
    lead = project.lead_in_charge()

    post(
        lead, "projects:call", project.round.pk, kind="tailored", title="Måling", starts_at="2031-01-10T09:00",
        ends_at="2031-01-10T11:00", projects=[project.pk], parts=["team", "coach"],
    )  # fmt: skip

    gathering = Gathering.objects.get()
    assert (gathering.kind, gathering.by_invitation) == ("tailored", True)
    assert {row.person for row in gathering.invitations.all()} == {project.lead, coach}
    assert Message.objects.filter(kind="gathering_invitation", state="draft").count() == 2
    assert other.lead not in {row.person for row in gathering.invitations.all()}


@coached_project
def test_a_coach_notes_who_came_of_their_own_projects(scene):
    project, coach = scene
    other = make_project(round=project.round)
    gathering = Gathering.arrange(
        project.round, title="Fellessamling", kind="joint_gathering", starts_at=now() - DAY, ends_at=now() - DAY / 2,
        by=project.lead_in_charge(),
    )  # fmt: skip

    post(coach, "projects:presence", gathering.pk, came=[project.lead.pk, other.lead.pk])

    assert [row.person for row in gathering.sign_ups.present()] == [project.lead]


def test_those_who_judged_a_project_do_not_see_it(project):
    assessor = make_person()
    give_part(project.idea, assessor, "assessor")

    assert browser(assessor).get(project.get_absolute_url()).status_code == 404


def test_the_finance_department_gets_its_list(project):
    lead = project.lead_in_charge()
    project.grant.plan(40_000, by=lead, account="1400-2540", what_for="=2+2")

    answer = browser(lead).get(reverse("projects:export", args=[project.round.pk]))

    sheet = load_workbook(io.BytesIO(answer.content)).active
    row = [cell.value for cell in sheet[2]]
    assert (row[5], row[6], row[9]) == (40_000, "1400-2540", "=2+2")
    assert sheet["J2"].data_type == "s"


@coached_project
def test_a_calendar_file_can_be_taken_home(scene):
    project, _coach = scene
    session = make_session(project)

    answer = browser(project.lead).get(reverse("projects:session_calendar", args=[session.pk]))

    assert session.appointment.uid in answer.content.decode()


def test_the_money_page_counts_what_is_decided_and_not_started_and_its_rows_come_to_the_sum(project):
    make_decision(round=project.round, amount=300_000)

    page = browser(project.lead_in_charge()).get(reverse("projects:money", args=[project.round.pk])).content.decode()

    for sum in ("200 000", "300 000", "500 000"):
        assert f'<td class="number-cell">{sum.replace(" ", chr(0xA0))}</td>' in page
