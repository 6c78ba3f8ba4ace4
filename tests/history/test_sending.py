"""The sender and its troubles."""

import datetime as dt

import pytest
from django.core import mail

from oppdrift.history import letters, sending
from oppdrift.history.models import Event, Message
from oppdrift.toolbox.clock import at, now
from tests.factories import make_person, make_round

from .smtp_sink import Sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def post(key: str = "news", **fields) -> Message:
    fields = {
        "subject": "Nytt",
        "body": "Hei.\n\nSe http://127.0.0.1:8000/ideas/ & <b>les</b>.\n",
        "state": "queued",
    } | fields
    return letters.post("news", to=fields.pop("to", ("Kari", "kari@fjordvik.example")), key=key, **fields)


def test_a_mail_is_sent_once_as_text_and_html_with_an_address_to_answer(sink):
    letter = post(reply_to="lead@fjordvik.example", language="nn")

    assert sending.send_all() == 1
    assert sending.send_all() == 0

    (got,) = sink.got
    text, html = (got.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert (got["To"], got["Reply-To"]) == ("kari@fjordvik.example", "lead@fjordvik.example")
    assert got["Message-ID"] == letter.message_id
    assert "Se http://127.0.0.1:8000/ideas/ & <b>les</b>." in text
    assert '<html lang="nn">' in html
    assert '<a href="http://127.0.0.1:8000/ideas/"' in html
    assert "&lt;b&gt;les&lt;/b&gt;" in html
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert letter.sent_at is not None


def test_only_what_the_program_sends_by_itself_says_it_is_automatic(sink):
    read_by_a_person = post("letter")
    receipt = post("receipt")
    Message.objects.filter(pk=receipt.pk).update(kind="receipt")

    sending.send_all()

    headers = {got["Message-ID"]: (got["Auto-Submitted"], got["X-Auto-Response-Suppress"]) for got in sink.got}
    assert headers[read_by_a_person.message_id] == (None, None)
    assert headers[receipt.message_id] == ("auto-generated", "All")


def test_drafts_and_what_is_held_stay_and_the_future_waits(sink):
    post("draft", state="draft")
    post("held", state="held")
    post("later", due_at=now() + dt.timedelta(hours=1))

    sending.send_all()
    assert sink.got == []

    with at(now() + dt.timedelta(hours=2)):
        sending.send_all()
    assert len(sink.got) == 1


def test_an_appointment_goes_along_with_its_method(sink):
    post(calendar="BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n")

    sending.send_all()

    (invite,) = sink.got[0].iter_attachments()
    assert invite.get_content_type() == "text/calendar"
    assert invite["Content-Type"].params["method"] == "CANCEL"
    assert invite.get_filename() == "invite.ics"


@pytest.mark.parametrize("address", ["kari", "kari@", "kari@fjordvik.example\nBcc: all@fjordvik.example"])
def test_what_is_no_address_fails_at_once(sink, address):
    letter = post(to=("Kari", address))

    sending.send_all()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("failed", 1)
    assert letter.error == "address"
    assert sink.got == []


def test_an_address_that_is_refused_for_good_fails_and_the_next_mail_goes(sink):
    lead = make_person()
    spring = make_round(lead=lead)
    refused, fine = post("a", to=("X", "gone@fjordvik.example"), root=spring), post("b")
    sink.refuses["gone@fjordvik.example"] = "550 5.1.1 no such person"

    sending.send_all()

    refused.refresh_from_db(), fine.refresh_from_db()
    assert (refused.state, fine.state) == ("failed", "sent")
    assert refused.error_in_words.endswith("(550 5.1.1 no such person)")
    assert Event.objects.about(spring).filter(verb="message.failed").exists()


def test_a_refusal_for_now_is_tried_again_with_growing_pauses_and_given_up_in_the_end(sink):
    letter = post(to=("X", "full@fjordvik.example"))
    sink.refuses["full@fjordvik.example"] = "450 4.2.2 mailbox full"
    moment, pauses = now(), []

    for _attempt in range(sending.ATTEMPTS):
        with at(moment):
            assert sending.send_all() == 1
            letter.refresh_from_db()
            pauses.append(letter.due_at - moment)
            moment = letter.due_at

    assert pauses[:-1] == sending.PAUSES
    assert (letter.state, letter.attempts) == ("failed", sending.ATTEMPTS)


def test_a_silent_mail_server_lets_the_sender_rest_and_keeps_the_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    letter, sender = post(), sending.Sender()

    assert not sender.send_next()

    letter.refresh_from_db()
    assert sender.rest > 0
    assert (letter.state, letter.leased_until) == ("queued", None)
    assert letter.error == "unreachable: ConnectionRefusedError"


@pytest.mark.parametrize(("demo", "left"), [(False, ""), (True, "Koden er 123456")])
def test_a_sign_in_code_is_blanked_once_sent_but_for_the_demo(settings, demo, left):
    settings.DEMO = demo
    code = post(private=True, body="Koden er 123456")

    sending.send_all()

    code.refresh_from_db()
    assert "123456" in mail.outbox[0].body
    assert code.body == left


@pytest.mark.db_rules
def test_what_one_sender_holds_the_next_one_leaves_until_the_lease_runs_out():
    post()

    held = sending.lease_next()
    assert sending.lease_next() is None

    with at(now() + sending.LEASE + dt.timedelta(seconds=1)):
        again = sending.lease_next()
    assert again == held
    assert again.message_id == held.message_id
    assert again.attempts == 2
