"""Two windows: somebody changes the words while another has them open. A yes counts for what was read."""

import re

import pytest
from django.urls import reverse

from oppdrift.history.models import Message
from oppdrift.projects import telling as telling_of_projects
from oppdrift.sharing import telling as telling_of_sharing
from oppdrift.sharing.models import Release, Slot, Story
from tests.factories import make_benefit, make_person, make_project_idea, make_round
from tests.projects.making import make_project as make_started_project
from tests.scenes import starts_from
from tests.sharing.making import make_conference, make_project, make_showcase

pytestmark = pytest.mark.django_db
SAID = "endret siden du leste"


def opened(client, person, url: str) -> dict[str, str]:
    """The page with its mark, as this person's browser will send it back."""
    client.force_login(person)
    found = re.search(r'name="read" value="([^"]+)"', client.get(url).content.decode())
    assert found, "the page carries no mark"
    return {"read": found[1]}


def refused(client, url: str, data: dict[str, str]) -> bool:
    return SAID in client.post(url, data, follow=True).content.decode()


@pytest.fixture
def lead():
    return make_person()


def test_a_page_is_not_published_in_other_words_than_the_lead_has_read(client, lead):
    showcase = make_showcase(make_project(round=make_round(lead=lead)))
    idea, team = showcase.idea, showcase.idea.team().first().person
    page, yes = reverse("sharing:showcase", args=[idea.pk]), reverse("sharing:agree", args=[idea.pk, "lead"])
    showcase.agree(as_lead=False, by=team)
    mark = opened(client, lead, page)
    showcase.change(by=team, core="Noe helt annet.")
    showcase.agree(as_lead=False, by=team)

    assert refused(client, yes, mark)
    idea.refresh_from_db()
    assert not idea.is_published

    client.post(yes, opened(client, lead, page))
    idea.refresh_from_db()
    assert idea.is_published


def test_what_was_changed_meanwhile_is_not_looked_over(client, lead):
    showcase = make_showcase(make_project(round=make_round(lead=lead)), published=True)
    team = showcase.idea.team().first().person
    showcase.change(by=team, core="Én rettelse.")
    mark = opened(client, lead, reverse("sharing:showcase", args=[showcase.idea_id]))
    showcase.change(by=team, core="Enda en.")

    assert refused(client, reverse("sharing:look_over", args=[showcase.idea_id]), mark)
    showcase.refresh_from_db()
    assert showcase.is_changed_since_lead_agreed


def test_a_story_is_not_published_in_other_words_than_were_read(client, lead):
    round, writer = make_round(lead=lead), make_person()
    words = {"title": "Benken", "intro": "Én dør.", "text": "Tre minutter.", "round": round}
    story = Story.begin(by=writer, ideas=[], **words)
    mark = opened(client, lead, story.get_absolute_url())
    story.change(by=writer, text="Navn på en bruker.")

    assert refused(client, reverse("sharing:publish_story", args=[story.pk]), mark)
    assert not Story.objects.published().exists()


def test_a_programme_is_published_as_it_was_looked_over(client, lead):
    conference = make_conference(make_round(lead=lead))
    talk = Slot.add(conference, title="Åpning", starts_at=conference.appointment.starts_at, by=lead)
    page = reverse("sharing:release", args=[conference.pk])
    mark = opened(client, lead, page)
    talk.change(by=lead, abstract="Skrevet imens.")

    assert refused(client, page, mark)
    assert not Release.objects.exists()

    client.post(page, opened(client, lead, page))
    assert Release.objects.get().rows[0]["abstract"] == "Skrevet imens."


def test_an_owner_agrees_to_the_target_they_have_read(client):
    owner, team = make_person(), make_person()
    benefit = make_benefit(idea=make_project_idea(team=[team]), baseline=62, owner=owner)
    mark = opened(client, owner, benefit.get_absolute_url())
    benefit.change(by=team, target=99)

    assert refused(client, reverse("benefits:agree", args=[benefit.pk]), mark)
    benefit.refresh_from_db()
    assert benefit.agreed_at is None

    client.post(reverse("benefits:agree", args=[benefit.pk]), opened(client, owner, benefit.get_absolute_url()))
    benefit.refresh_from_db()
    assert benefit.agreed_at


def make_handed_in():
    project = make_started_project()
    report = project.reports.get(kind="final")
    report.write({part.key: "Om det." for part in report.parts}, by=project.lead)
    report.hand_in(by=project.lead)
    return report


handed_in_report = starts_from(make_handed_in)


@pytest.fixture
def handed_in(scene):
    return scene


@pytest.mark.parametrize("deed", ["projects:accept_report", "projects:return_report"])
@handed_in_report
def test_a_report_is_answered_in_the_version_that_was_read(client, handed_in, deed):
    project, lead = handed_in.project, handed_in.project.lead_in_charge()
    mark = opened(client, lead, handed_in.get_absolute_url())
    handed_in.send_back("Skriv tallene.", by=lead)
    handed_in.write({"done": "Nytt."}, by=project.lead)
    handed_in.hand_in(by=project.lead)

    answer = client.post(reverse(deed, args=[project.pk, "final"]), {**mark, "comment": "Fint."})

    assert SAID in answer.content.decode()
    assert "Fint." in answer.content.decode()
    handed_in.refresh_from_db()
    assert handed_in.is_submitted


@handed_in_report
def test_a_report_is_not_accepted_without_the_letter_that_says_so(client, handed_in, monkeypatch):
    lead = handed_in.project.lead_in_charge()
    client.force_login(lead)
    monkeypatch.setattr(telling_of_projects, "of_report", broken)

    with pytest.raises(ZeroDivisionError):
        client.post(reverse("projects:accept_report", args=[handed_in.project_id, "final"]))

    handed_in.refresh_from_db()
    assert handed_in.is_submitted


def test_a_programme_is_not_published_without_its_letters(client, lead, monkeypatch):
    conference = make_conference(make_round(lead=lead))
    Slot.add(conference, title="Åpning", starts_at=conference.appointment.starts_at, by=lead)
    client.force_login(lead)
    monkeypatch.setattr(telling_of_sharing, "of_release", broken)

    with pytest.raises(ZeroDivisionError):
        client.post(reverse("sharing:release", args=[conference.pk]))

    assert not Release.objects.exists()
    assert not Message.objects.filter(kind="programme_published").exists()


def broken(*args, **kwargs):
    raise ZeroDivisionError
