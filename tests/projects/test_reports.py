"""The project description and the final report."""

import pytest

from oppdrift.projects import drafting, reporting
from oppdrift.projects.models import Report
from oppdrift.rounds.models import Milestone
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.projects.making import DAY, coached_project, make_session, started_project, write_agreement

pytestmark = [pytest.mark.django_db, started_project]


@pytest.fixture
def project(scene):
    return scene


def written(project, kind: str = "final") -> Report:
    report = project.reports.get(kind=kind)
    report.write({part.key: f"Om {part.key}." for part in report.parts}, by=project.lead)
    return report


def test_a_report_is_handed_in_whole(project):
    report = project.reports.get(kind="final")
    report.write({"done": "Vi prøvde."}, by=project.lead)

    with pytest.raises(NotNow, match="not written"):
        report.hand_in(by=project.lead)


def test_a_report_is_returned_with_comments_and_every_version_is_kept(project):
    report, lead = written(project), project.lead_in_charge()
    report.hand_in(by=project.lead)
    with pytest.raises(NotNow, match="what is missing"):
        report.send_back(" ", by=lead)

    report.send_back("Skriv tallene før og etter.", by=lead)
    report.write({"effects": "Fra 12 til 4."}, by=project.lead)
    report.hand_in(by=project.lead)
    report.accept(by=lead)

    first, second = report.versions.all()
    assert (first.comment, first.texts["effects"]) == ("Skriv tallene før og etter.", "Om effects.")
    assert second.texts["effects"] == "Fra 12 til 4."
    assert report.is_accepted
    with pytest.raises(NotNow, match="accepted"):
        report.write({"done": "Mer"}, by=project.lead)


def arrived_at(project, state: str) -> Report:
    report, lead = written(project), project.lead_in_charge()
    if state != "draft":
        report.hand_in(by=project.lead)
    if state == "returned":
        report.send_back("Mer.", by=lead)
    if state == "accepted":
        report.accept(by=lead)
    return report


@pytest.mark.parametrize("state", Report.State.values)
@pytest.mark.parametrize("verb", Report.MOVES)
def test_a_report_moves_as_its_table_says(project, verb, state):
    before, after = Report.MOVES[verb]
    report = arrived_at(project, state)
    words = {"comment": "Mer."} if verb == "send_back" else {}

    if state in before:
        getattr(report, verb)(by=report.project.lead, **words)

        report.refresh_from_db()
        assert report.state in after
    else:
        with pytest.raises(NotNow):
            getattr(report, verb)(by=report.project.lead, **words)


@coached_project
def test_a_report_begins_with_what_is_known(scene):
    project, _coach = scene
    agreement = write_agreement(project)
    session = make_session(project, starts_at=now() - DAY)
    session.hold(by=session.coach, next_step="Mål i to uker", owner=project.lead)

    begun = drafting.for_report(project, "final", agreement)

    assert begun["effects"].text == "Avtalt benefits."
    assert "Mål i to uker" in begun["learned"].text


def test_the_final_report_is_due_when_the_round_says_and_late_the_day_after(project):
    lead = project.lead_in_charge()
    Milestone(round=project.round).change(
        by=lead, kind="report", name="Sluttrapporter", at=now() - 2 * DAY, until=None, whole_day=True
    )

    reports = {report.kind: report for report in reporting.with_due(project)}

    assert reports["final"].is_late
    assert reports["description"].due is None
    assert not reports["description"].is_late
    assert [letter.kind for letter in reporting.remind(project.round, by=lead)] == ["report_reminder"]
