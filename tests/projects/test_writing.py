"""Reports and agreements are written by several at once, and saved as they type: nobody's text is lost."""

import pytest
from django.urls import reverse

from oppdrift.history.models import Event
from oppdrift.projects.models import SidePassage
from oppdrift.toolbox.answers import NotNow
from tests.factories import give_part, make_person
from tests.projects.making import started_project, write_agreement
from tests.projects.test_pages import browser, post

pytestmark = [pytest.mark.django_db, started_project]


@pytest.fixture
def project(scene):
    return scene


@pytest.fixture
def colleague(project):
    colleague = make_person("Yusuf Karimi")
    give_part(project.idea, colleague, "team")
    return colleague


def sent_by(page: str, person, **changes: str) -> dict[str, str]:
    """What a browser sends of the page as it is shown to them now, but for these changes."""
    context = browser(person).get(page).context["page"]
    data = {}
    for name, field in context.fields.items():
        shown = context.form.as_typed(name)
        data |= {name: shown, f"revision-{name}": field.revision, f"was-{name}": field.print}
    return {**data, "window": "", **changes}


def page_of_report(project) -> str:
    return reverse("projects:write_report", args=[project.pk, "final"])


def test_a_part_is_saved_as_one_types_and_says_when_and_which_revision(project):
    answer = post(project.lead, "projects:save_report", project.pk, "final", question="done", text="Vi prøv")
    again = post(
        project.lead, "projects:save_report", project.pk, "final", question="done", text="Vi prøvde", revision="1"
    )

    assert (answer.json()["revision"], again.json()["revision"]) == (1, 2)
    assert project.reports.get(kind="final").texts["done"] == "Vi prøvde"
    assert Event.objects.filter(verb="report.written").count() == 1


def test_what_two_write_at_once_lies_side_by_side_until_one_is_chosen(project, colleague):
    page = page_of_report(project)
    mine, theirs = sent_by(page, project.lead, done="Mine ord"), sent_by(page, colleague, done="Yusufs ord")
    browser(colleague).post(page, theirs)

    answer = browser(project.lead).post(page, {**mine, "hand_in": "1"})
    shown = browser(project.lead).get(page).content.decode()
    report, beside = project.reports.get(kind="final"), SidePassage.objects.open().get()
    report.write({part.key: "x" for part in report.parts if part.key != "done"}, by=colleague)
    with pytest.raises(NotNow, match="To skrev"):
        report.hand_in(by=colleague)
    post(project.lead, "projects:settle_report", project.pk, "final", beside.pk, keep="mine", revision="1")

    assert answer.url.endswith("#id_done")
    assert "Yusufs ord" in shown
    assert "Mine ord" in shown
    report.refresh_from_db()
    assert report.texts["done"] == "Mine ord"
    assert set(SidePassage.objects.values_list("text", flat=True)) == {"Mine ord", "Yusufs ord"}


def test_first_words_that_nobody_touched_never_stand_beside_what_a_colleague_wrote(project, colleague):
    write_agreement(project)
    page = page_of_report(project)
    mine = sent_by(page, project.lead)
    post(colleague, "projects:save_report", project.pk, "final", question="effects", text="Fra 12 til 4.")

    browser(project.lead).post(page, mine)

    texts = project.reports.get(kind="final").texts
    assert (texts["done"], texts["effects"]) == ("Avtalt team_does.", "Fra 12 til 4.")
    assert not SidePassage.objects.exists()


def test_a_part_that_was_emptied_stays_empty(project):
    write_agreement(project)
    post(project.lead, "projects:save_report", project.pk, "final", question="effects", text="Noe")
    post(project.lead, "projects:save_report", project.pk, "final", question="effects", text="", revision="1")

    form = browser(project.lead).get(page_of_report(project)).context["form"]

    assert form["effects"].value() == ""


def test_a_part_of_the_agreement_that_was_left_alone_follows_a_colleague(project):
    page = reverse("projects:write_agreement", args=[project.pk, 1])
    first = sent_by(page, project.lead, team_does="Vi prøver på to avdelinger.")
    second = sent_by(page, project.owner, benefits="Færre oppvåkninger.", leader_hours="40")

    browser(project.lead).post(page, first)
    browser(project.owner).post(page, second)

    agreement = project.agreements.get()
    assert (agreement.team_does, agreement.benefits, agreement.leader_hours) == (
        "Vi prøver på to avdelinger.", "Færre oppvåkninger.", 40,
    )  # fmt: skip


def test_hours_that_cannot_be_read_are_refused_and_nothing_is_lost(project):
    agreement = write_agreement(project)
    agreement.change(by=project.lead, leader_hours=40)

    answer = post(
        project.owner, "projects:save_agreement", project.pk, 1, question="leader_hours", text="mange", revision="1"
    )

    assert answer.status_code == 409
    assert answer.json()["refused"]
    assert project.agreements.get().leader_hours == 40


def test_an_agreement_that_stands_still_says_so_to_whoever_types_on(project):
    write_agreement(project).propose(by=project.lead)

    answer = post(project.owner, "projects:save_agreement", project.pk, 1, question="spread", text="Mer")

    assert answer.status_code == 409
    assert "står" in answer.json()["refused"] or "låst" in answer.json()["refused"]


def test_what_is_not_asked_is_not_saved(project):
    assert post(project.lead, "projects:save_report", project.pk, "final", question="hm", text="x").status_code == 404
    assert (
        post(make_person(), "projects:save_report", project.pk, "final", question="done", text="x").status_code == 404
    )
