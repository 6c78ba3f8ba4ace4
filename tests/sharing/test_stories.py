"""Stories: drafts that the lead publishes, with a picture that lives as long as everybody in it wants."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from oppdrift.history.models import File, Message
from oppdrift.sharing.models import Consent, Story
from oppdrift.sharing.policies.stories import may_change, may_publish, may_take_down, may_write
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import today
from tests.factories import disqualify, make_person, make_round
from tests.sharing.making import make_project, make_showcase, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def make_story(*, lead=None, published=False, people="", **fields) -> Story:
    lead = lead or make_person()
    round = fields.pop("round", None) or make_round(lead=lead)
    words = {"title": "Åtte team", "intro": "Én dør.", "text": "Ingen sier **noe**.", **fields}
    story = Story.begin(by=words.pop("by", lead), round=round, ideas=words.pop("ideas", []), **words)
    if people:
        story.put_picture(picture(), alt="Fem på en benk", people=people, by=lead)
    if people == "some":
        Consent.record_yes(story.picture, name="Ola Sol", address="ola@fjordvik.example", how="spoken",
                           given_on=today(), by=lead)  # fmt: skip
    if published:
        story.publish(by=lead)
    return story


def test_a_draft_is_for_its_writer_its_projects_and_the_lead(client):
    lead, colleague = make_person(), make_person()
    idea = make_project(round=make_round(lead=lead))
    story = make_story(lead=lead, round=idea.round, ideas=[idea], by=idea.created_by)

    assert [bool(Story.objects.seen_by(who)) for who in (idea.created_by, lead, colleague)] == [True, True, False]
    assert client.get(story.get_absolute_url()).status_code == 404
    assert may_change(idea.created_by, story)
    assert not may_publish(idea.created_by, story)
    assert may_publish(lead, story)


def test_a_published_story_is_for_anybody_and_marked_with_its_language(client):
    story = make_story(published=True, language="nn", drawing="bench")

    text = client.get(story.get_absolute_url()).content.decode()

    assert '<article class="story" lang="nn">' in text
    assert "<strong>noe</strong>" in text
    assert 'role="img"' in text
    assert "Åtte team" in client.get(reverse("sharing:stories")).content.decode()


def test_a_story_that_is_taken_down_is_gone_for_strangers_and_can_come_back(client):
    lead = make_person()
    story = make_story(lead=lead, published=True)
    first = story.published_at

    story.take_down(by=lead)
    assert client.get(story.get_absolute_url()).status_code == 404
    story.publish(by=lead)

    assert client.get(story.get_absolute_url()).status_code == 200
    assert story.published_at == first


def test_markup_of_others_does_not_get_through(client):
    story = make_story(published=True, text="<script>alert(1)</script>\n\n[lenke](javascript:alert(1))\n\n![b](x.png)")

    text = client.get(story.get_absolute_url()).content.decode()

    assert "<script>alert" not in text
    assert 'href="javascript' not in text
    assert 'src="x.png"' not in text


def test_a_disqualified_lead_neither_reads_nor_publishes_a_draft_about_the_idea():
    lead = make_person()
    idea = make_project(round=make_round(lead=lead))
    story = make_story(lead=lead, round=idea.round, ideas=[idea], by=idea.created_by)

    disqualify(idea, lead)

    assert not Story.objects.seen_by(lead).exists()
    assert not may_publish(lead, story)


def test_what_everybody_reads_is_taken_down_by_a_disqualified_lead_too():
    lead = make_person()
    idea = make_project(round=make_round(lead=lead))
    story = make_story(lead=lead, round=idea.round, ideas=[idea], published=True)
    disqualify(idea, lead)

    assert may_take_down(lead, story)


def test_projects_and_leads_write_and_nobody_else():
    idea = make_project()

    assert may_write(idea.created_by)
    assert may_write(idea.round.lead_in_charge())
    assert not may_write(make_person())


def test_a_picture_with_people_is_not_published_before_somebody_has_said_yes():
    lead = make_person()
    story = make_story(lead=lead)
    story.put_picture(picture(), alt="Fem på en benk", people="some", by=lead)

    with pytest.raises(NotNow, match="have said yes"):
        story.publish(by=lead)
    Consent.record_yes(story.picture, name="Ola Sol", how="written", given_on=today(), by=lead)
    story.publish(by=lead)

    assert story.is_published


def test_people_are_not_put_into_a_story_that_everybody_reads():
    lead = make_person()
    story = make_story(lead=lead, published=True)

    with pytest.raises(NotNow, match="Take it down first"):
        story.put_picture(picture(), alt="Fem på en benk", people="some", by=lead)


@pytest.mark.parametrize(
    "upload",
    [SimpleUploadedFile("a.pdf", b"%PDF-1.7"), SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 1024 * 1024)],
    ids=["not a picture", "too large"],
)
def test_what_cannot_be_shown_is_refused(upload):
    lead = make_person()

    with pytest.raises(ValidationError):
        make_story(lead=lead).put_picture(upload, alt="x", people="nobody", by=lead)


def test_a_consent_taken_back_erases_the_picture_everywhere_at_once(client):
    lead = make_person()
    story = make_story(lead=lead, people="some", published=True)
    before, address = story.changed_at, reverse("sharing:story_picture", args=[story.pk])
    assert client.get(address).status_code == 200
    assert "&lt;img" in client.get(reverse("sharing:feed")).content.decode()

    Consent.objects.get().withdraw(by=None)

    assert client.get(address).status_code == 404
    assert "<img" not in client.get(story.get_absolute_url()).content.decode()
    assert "&lt;img" not in client.get(reverse("sharing:feed")).content.decode()
    assert not File.objects.exists()
    story.refresh_from_db()
    assert story.changed_at > before, "so that feed readers fetch it anew"


def test_whoever_is_in_the_picture_takes_it_back_by_the_link_in_their_letter(client):
    make_story(people="some", published=True)
    consent = Consent.objects.get()
    letter = Message.objects.get(kind="consent_recorded")
    assert (letter.address, letter.state) == ("ola@fjordvik.example", "queued")
    assert consent.get_absolute_url() in letter.body

    client.get(consent.get_absolute_url())  # a mail scanner opens every link
    consent.refresh_from_db()
    assert consent.withdrawn_at is None

    client.post(consent.get_absolute_url())
    consent.refresh_from_db()
    assert consent.withdrawn_at
    assert client.post(consent.get_absolute_url()).status_code == 403
    assert Message.objects.get(kind="consent_withdrawn").receiver == consent.recorded_by


def test_a_yes_of_tomorrow_is_none():
    lead = make_person()
    story = make_story(lead=lead)
    story.put_picture(picture(), alt="x", people="some", by=lead)

    with pytest.raises(NotNow, match="must have been"):
        Consent.record_yes(story.picture, name="Ola", how="mail", given_on=today() + dt.timedelta(days=1), by=lead)


def test_consents_are_kept_for_the_picture_of_a_project_page_too(client):
    idea = make_project()
    page = make_showcase(idea)
    page.put_picture(picture(), alt="En disk", people="some", by=idea.created_by)
    client.force_login(idea.created_by)

    client.post(
        reverse("sharing:consents", args=[page.picture.pk]),
        {"name": "Ola Sol", "address": "", "how": "mail", "given_on": today().isoformat()},
    )
    client.post(reverse("sharing:withdraw", args=[Consent.objects.get().pk]))

    page.refresh_from_db()
    assert page.picture is None
    assert Consent.objects.get().withdrawn_at


def test_a_draft_is_erased_with_its_picture_and_a_published_one_is_not():
    lead = make_person()
    make_story(lead=lead, people="nobody").erase(by=lead)
    assert not Story.objects.exists()
    assert not File.objects.exists()

    with pytest.raises(NotNow, match="Take it down"):
        make_story(lead=lead, published=True).erase(by=lead)


def test_a_team_writes_adds_a_picture_and_the_lead_publishes(client):
    idea = make_project(round=make_round(lead=make_person()))
    client.force_login(idea.created_by)
    words = {"title": "Benken", "intro": "Én dør.", "text": "Tre minutter.", "language": "nn", "drawing": ""}
    client.post(reverse("sharing:new_story"), {**words, "ideas": [idea.pk]})
    story = Story.objects.get()
    assert (story.round, list(story.ideas.all()), story.language) == (idea.round, [idea], "nn")

    sent = client.post(
        reverse("sharing:put_story_picture", args=[story.pk]),
        {"upload": picture(), "alt": "Ein benk", "credit": "Kari", "people": "some"},
    )
    story.refresh_from_db()
    assert sent["Location"] == reverse("sharing:consents", args=[story.picture.pk])
    client.post(sent["Location"], {"name": "Ola", "address": "", "how": "written", "given_on": today().isoformat()})
    client.post(reverse("sharing:change_story", args=[story.pk]), {**words, "title": "På benken", "ideas": [idea.pk]})
    client.force_login(idea.round.lead_in_charge())
    client.post(reverse("sharing:publish_story", args=[story.pk]))

    client.logout()
    text = client.get(story.get_absolute_url()).content.decode()
    assert "På benken" in text
    assert 'alt="Ein benk"' in text
