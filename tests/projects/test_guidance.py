"""Sessions with a coach, who guides whom, and nobody going silent unseen."""

from datetime import timedelta
from decimal import Decimal

import pytest

from oppdrift.gatherings.models import SignUp
from oppdrift.history.models import Message
from oppdrift.projects import coaching, listing, reporting
from oppdrift.projects.models import CheckIn, GuidanceSession, Project
from oppdrift.projects.steps import steps_for
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import at, now
from tests.factories import disqualify, give_part, give_role, make_gathering, make_person
from tests.projects.making import DAY, coached_project, make_decision, make_project, make_session, write_agreement
from tests.scenes import starts_from

pytestmark = [pytest.mark.django_db, coached_project]
WEEK = timedelta(weeks=1)


@pytest.fixture
def project(scene):
    return scene[0]


def test_a_booked_session_is_in_the_calendars_of_team_and_coach(scene):
    project, coach = scene

    session = make_session(project, agenda="Hva vi måler først")

    letters = Message.objects.filter(kind="session_booked")
    assert {letter.receiver for letter in letters} == {project.lead, coach}
    assert all(session.appointment.uid in letter.calendar for letter in letters)


def test_a_session_that_moves_keeps_its_entry_and_one_that_is_cancelled_takes_it_away(project):
    session = make_session(project)

    session.move(
        by=project.lead, starts_at=session.appointment.starts_at + DAY, ends_at=session.appointment.ends_at + DAY
    )
    session.cancel(by=project.lead, reason="Sykdom")

    moved = Message.objects.filter(kind="session_moved").first()
    cancelled = Message.objects.filter(kind="session_cancelled").first()
    assert (moved.calendar_method, cancelled.calendar_method) == ("REQUEST", "CANCEL")
    assert session.appointment.uid in moved.calendar
    assert session.appointment.uid in cancelled.calendar


def test_nobody_is_told_that_a_session_of_last_week_was_not_held(project):
    session = make_session(project, starts_at=now() - WEEK)

    session.cancel(by=project.lead)

    assert not Message.objects.filter(kind="session_cancelled").exists()


def test_the_next_session_opens_with_the_last_next_step(project):
    first = make_session(project, starts_at=now() - 2 * WEEK)
    first.hold(by=first.coach, notes="Vi så på tallene.", next_step="Ring naboen", owner=project.lead)

    second = make_session(project)

    assert second.before() == first
    first.finish_step(by=project.lead)
    assert not first.has_open_step


def test_a_session_is_held_only_when_it_has_begun(project):
    with pytest.raises(NotNow, match="not begun"):
        make_session(project).hold(by=project.coaches().first().person)


def arrived_at(project: Project, state: str) -> GuidanceSession:
    session = make_session(project, starts_at=now() - DAY)
    if state == "held":
        session.hold(by=session.coach)
    if state == "cancelled":
        session.cancel(by=session.coach)
    return session


@pytest.mark.parametrize("state", GuidanceSession.State.values)
@pytest.mark.parametrize("verb", GuidanceSession.MOVES)
def test_a_session_moves_as_its_table_says(project, verb, state):
    before, after = GuidanceSession.MOVES[verb]
    session = arrived_at(project, state)

    if state in before:
        getattr(session, verb)(by=session.coach)

        session.refresh_from_db()
        assert session.state in after
    else:
        with pytest.raises(NotNow):
            getattr(session, verb)(by=session.coach)


# Coaches


def test_only_a_coach_of_the_round_without_ties_guides_a_project():
    project, person = make_project(), make_person()
    lead = project.lead_in_charge()
    with pytest.raises(NotNow, match="not a coach"):
        coaching.couple(project, person, by=lead)
    give_role(project.round, person, "coach")
    disqualification = disqualify(project.idea, person)
    with pytest.raises(NotNow, match="disqualified"):
        coaching.couple(project, person, by=lead)
    disqualification.end(by=lead)
    assessor = give_part(project.idea, person, "assessor")
    with pytest.raises(NotNow, match="judges"):
        coaching.couple(project, person, by=lead)
    assessor.end(by=lead)

    coaching.couple(project, person, by=lead)

    assert [part.person for part in project.coaches()] == [person]


def test_a_coach_who_is_ill_hands_over_everything_in_one_act():
    ill, well = make_person("Kari Moen"), make_person("Omar Haddad")
    projects = [make_project(coach=ill)]
    projects.append(make_project(coach=ill, round=projects[0].round))
    give_role(projects[0].round, well, "coach")
    lead = projects[0].lead_in_charge()
    held = make_session(projects[0], starts_at=now() - WEEK)
    held.hold(by=ill, next_step="Skaff en kontakt", owner=ill)
    booked = make_session(projects[1])

    count = coaching.hand_over(projects, ill, well, by=lead)

    assert count == 2
    booked.refresh_from_db()
    held.refresh_from_db()
    assert (booked.coach, held.coach, held.next_step_owner) == (well, ill, well)
    assert {part.person for project in projects for part in project.coaches()} == {well}
    assert Message.objects.filter(kind="coach_handover", receiver=ill).count() == 2


def test_nothing_is_handed_over_when_one_of_them_cannot_be():
    ill, well = make_person(), make_person()
    first = make_project(coach=ill)
    second = make_project(coach=ill, round=first.round)
    give_role(first.round, well, "coach")
    disqualify(second.idea, well)

    with pytest.raises(NotNow, match="disqualified"):
        coaching.hand_over([first, second], ill, well, by=first.lead_in_charge())

    assert {part.person for project in (first, second) for part in project.coaches()} == {ill}


def test_hours_are_the_length_of_sessions(scene):
    project, coach = scene
    make_session(project, starts_at=now() - WEEK, hours=1.5).hold(by=coach)
    make_session(project, hours=0.5)

    row = next(row for row in coaching.overview(project.round, project.lead_in_charge())["coaches"])

    assert (row.hours, row.used, row.booked, row.left) == (60, Decimal("1.5"), Decimal("0.5"), Decimal(58))


def test_a_coach_with_booked_sessions_is_not_taken_off_but_handed_over(scene):
    project, coach = scene
    make_session(project)

    with pytest.raises(NotNow, match="Hand the project over"):
        coaching.uncouple(project, coach, by=project.lead_in_charge())


# Contact


def make_old() -> Project:
    """Begun ten weeks ago, and not heard of since."""
    with at(now() - 10 * WEEK):
        return make_project(coach=make_person())


long_silent = starts_from(make_old)


@pytest.fixture
def old(scene):
    return scene


def fresh(project: Project) -> Project:
    return Project.objects.with_contact().get(pk=project.pk)


@long_silent
def test_a_project_nobody_has_heard_of_is_silent(old):
    assert fresh(old).is_silent
    assert list(Project.objects.silent()) == [old]


@pytest.mark.parametrize("how", ["session", "check_in", "report", "gathering"])
@long_silent
def test_whatever_is_heard_of_a_project_breaks_the_silence(old, how):
    if how == "session":
        make_session(old, starts_at=now() - DAY).hold(by=old.coaches().first().person)
    if how == "check_in":
        CheckIn.write(old, "well", "Det går.", by=old.lead)
    if how == "report":
        report = old.reports.get(kind="description")
        report.write({part.key: "Skrevet." for part in report.parts}, by=old.lead)
        report.hand_in(by=old.lead)
    if how == "gathering":
        held = make_gathering(round=old.round, kind="joint_gathering", starts_at=now() - DAY)
        SignUp.note_presence(held, old.lead, True, by=old.lead_in_charge())

    assert not fresh(old).is_silent
    assert not Project.objects.silent().exists()


@long_silent
def test_a_session_that_is_only_booked_breaks_no_silence_and_neither_does_the_coach_at_a_gathering(old):
    make_session(old)
    held = make_gathering(round=old.round, kind="joint_gathering", starts_at=now() - DAY)
    SignUp.note_presence(held, old.coaches().first().person, True, by=old.lead_in_charge())

    assert fresh(old).is_silent


@long_silent
def test_how_long_a_silence_lasts_unseen_is_the_choice_of_each_round(old):
    lead, round = old.lead_in_charge(), old.round
    weeks = (now() - fresh(old).contact_at).days // 7

    round.change(by=lead, silent_after=(weeks + 1) * WEEK)
    patient = (fresh(old).is_silent, Project.objects.silent().exists(), listing.counts(round, lead)["silent"])
    round.change(by=lead, silent_after=weeks * WEEK)

    assert patient == (False, False, 0)
    assert fresh(old).is_silent
    assert list(Project.objects.silent()) == [old]
    assert listing.counts(round, lead)["silent"] == 1


@long_silent
def test_a_project_on_hold_is_not_silent(old):
    old.hold(why="Permisjon.", by=old.lead_in_charge())

    assert not fresh(old).is_silent


@long_silent
def test_team_coach_and_lead_see_the_silence_before_anybody_has_to_ask(old):
    people = [old.lead, old.coaches().first().person, old.lead_in_charge()]
    old.round.deadline = now() - DAY
    old.round.save()

    titles = [[step.title for step in steps_for(person)] for person in people]

    assert all(any(word in " ".join(listed) for word in ("goes", "doing")) for listed in titles), titles


@long_silent
def test_reminders_are_written_once_a_day_and_wait_to_be_read(old):
    lead = old.lead_in_charge()

    first = reporting.remind(old.round, by=lead)
    again = reporting.remind(old.round, by=lead)

    assert [letter.kind for letter in first] == ["project_silent"]
    assert first[0].state == "draft"
    assert again == []


def test_the_lead_is_told_what_waits_in_the_whole_round():
    project = make_project(amount=100_000)
    lead = project.lead_in_charge()
    project.round.deadline = now() - DAY
    project.round.save()
    project.grant.plan(10_000, by=lead, due=(now() - DAY).date())
    write_agreement(project).propose(by=project.lead)
    make_decision(round=project.round)

    titles = [step.title for step in steps_for(lead)]

    assert titles == [
        "Start one project", "Find a coach for one project", "Agree to one agreement",
        "Make the transfers whose day has come",
    ]  # fmt: skip
