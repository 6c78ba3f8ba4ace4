"""Signing in by a code in a mail."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from oppdrift.history.models import Message
from oppdrift.history.sending import send_all
from oppdrift.people.models import Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db
SIGN_IN, CONFIRM = "/people/sign-in/", "/people/sign-in/code/"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def code_for(address: str) -> str:
    """The code in the newest mail to this address."""
    body = Message.objects.filter(address=address).latest("id").body
    return re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", body, re.MULTILINE)[0]


def ask(client, address: str, **more):
    return client.post(SIGN_IN, {"email": address, **more})


def signed_in(client) -> int | None:
    key = client.session.get("_auth_user_id")
    return int(key) if key else None


def test_the_code_from_the_mail_lets_a_person_in(client):
    kari = make_person("Kari Nes", address="kari@fjordvik.example")

    assert ask(client, "Kari@Fjordvik.example").url == CONFIRM
    answer = client.post(CONFIRM, {"code": code_for("kari@fjordvik.example").lower().replace("-", " ")})

    assert answer.status_code == 302
    assert signed_in(client) == kari.pk
    kari.refresh_from_db()
    assert kari.last_login is not None


def test_a_person_can_sign_in_with_any_of_their_addresses(client):
    kari = make_person(address="kari@fjordvik.example")
    kari.add_address("kari@skole.example", by=kari)

    ask(client, "kari@skole.example")
    client.post(CONFIRM, {"code": code_for("kari@skole.example")})

    assert signed_in(client) == kari.pk


def test_the_mail_with_the_code_waits_in_the_outbox_and_nobody_may_read_it(client):
    kari = make_person(address="kari@fjordvik.example", language="nn")

    ask(client, kari.email)

    message = Message.objects.get()
    assert (message.state, message.private, message.receiver) == (Message.State.QUEUED, True, kari)
    assert message.language == "nn"
    assert code_for(kari.email) not in message.subject


def test_the_body_of_a_mail_with_a_code_is_gone_once_it_is_sent(client, mailoutbox):
    kari = make_person(address="kari@fjordvik.example")
    ask(client, kari.email)
    code = code_for(kari.email)

    send_all()

    assert code in mailoutbox[0].body
    assert Message.objects.get().body == ""


def test_opening_the_page_uses_up_nothing(client):
    kari = make_person(address="kari@fjordvik.example")
    ask(client, kari.email)

    for _ in range(5):
        assert client.get(CONFIRM).status_code == 200
    client.post(CONFIRM, {"code": code_for(kari.email)})

    assert signed_in(client) == kari.pk


def test_a_wrong_code_says_how_many_tries_are_left(client):
    kari = make_person(address="kari@fjordvik.example", language="en")
    ask(client, kari.email)

    answer = client.post(CONFIRM, {"code": "AAAA-AAAA"}, headers={"accept-language": "en"})

    assert "You have 2 tries left" in answer.content.decode()
    assert signed_in(client) is None


def test_the_third_wrong_code_ends_it_even_if_the_right_one_follows(client):
    kari = make_person(address="kari@fjordvik.example")
    ask(client, kari.email)
    code = code_for(kari.email)

    for _ in range(3):
        answer = client.post(CONFIRM, {"code": "AAAA-AAAA"})
    client.post(CONFIRM, {"code": code})

    assert answer.url == SIGN_IN
    assert signed_in(client) is None


def test_an_empty_code_costs_no_try(client):
    kari = make_person(address="kari@fjordvik.example")
    ask(client, kari.email)

    for _ in range(4):
        client.post(CONFIRM, {"code": " "})
    client.post(CONFIRM, {"code": code_for(kari.email)})

    assert signed_in(client) == kari.pk


def test_a_code_is_too_old_after_a_quarter_of_an_hour(client, time_machine):
    time_machine.move_to("2026-02-02T12:00:00+01:00", tick=False)
    kari = make_person(address="kari@fjordvik.example")
    ask(client, kari.email)
    code = code_for(kari.email)

    time_machine.move_to("2026-02-02T12:15:01+01:00", tick=False)
    answer = client.post(CONFIRM, {"code": code}, follow=True, headers={"accept-language": "en"})

    assert "The code was too old" in answer.content.decode()
    assert signed_in(client) is None


def test_a_code_works_only_in_the_browser_that_asked_for_it(client):
    kari = make_person(address="kari@fjordvik.example")
    ask(client, kari.email)

    other = Client()
    ask(other, "somebody@else.example")
    other.post(CONFIRM, {"code": code_for(kari.email)})

    assert signed_in(other) is None


def test_a_new_code_replaces_the_old_one(client):
    kari = make_person(address="kari@fjordvik.example")
    ask(client, kari.email)
    old = code_for(kari.email)

    client.post("/people/sign-in/code/again/")
    new = code_for(kari.email)
    client.post(CONFIRM, {"code": old})
    assert signed_in(client) is None
    client.post(CONFIRM, {"code": new})

    assert signed_in(client) == kari.pk


def test_whoever_floods_an_address_is_asked_to_wait(client):
    make_person(address="kari@fjordvik.example")

    answers = [ask(client, "kari@fjordvik.example") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert Message.objects.count() == 3


# Those who are not known


def test_an_unknown_address_sees_the_same_pages_and_gets_no_mail(client):
    make_person(address="kari@fjordvik.example")

    known = code_page(client, "kari@fjordvik.example")
    unknown = code_page(client, "ingen@fjordvik.example")

    assert known.replace("kari@", "ingen@") == unknown
    assert list(Message.objects.values_list("address", flat=True)) == ["kari@fjordvik.example"]


def code_page(client, address: str) -> str:
    """The page where the code is written, without what is new on every page."""
    ask(client, address)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(CONFIRM).content.decode())


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "None"])
def test_no_code_lets_an_unknown_address_in(client, code):
    ask(client, "ingen@fjordvik.example")
    client.post("/people/sign-in/code/again/")

    client.post(CONFIRM, {"code": code})

    assert signed_in(client) is None
    assert not Person.objects.exists()


def test_a_colleague_in_a_domain_of_the_municipality_becomes_a_person_with_the_right_code(client, settings):
    settings.SIGN_IN_DOMAINS = ["fjordvik.example"]

    ask(client, "ola.dahl@fjordvik.example")
    assert not Person.objects.exists()
    client.post(CONFIRM, {"code": code_for("ola.dahl@fjordvik.example")}, headers={"accept-language": "nn"})

    ola = Person.objects.get()
    assert (ola.name, ola.email, ola.language) == ("Ola Dahl", "ola.dahl@fjordvik.example", "nn")
    assert [address.email for address in ola.addresses] == ["ola.dahl@fjordvik.example"]
    assert signed_in(client) == ola.pk


@pytest.mark.parametrize("address", ["x@annet.example", "x@ond-fjordvik.example", "x@fjordvik.example.annet.example"])
def test_other_domains_get_nothing(client, settings, address):
    settings.SIGN_IN_DOMAINS = ["fjordvik.example"]

    ask(client, address)

    assert not Message.objects.exists()


def test_somebody_whose_access_is_closed_is_told_so_only_with_the_code(client, settings):
    settings.SIGN_IN_DOMAINS = ["fjordvik.example"]
    kari = make_person(address="kari@fjordvik.example", is_active=False)

    ask(client, kari.email)
    answer = client.post(CONFIRM, {"code": code_for(kari.email)}, follow=True, headers={"accept-language": "en"})

    assert "Your access is closed" in answer.content.decode()
    assert signed_in(client) is None


def test_closing_the_access_ends_what_is_open(client):
    boss, kari = make_person(runs_programme=True), make_person()
    client.force_login(kari)

    kari.leave(by=boss)

    assert client.get("/people/me/").status_code == 302


# Where to go


def test_after_sign_in_one_comes_where_one_wanted_to_go(client):
    kari = make_person()

    assert client.get("/people/me/").url == f"{SIGN_IN}?next=/people/me/"
    ask(client, kari.email, next="/people/me/")
    answer = client.post(CONFIRM, {"code": code_for(kari.email)})

    assert answer.url == "/people/me/"


@pytest.mark.parametrize("bad", ["https://ond.example/", "//ond.example/", "javascript:alert(1)", "/\\ond.example"])
def test_nobody_is_sent_to_a_page_that_is_not_ours(client, bad):
    kari = make_person()

    ask(client, kari.email, next=bad)
    answer = client.post(CONFIRM, {"code": code_for(kari.email)})

    assert answer.url == "/"


def test_signing_out_needs_a_button_and_keeps_the_language(client):
    kari = make_person(language="nn")
    client.force_login(kari)

    assert client.get("/people/sign-out/").status_code == 405
    assert signed_in(client) == kari.pk
    client.post("/people/sign-out/")

    assert signed_in(client) is None
    assert client.cookies["django_language"].value == "nn"


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/", "password/change/", "logout/", "email/"])
def test_the_librarys_own_pages_are_not_there(client, path):
    for place in ("/accounts/", "/people/", "/"):
        client.force_login(make_person())
        assert client.get(place + path).status_code == 404


# The demo


def test_in_the_demo_one_click_signs_in_as_somebody_and_then_as_somebody_else(client, settings):
    settings.DEMO = True
    kari, ola = make_person(), make_person()

    client.post(reverse("people:demo_sign_in"), {"person": kari.pk})
    assert signed_in(client) == kari.pk
    client.post(reverse("people:demo_sign_in"), {"person": ola.pk})

    assert signed_in(client) == ola.pk


def test_outside_the_demo_the_click_is_not_there(client):
    kari = make_person()

    answer = client.post(reverse("people:demo_sign_in"), {"person": kari.pk})

    assert answer.status_code == 404
    assert signed_in(client) is None
    assert "demo-people" not in client.get(SIGN_IN).content.decode()


@pytest.mark.parametrize("wrong", ["", "0", "kari", "-1", "9" * 30])
def test_a_wrong_person_in_the_demo_is_not_found(client, settings, wrong):
    settings.DEMO = True

    assert client.post(reverse("people:demo_sign_in"), {"person": wrong}).status_code == 404
