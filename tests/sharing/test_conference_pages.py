"""The pages of the conference: put together, published, read, prepared for."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from oppdrift.history.models import File, Message
from oppdrift.sharing.catalogue import contents
from oppdrift.sharing.models import Conference, Release, Slot
from oppdrift.sharing.steps import steps_for
from oppdrift.toolbox import pdf as pdf_maker
from oppdrift.toolbox.clock import now
from tests.factories import disqualify, give_role, make_gathering, make_person, make_round
from tests.scenes import starts_from
from tests.sharing.making import make_conference, make_project, make_showcase, pdf, picture

MINUTE = dt.timedelta(minutes=1)


def english(name="", **fields):
    return make_person(name, language="en", **fields)


def make_begun():
    """A round with a conference, whose programme is empty."""
    lead, team = english("Ingrid Solhaug"), english("Hanne Brekke")
    round = make_round(lead=lead)
    return SimpleNamespace(round=round, lead=lead, team=team, conference=make_conference(round))


def make_with_project():
    made = make_begun()
    made.idea = make_project(round=made.round, team=[made.team], title="Ett besøk holder")
    return made


def make_with_talk():
    made = make_with_project()
    Slot.add_projects(made.conference, minutes=10, by=made.lead)
    made.talk = Slot.objects.get(idea=made.idea)
    return made


pytestmark = [pytest.mark.django_db, starts_from(make_begun)]
with_project = starts_from(make_with_project)
with_talk = starts_from(make_with_talk)


@pytest.fixture
def round(scene):
    return scene.round


@pytest.fixture
def lead(scene):
    return scene.lead


@pytest.fixture
def team(scene):
    return scene.team


@pytest.fixture
def conference(scene):
    return scene.conference


@pytest.fixture
def idea(scene):
    return scene.idea


@pytest.fixture
def talk(scene):
    return scene.talk


def url(name, *args):
    return reverse(f"sharing:{name}", args=args)


def read(client, name, *args, status=200):
    answer = client.get(url(name, *args))
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def signed_in(client, person):
    client.force_login(person)
    return client


# The lead


@with_project
def test_the_lead_begins_the_programme_from_the_gathering(client, round, lead, idea):
    gathering = make_gathering(round=round, kind="conference", title="Konferansen")
    signed_in(client, lead)
    assert url("programme", gathering.pk) in client.get(gathering.get_absolute_url()).content.decode()
    assert "Begin the programme" in read(client, "programme", gathering.pk)

    client.post(url("begin_programme", gathering.pk))
    assert "One project has no talk" in read(client, "put_together", gathering.pk)
    client.post(url("add_projects", gathering.pk), {"minutes": 10})

    text = read(client, "put_together", gathering.pk)
    assert "Ett besøk holder" in text
    assert "has no talk" not in text


@with_talk
def test_things_are_put_in_moved_and_taken_out(client, conference, lead, talk):
    signed_in(client, lead)
    conference.plan(due_at=conference.due_at, halls=["Storsalen"], by=lead)
    start = conference.appointment.starts_at.astimezone(dt.UTC) + dt.timedelta(minutes=10)
    typed = {"title": "Lunsj", "starts_at": local(start), "minutes": 45, "hall": ""}

    assert client.post(url("add_slot", conference.pk), typed).status_code == 302
    lunch = Slot.objects.get(title="Lunsj")
    client.post(url("move_slot", lunch.pk), {"earlier": ""})
    assert [slot.title for slot in conference.slots.in_order()] == ["Lunsj", "Ett besøk holder"]

    assert client.post(url("slot", lunch.pk), {**typed, "title": "Matpause", "minutes": 30}).status_code == 302
    assert Slot.objects.get(pk=lunch.pk).minutes == 30
    client.post(url("remove_slot", lunch.pk))
    assert not Slot.objects.filter(pk=lunch.pk).exists()


def local(moment):
    from oppdrift.toolbox.clock import OSLO

    return moment.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M")


def test_rooms_are_typed_a_line_each(client, conference, lead):
    signed_in(client, lead)

    client.post(
        url("plan_conference", conference.pk), {"due_at": local(conference.due_at), "halls": "Store sal\n\nLille sal"}
    )

    assert [hall.name for hall in conference.halls.all()] == ["Store sal", "Lille sal"]


def test_clashes_are_the_heading(client, conference, lead):
    signed_in(client, lead)
    for title in ("A", "B"):
        Slot.add(conference, title=title, starts_at=conference.appointment.starts_at, by=lead)

    text = read(client, "put_together", conference.pk)

    assert "2 things in the programme clash" in text
    assert "At the same time as «A»" in text


@with_talk
def test_the_first_release_tells_every_team_and_the_next_only_those_concerned(client, conference, lead, talk, round):
    other = make_project(round=round, team=[english("Tor Myhre")], title="Annen")
    Slot.add_projects(conference, minutes=10, by=lead)
    signed_in(client, lead)

    client.post(url("release", conference.pk))
    first = Message.objects.filter(kind="programme_published")
    assert {message.receiver.name for message in first} == {"Hanne Brekke", "Tor Myhre"}
    assert {message.state for message in first} == {"draft"}

    Slot.objects.get(idea=other).change(by=lead, starts_at=talk.starts_at + 60 * MINUTE)
    text = read(client, "release", conference.pk)
    assert "One change is published" in text
    client.post(url("release", conference.pk))

    [letter] = Message.objects.filter(kind="programme_changed")
    assert letter.receiver.name == "Tor Myhre"
    assert "Moved from" in letter.body
    assert "Changed" in read(client, "programme", conference.pk)


def test_a_letter_speaks_the_language_of_its_receiver(conference, lead, round):
    from oppdrift.sharing import telling

    make_project(round=round, team=[make_person("Nora", language="nn")], title="Nynorsk")
    Slot.add_projects(conference, minutes=10, by=lead)

    telling.of_release(Release.make(conference, by=lead), None, by=lead)

    letter = Message.objects.get()
    assert "De legg fram" in letter.body
    assert "kl." in letter.subject


# Anybody


@with_talk
def test_the_programme_is_open_when_it_is_published_and_changes_when_the_lead_says_so(client, conference, lead, talk):
    read(client, "programme", conference.pk, status=404)
    read(client, "programme_calendar", conference.pk, status=404)
    Release.make(conference, by=lead)

    assert "Ett besøk holder" in read(client, "programme", conference.pk)
    talk.change(by=lead, title="Et annet navn")
    assert "Et annet navn" not in read(client, "programme", conference.pk)
    Release.make(conference, by=lead)
    assert "Et annet navn" in read(client, "programme", conference.pk)


@with_talk
def test_the_page_of_all_projects_leads_to_the_programmes_also_when_the_round_is_over(
    client, conference, lead, talk, time_machine
):
    unpublished, cancelled = make_conference(), make_conference()
    Release.make(conference, by=lead)
    Conference.objects.filter(pk=cancelled.pk).update(published_at=conference.published_at)
    cancelled.gathering.cancel(by=lead, reason="Storm.")

    time_machine.move_to(now() + dt.timedelta(days=400))
    conference.round.close(by=lead)
    page = read(client, "projects")

    assert f'href="{url("programme", conference.pk)}"' in page
    assert url("programme", unpublished.pk) not in page
    assert url("programme", cancelled.pk) not in page
    assert "Oppdriftskonferansen" in read(client, "programme", conference.pk)


@with_talk
def test_a_speaker_is_named_from_the_yes_until_it_is_taken_back(client, conference, lead, talk):
    speaker = talk.name_speaker(name="Hanne Brekke", by=lead)
    Release.make(conference, by=lead)
    places = ("programme", "programme_calendar")
    assert not any("Hanne" in read(client, place, conference.pk) for place in places)

    speaker.agree(by=lead)
    assert all("Hanne" in read(client, place, conference.pk) for place in places)

    speaker.take_back(by=lead)
    assert not any("Hanne" in read(client, place, conference.pk) for place in places)


@with_talk
def test_the_calendar_file_is_read_by_others_and_follows_a_move(client, conference, lead, talk):
    Release.make(conference, by=lead)
    [before] = Calendar.from_ical(read(client, "programme_calendar", conference.pk)).walk("VEVENT")
    talk.change(by=lead, starts_at=talk.starts_at + 30 * MINUTE)
    Release.make(conference, by=lead)
    [after] = Calendar.from_ical(read(client, "programme_calendar", conference.pk)).walk("VEVENT")

    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") - before.decoded("DTSTART") == 30 * MINUTE


def test_who_sees_the_gathering_reads_that_the_programme_comes(client, conference):
    signed_in(client, english())

    assert "The programme is not published yet" in read(client, "programme", conference.pk)


# Being ready


@with_talk
def test_what_is_missing_is_named_for_team_and_lead(client, conference, talk, team, lead):
    [step] = steps_for(team)
    assert step.title.startswith("Hand in what is missing for «Ett besøk holder» by")
    assert "text, picture, slides, speaker, consent" in step.why
    titles = [step.title for step in steps_for(lead)]
    assert titles == ["Publish the programme of the conference", "Ask a project for what is missing for the conference"]

    signed_in(client, lead)
    assert "One of 1 projects still lacks something" in read(client, "readiness", conference.pk)
    signed_in(client, team)
    assert "5 things are missing for the conference" in read(client, "talk", talk.pk)


@with_talk
def test_a_team_hands_in_everything(client, conference, idea, talk, team, lead):
    showcase = make_showcase(idea)
    showcase.put_picture(picture(), alt="En bil", people="nobody", by=team)
    showcase.agree(as_lead=False, by=team)
    showcase.agree(as_lead=True, by=lead)
    signed_in(client, team)

    client.post(url("talk", talk.pk), {"title": "Ett besøk", "abstract": "Fire spørsmål."})
    client.post(url("put_slides", talk.pk), {"upload": pdf()})
    client.post(url("name_speaker", talk.pk), {"person": team.pk, "name": ""})

    assert "Everything is there" in read(client, "talk", talk.pk)
    assert steps_for(team) == []
    assert client.get(File.objects.get(media_type="application/pdf").get_absolute_url()).status_code == 200


@with_talk
def test_somebody_else_s_yes_is_written_down(client, talk, team):
    signed_in(client, team)
    client.post(url("name_speaker", talk.pk), {"person": "", "name": "Per Hansen"})
    speaker = talk.speakers.get()
    assert speaker.agreed_at is None

    client.post(url("speaker", talk.pk, speaker.pk), {"deed": "agree"})

    speaker.refresh_from_db()
    assert speaker.agreed_noted_by == team


@pytest.fixture
def guest(client, talk, team):
    """Somebody from outside, whom the team has written down with an address."""
    signed_in(client, team)
    client.post(url("name_speaker", talk.pk), {"person": "", "name": "Per Hansen", "address": "per@utenfor.no"})
    client.logout()
    return talk.speakers.get()


def in_english(client):
    client.post(reverse("people:language"), {"language": "en"})


@with_talk
def test_a_speaker_from_outside_says_yes_by_a_link_of_their_own_and_takes_it_back(client, talk, guest, lead):
    letter = Message.objects.get(kind="speaker_named")
    assert (letter.address, letter.state) == ("per@utenfor.no", "queued")
    assert guest.get_absolute_url() in letter.body
    in_english(client)
    assert "May we show your name?" in client.get(guest.get_absolute_url()).content.decode()

    client.post(guest.get_absolute_url(), {"deed": "agree"})
    guest.refresh_from_db()
    assert guest.agreed_at
    assert guest.agreed_noted_by is None
    assert not Message.objects.filter(kind="speaker_answered").exists(), "a yes is no news that somebody must act on"

    client.post(guest.get_absolute_url(), {"deed": "take-back"})
    again = client.post(guest.get_absolute_url(), {"deed": "take-back"})

    guest.refresh_from_db()
    assert guest.agreed_at is None
    assert "The name is not shown." in again.content.decode()
    told = Message.objects.get(kind="speaker_answered")
    assert told.receiver == lead
    assert "They do not want to be named any more." in told.body


@with_talk
def test_a_speaker_from_outside_corrects_their_name_and_has_it_erased(client, talk, guest, lead):
    in_english(client)
    talk.name_speaker(name="Ola Nordmann", by=lead)

    refused = client.post(guest.get_absolute_url(), {"deed": "correct", "name": "ola nordmann"})
    client.post(guest.get_absolute_url(), {"deed": "correct", "name": " Pér  Hansen "})
    guest.refresh_from_db()
    assert "ola nordmann speaks already." in refused.content.decode()
    assert guest.name == "Pér Hansen"
    assert "It was written Per Hansen." in Message.objects.get(kind="speaker_answered").body

    erased = client.post(guest.get_absolute_url(), {"deed": "erase"})

    assert "Your name is erased" in erased.content.decode()
    assert [speaker.name for speaker in talk.speakers.all()] == ["Ola Nordmann"]
    assert client.get(guest.get_absolute_url()).status_code == 404
    assert Message.objects.filter(kind="speaker_answered", receiver=lead).count() == 1


@with_talk
def test_a_browser_can_send_what_a_speaker_says_and_the_page_is_kept_nowhere(guest):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(guest.get_absolute_url())
    # A form on a page that sends no referrer comes from nowhere, as Chromium and Firefox have it.
    origin = "null" if page["Referrer-Policy"] == "no-referrer" else "http://testserver"
    said = {"deed": "agree", "csrfmiddlewaretoken": page.context["csrf_token"]}

    answer = browser.post(guest.get_absolute_url(), said, headers={"origin": origin})

    assert answer.status_code == 302
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]


@with_talk
def test_a_speaker_who_is_erased_stands_in_no_letter_either(client, guest, lead):
    client.post(guest.get_absolute_url(), {"deed": "correct", "name": "Pér Hansen"})
    assert "Hansen" in "".join(Message.objects.values_list("body", flat=True))

    client.post(guest.get_absolute_url(), {"deed": "erase"})

    left = [(letter.address, letter.subject + letter.body) for letter in Message.objects.all()]
    assert not any("utenfor" in address or "Hansen" in words for address, words in left)
    assert Message.objects.get(kind="speaker_named").state == "discarded"
    assert Message.objects.filter(kind="speaker_answered", receiver=lead, state="queued").count() == 1


@with_talk
def test_the_link_of_a_speaker_is_theirs_alone(client, guest, lead):
    letter = Message.objects.get(kind="speaker_named")

    assert guest.token not in signed_in(client, lead).get(f"/outbox/{letter.pk}/").content.decode()


@with_talk
def test_a_speaker_without_an_address_has_no_link(client, talk, lead):
    speakers = [talk.name_speaker(name=name, by=lead) for name in ("Per Hansen", "Ola Nordmann")]

    assert [speaker.token for speaker in speakers] == ["", ""]
    assert not Message.objects.filter(kind="speaker_named").exists()


@with_talk
def test_reminders_are_drafts_and_come_once_a_day(client, conference, talk, lead):
    signed_in(client, lead)

    client.post(url("remind", conference.pk))
    client.post(url("remind", conference.pk))

    [letter] = Message.objects.filter(kind="conference_reminder")
    assert letter.state == "draft"
    assert "Hand in the slides as a PDF." in letter.body


@with_talk
def test_a_lead_who_is_disqualified_moves_the_talk_and_reads_nothing_of_it(client, conference, talk, lead, round):
    substitute = english("Marius Vik")
    give_role(round, substitute, "substitute")
    disqualify(talk.idea, lead)
    signed_in(client, lead)

    text = read(client, "put_together", conference.pk)
    assert "Ett besøk holder" not in text
    assert "Hidden: impartiality" in text
    assert "Ett besøk holder" not in read(client, "readiness", conference.pk) + read(client, "release", conference.pk)
    read(client, "slot", talk.pk, status=403)
    read(client, "talk", talk.pk, status=404)
    assert client.post(url("move_slot", talk.pk), {"later": ""}).status_code == 302

    signed_in(client, substitute)
    assert "Ett besøk holder" in read(client, "put_together", conference.pk)
    read(client, "talk", talk.pk)


def test_the_programme_in_the_making_costs_the_same_however_long_it_is(client, conference, lead, round):
    from tests.house import statements

    def cost():
        with statements() as asked:
            for name in ("put_together", "readiness", "release"):
                read(client, name, conference.pk)
        return len(asked)

    signed_in(client, lead)
    for n in range(2):
        make_project(round=round, title=f"Prosjekt {n}")
        Slot.add_projects(conference, minutes=10, by=lead)
        Slot.objects.last().name_speaker(name="Per", by=lead)
    few = cost()
    for n in range(3):
        make_project(round=round, title=f"Flere {n}")
        Slot.add_projects(conference, minutes=10, by=lead)
        Slot.objects.last().name_speaker(name="Per", by=lead)

    assert cost() == few


# The catalogue


@with_project
def test_the_catalogue_holds_published_pages_only_and_opens_with_the_programme(client, conference, idea, lead, round):
    make_showcase(idea, published=True)
    make_showcase(make_project(round=round, title="Ikke publisert"))
    read(client, "catalogue", conference.pk, status=404)

    signed_in(client, lead)
    assert client.get(url("catalogue", conference.pk)).status_code == 200
    client.logout()
    Slot.add_projects(conference, minutes=10, by=lead)
    Release.make(conference, by=lead)

    answer = client.get(url("catalogue", conference.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in answer.content


@with_project
def test_an_unchanged_catalogue_is_made_once_and_a_changed_one_anew(client, conference, idea, lead, monkeypatch):
    showcase = make_showcase(idea, published=True)
    signed_in(client, lead)
    address, made = url("catalogue", conference.pk), []
    monkeypatch.setattr(pdf_maker, "document", lambda *_args, **_given: made.append(1) or b"%PDF-1.7")
    first = client.get(address)

    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content, len(made)) == (304, b"", 1)

    client.post(reverse("people:language"), {"language": "nn"})
    translated = client.get(address, headers={"If-None-Match": first["ETag"]})
    client.post(reverse("people:language"), {"language": "en"})
    showcase.take_off(by=lead)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (translated.status_code, changed.status_code, len(made)) == (200, 200, 3)


@with_project
def test_what_the_catalogue_says_is_what_the_pages_say(conference, idea, lead, team, round):
    showcase = make_showcase(idea, setback="Bildene ble for mørke.", hours=420)
    showcase.name_contact(team, by=lead)
    showcase.put_picture(picture(), alt="En bil med to", people="some", by=team)
    showcase.agree(as_lead=False, by=team)
    showcase.agree(as_lead=True, by=lead)
    make_showcase(make_project(round=round, title="Ikke publisert"))
    make_showcase(make_project(title="En annen runde"), published=True)

    data, pictures = contents(conference)

    [page] = data["projects"]
    assert (page["title"], page["setback"]) == ("Ett besøk holder", "Bildene ble for mørke.")
    assert page["cost"] == "145\u00a0000\u00a0kr, 420 hours"
    assert page["effects"] == [{"name": "", "said": "Not measured yet."}]
    assert page["call"] == "", "she has not said yes to being named"
    assert pictures == {}, "nobody has written down who has said yes"


@with_project
def test_a_picture_that_cannot_be_read_stops_no_catalogue(client, conference, idea, lead, team):
    showcase = make_showcase(idea)
    broken = SimpleUploadedFile("bilde.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 4 + b"IEND" + b"\0" * 4)
    showcase.put_picture(broken, alt="En bil", people="nobody", by=team)
    showcase.agree(as_lead=False, by=team)
    showcase.agree(as_lead=True, by=lead)
    signed_in(client, lead)

    assert client.get(url("catalogue", conference.pk)).content.startswith(b"%PDF")


def test_an_empty_catalogue_says_so(client, conference, lead):
    signed_in(client, lead)

    assert client.get(url("catalogue", conference.pk)).status_code == 200


def test_only_who_runs_the_round_makes_the_programme(client, conference, team):
    signed_in(client, team)

    for name in ("put_together", "plan_conference", "add_slot", "release", "readiness"):
        read(client, name, conference.pk, status=403)
    assert Conference.objects.get().published_at is None
