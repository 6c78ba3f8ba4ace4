"""The pages of gatherings and notes, as each reader gets them."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from oppdrift.gatherings.models import Gathering, Note
from oppdrift.gatherings.steps import steps_for
from oppdrift.history.models import File, Message
from oppdrift.toolbox.clock import OSLO, now
from tests.factories import disqualify, give_role, make_gathering, make_idea, make_person, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def english(**fields):
    return make_person(language="en", **fields)


def url(name, *args):
    return reverse(f"gatherings:{name}", args=args)


def page(client, name, *args):
    answer = client.get(url(name, *args))
    assert answer.status_code == 200, name
    return answer.content.decode()


def typed(gathering, **changes):
    """What the form of a gathering posts."""
    appointment = gathering.appointment
    values = {
        "round": gathering.round_id, "kind": gathering.kind, "title": gathering.title,
        "description": gathering.description, "place": appointment.place, "capacity": gathering.capacity or "",
        "starts_at": appointment.starts_at.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M"),
        "ends_at": appointment.ends_at.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M"), "reason": "",
    }  # fmt: skip
    return {**values, **changes}


def test_the_list_says_what_comes_and_what_was(signed_in):
    kari = english()
    coming = make_gathering(title="Søkerverksted i november", capacity=20, starts_at="2031-11-13T09:00")
    make_gathering(title="Informasjonsmøte", starts_at="2020-01-28T14:30")
    full = make_gathering(title="Søkerverksted i januar", capacity=0, starts_at="2032-01-15T12:00")
    full.sign_up(make_person(), by=kari)
    coming.sign_up(kari, by=kari)

    text = page(signed_in(kari), "gatherings")

    assert "The next one is Thursday 13" in text
    order = [text.index(title) for title in ("Søkerverksted i november", "Søkerverksted i januar", "Informasjonsmøte")]
    assert order == sorted(order)
    assert "You have a place" in text
    assert "Full, 1 on the waiting list" in text


def test_an_empty_list_says_when_something_comes(signed_in):
    assert "No gathering ahead" in page(signed_in(english()), "gatherings")


def test_one_signs_up_and_off_on_the_page(signed_in):
    gathering, kari = make_gathering(capacity=3), english()
    client = signed_in(kari)
    assert "3 free places" in page(client, "gathering", gathering.pk)

    client.post(url("sign_up", gathering.pk))
    assert "Sign off" in page(client, "gathering", gathering.pk)

    client.post(url("sign_off", gathering.pk))
    assert not gathering.coming().exists()


def test_one_learns_their_number_on_the_waiting_list(signed_in):
    gathering, kari = make_gathering(capacity=1), english()
    gathering.sign_up(make_person(), by=kari)
    client = signed_in(kari)
    assert "Join the waiting list" in page(client, "gathering", gathering.pk)

    client.post(url("sign_up", gathering.pk))

    assert "You are number 1 on the waiting list" in page(client, "gathering", gathering.pk)


def test_signing_up_twice_is_refused_with_a_reason(signed_in):
    gathering = make_gathering()
    client = signed_in(english())
    client.post(url("sign_up", gathering.pk))

    assert client.post(url("sign_up", gathering.pk)).status_code == 403
    assert client.get(url("sign_up", gathering.pk)).status_code == 405


def test_a_gathering_by_invitation_does_not_exist_for_others(signed_in):
    gathering = make_gathering(by_invitation=True)
    client = signed_in(english())

    for name in ("gathering", "calendar", "change", "cancel", "participants"):
        assert client.get(url(name, gathering.pk)).status_code == 404, name
    assert client.post(url("sign_up", gathering.pk)).status_code == 404


def test_the_calendar_file_is_one_published_entry_in_utc(signed_in):
    gathering = make_gathering(title="Søkerverksted, januar", starts_at="2031-01-15T12:00", hours=3)

    answer = signed_in(english()).get(url("calendar", gathering.pk))

    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert event["UID"] == gathering.appointment.uid
    assert event["SUMMARY"] == "Søkerverksted, januar"
    assert event["DTSTART"].to_ical() == b"20310115T110000Z"
    assert event["DTEND"].to_ical() == b"20310115T140000Z"


def test_colleagues_arrange_nothing(signed_in):
    gathering = make_gathering()
    client = signed_in(english())

    assert client.get(url("new")).status_code == 403
    for name in ("change", "cancel", "participants"):
        assert client.get(url(name, gathering.pk)).status_code == 403, name
    for name in ("add", "add_material"):
        assert client.post(url(name, gathering.pk)).status_code == 403, name


def test_the_lead_calls_people_together(signed_in):
    lead = english()
    round = make_round(lead=lead)
    other = make_gathering(round=make_round(), capacity=12)
    client = signed_in(lead)

    refused = client.post(url("new"), typed(other))
    assert refused.status_code == 200  # the round of somebody else is not among the choices
    client.post(url("new"), typed(other, round=round.pk, title="Nytt verksted"))

    made = Gathering.objects.get(title="Nytt verksted")
    assert (made.round, made.capacity) == (round, 12)
    assert made.appointment.uid != other.appointment.uid


def test_an_end_before_the_start_is_said_at_the_field(signed_in):
    lead = english()
    gathering = make_gathering(round=make_round(lead=lead))

    answer = signed_in(lead).post(
        url("change", gathering.pk), typed(gathering, starts_at="2031-01-15T12:00", ends_at="2031-01-15T11:00")
    )

    assert "It must end after it starts." in answer.content.decode()


def test_the_lead_moves_it_and_saving_without_a_change_moves_nothing(signed_in):
    lead = english()
    gathering = make_gathering(round=make_round(lead=lead), starts_at="2031-01-15T12:00:31")
    gathering.sign_up(make_person(), by=lead)
    client = signed_in(lead)

    client.post(url("change", gathering.pk), typed(gathering))
    gathering.appointment.refresh_from_db()
    assert gathering.appointment.sequence == 0

    without_reason = client.post(url("change", gathering.pk), typed(gathering, place="Biblioteket"))
    assert "Say why it moves." in without_reason.content.decode()
    client.post(url("change", gathering.pk), typed(gathering, place="Biblioteket", reason="Salen er opptatt."))
    gathering.appointment.refresh_from_db()
    assert (gathering.appointment.sequence, gathering.appointment.place) == (1, "Biblioteket")


def test_before_cancelling_the_lead_reads_how_many_are_told(signed_in):
    lead = english()
    gathering = make_gathering(round=make_round(lead=lead))
    gathering.sign_up(make_person(), by=lead)
    client = signed_in(lead)
    assert "1 person gets a letter at once" in page(client, "cancel", gathering.pk)

    client.post(url("cancel", gathering.pk), {"reason": "Syk foredragsholder"})

    assert "Cancelled" in page(client, "gathering", gathering.pk)
    assert client.post(url("cancel", gathering.pk), {"reason": "Igjen"}).status_code == 403


def test_the_lead_puts_people_on_the_list_invites_and_takes_off(signed_in):
    lead = english()
    gathering = make_gathering(round=make_round(lead=lead), by_invitation=True)
    client = signed_in(lead)

    client.post(url("add", gathering.pk), {"address": "per@fjordvik.example", "name": "Per Ås", "deed": "add"})
    client.post(url("add", gathering.pk), {"address": "eva@fjordvik.example", "name": "Eva Li", "deed": "invite"})

    text = page(client, "participants", gathering.pk)
    assert "1 person comes" in text
    assert "Invited, not signed up" in text
    assert Message.objects.get(kind="gathering_invitation").state == "draft"
    again = client.post(url("add", gathering.pk), {"address": "per@fjordvik.example", "deed": "add"})
    assert "Already signed up." in again.content.decode()

    client.post(url("take_off", gathering.pk, gathering.sign_ups.get().pk))
    assert "Nobody has a place yet" in page(client, "participants", gathering.pk)


def test_materials_are_added_seen_and_removed(signed_in):
    lead = english()
    gathering = make_gathering(round=make_round(lead=lead))
    client = signed_in(lead)
    upload = SimpleUploadedFile("program.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n")

    client.post(url("add_material", gathering.pk), {"upload": upload})
    assert "program.pdf" in page(client, "gathering", gathering.pk)

    client.post(url("remove_material", gathering.pk, File.objects.get().pk))
    assert not File.objects.exists()


def test_a_file_that_may_not_be_kept_is_refused_at_the_field(signed_in):
    lead = english()
    gathering = make_gathering(round=make_round(lead=lead))
    upload = SimpleUploadedFile("program.pdf", b"MZ\x90\x00 not a pdf")

    answer = signed_in(lead).post(url("add_material", gathering.pk), {"upload": upload})

    assert "ds-error-summary" in answer.content.decode()
    assert not File.objects.exists()


def test_a_note_is_left_read_and_erased(signed_in):
    kari, team = english(), english()
    idea = make_idea(team=[team], title="Vannvakta")
    gathering = make_gathering(starts_at=now() - dt.timedelta(days=2))
    gathering.sign_ups.create(person=kari, state="coming", turn=1)
    client = signed_in(kari)
    assert "Given at" in page(client, "notes", idea.pk)

    client.post(url("notes", idea.pk), {"text": "Snakk med Elvebo.", "gathering": gathering.pk})

    note = Note.objects.get()
    assert note.gathering == gathering
    assert "Snakk med Elvebo." in page(client, "gathering", gathering.pk)
    assert "Snakk med Elvebo." in page(signed_in(team), "notes", idea.pk)
    assert signed_in(team).post(url("erase_note", note.pk)).status_code == 403
    assert signed_in(english()).post(url("erase_note", note.pk)).status_code == 404
    signed_in(kari).post(url("erase_note", note.pk))
    assert not Note.objects.exists()


def test_a_hidden_idea_takes_no_note(signed_in):
    idea = make_idea(shared=False)

    assert signed_in(english()).post(url("notes", idea.pk), {"text": "Hei"}).status_code == 404


# Steps


def titles(person):
    return [step.title for step in steps_for(person)]


def test_whoever_has_an_idea_in_the_round_is_asked_to_the_near_workshop():
    round, kari = make_round(), make_person()
    make_idea(team=[kari], round=round)
    make_gathering(round=round, title="verkstedet")
    make_gathering(round=round, title="et fjernt verksted", starts_at=now() + dt.timedelta(days=90))

    assert titles(kari) == ["Sign up for verkstedet"]
    assert titles(make_person()) == []


def test_an_invitation_is_a_step_until_it_is_answered():
    gathering, kari = make_gathering(by_invitation=True, title="verkstedet"), make_person()
    gathering.invite(kari, by=kari)

    assert titles(kari) == ["Sign up for verkstedet"]
    gathering.sign_up(kari, by=kari)
    assert titles(kari) == []


def test_being_there_is_the_step_of_the_last_week():
    gathering, kari = make_gathering(title="verkstedet", starts_at=now() + dt.timedelta(days=3)), make_person()
    gathering.sign_up(kari, by=kari)

    (step,) = steps_for(kari)

    assert step.title == "Come to verkstedet"
    assert step.due == gathering.appointment.starts_at


def test_steps_are_one_statement(django_assert_num_queries):
    round, kari = make_round(), make_person()
    make_idea(team=[kari], round=round)
    for _number in range(3):
        make_gathering(round=round)

    with django_assert_num_queries(1):
        steps_for(kari)


# Cost


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_cost_the_same_with_one_row_and_three(signed_in):
    lead = english()
    round = make_round(lead=lead)
    gathering = make_gathering(round=round, starts_at=now() - dt.timedelta(minutes=5))
    addresses = [url("gatherings"), url("gathering", gathering.pk), url("participants", gathering.pk)]
    client = signed_in(lead)

    def one_more():
        make_gathering(round=round)
        make_gathering(round=round, starts_at="2020-01-28T14:30")
        turn = gathering.sign_ups.count() + 1
        gathering.sign_ups.create(person=make_person(), state="coming", turn=turn)
        Note.write(make_idea(team=[lead]), "Godt.", by=make_person(), gathering=gathering)

    one_more()
    with_one = [cost(client, address) for address in addresses]
    one_more()
    one_more()

    assert [cost(client, address) for address in addresses] == with_one
    assert max(with_one) <= 15  # the menu of a lead who has ideas of their own asks four rooms


def test_who_comes_because_of_a_hidden_idea_is_hidden_too(signed_in):
    lead, substitute, colleague = english(), english(), make_person("Åpen Person")
    round = make_round(lead=lead)
    give_role(round, substitute, "substitute")
    secret = make_idea(round=round, shared=False, team=[make_person("Skjult Person"), make_person("Stille Person")])
    disqualify(secret, lead)
    workshop = make_gathering(round=round, kind="improvement_workshop", by_invitation=True)
    for part in secret.team():
        workshop.invite(part.person, by=substitute, idea=secret)
    coming = secret.team().get(person__name="Skjult Person").person
    row = workshop.sign_up(coming, by=coming)
    workshop.add(colleague, by=lead)

    for reader, sees in ((lead, False), (substitute, True)):
        pages = page(signed_in(reader), "participants", workshop.pk)
        pages += signed_in(reader).get("/outbox/?state=all").content.decode()
        assert "Åpen Person" in pages
        assert ("Skjult Person" in pages) == ("Stille Person" in pages) == sees

    letter = Message.objects.get(kind="signup_confirmed", receiver=coming)
    assert letter.reply_to == substitute.email
    assert workshop.title in letter.subject
    assert signed_in(lead).post(url("take_off", workshop.pk, row.pk)).status_code == 404


def test_a_kind_is_offered_where_the_round_uses_its_stage(signed_in):
    lead = english()
    plain = make_round(lead=lead, stages=["ideas", "call"])

    text = page(signed_in(lead), "new")
    refused = signed_in(lead).post(url("new"), typed(make_gathering(round=plain), kind="lup_module"))

    assert 'value="application_workshop"' in text
    assert 'value="lup_module"' not in text
    assert "select" in refused.content.decode().lower()
    assert not Gathering.objects.filter(kind="lup_module").exists()
