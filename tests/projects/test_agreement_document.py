"""The agreement on paper: the words of its page, tagged, and honest about how firm it is."""

import pytest
from django.urls import reverse
from django.utils import translation

from oppdrift.projects import agreement as paper
from tests.factories import disqualify, make_person
from tests.projects.making import sign_by_all, started_project, write_agreement
from tests.projects.test_pages import browser

pytestmark = [pytest.mark.django_db, started_project]


@pytest.fixture
def project(scene):
    return scene


def test_it_says_what_the_page_says_and_who_has_agreed(project):
    agreement = write_agreement(project)
    agreement.change(by=project.lead, leader_hours=120, guidance_hours=30)
    agreement.propose(by=project.lead)
    draft = paper.contents(agreement)
    sign_by_all(agreement)

    said = paper.contents(agreement)

    parts = {part["title"]: (part["lines"], part["words"]) for part in said["parts"]}
    assert parts["What the leader gives"] == (["120 hours in the year"], "Avtalt leader_gives.")
    assert parts["What the programme gives"][0] == [
        "200\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr, 30 hours of guidance"
    ]
    assert [row[1] for row in said["agrees"]["rows"]] == [
        project.lead.name, project.owner.name, project.lead_in_charge().name,
    ]  # fmt: skip
    assert "waits for 3 more" in draft["state"]
    assert {row[2] for row in draft["agrees"]["rows"]} == {"has not answered yet"}
    assert "Everybody has agreed" in said["state"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_is_tagged_in_each_language_also_when_nothing_is_written(language, project):
    agreement = project.agreements.get()
    agreement.change(by=project.lead, team_does="Vi *prøver* #let x\n\nog måler.", spread="")

    with translation.override(language):
        made = paper.document_of(agreement)

    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


def test_only_those_who_read_the_agreement_get_it(project):
    door = reverse("projects:agreement_document", args=[project.pk, 1])

    answer = browser(project.owner).get(door)

    assert answer["Content-Type"] == "application/pdf"
    assert browser(make_person()).get(door).status_code == 404
    lead = project.lead_in_charge()
    disqualify(project.idea, lead)
    assert browser(lead).get(door).status_code == 404
