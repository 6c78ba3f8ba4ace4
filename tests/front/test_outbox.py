"""The outbox as the lead, the substitute and others meet it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oppdrift.applications.models import Endorsement
from oppdrift.front import outbox
from oppdrift.history import letters
from oppdrift.history.models import Message
from oppdrift.sharing.models import Consent, Slot
from oppdrift.toolbox.clock import today
from tests.factories import disqualify, give_part, give_role, make_application, make_idea, make_person, make_round
from tests.scenes import starts_from
from tests.sharing.making import make_conference, make_project, make_showcase, picture


def make_spring():
    lead = make_person("Randi Lie")
    return make_round(lead=lead), lead


pytestmark = [pytest.mark.django_db, pytest.mark.db_rules, starts_from(make_spring)]


@pytest.fixture
def spring(scene):
    return scene[0]


@pytest.fixture
def lead(scene):
    return scene[1]


def make_letter(spring, state: str = "draft", **fields) -> Message:
    number = Message.objects.count()
    fields = {
        "to": make_person(), "key": f"key-{number}", "subject": f"Brev {number}", "body": "Hei\n", "root": spring
    } | fields  # fmt: skip
    kind = fields.pop("kind", "declined")
    return letters.post(kind, state=state, **fields)


def signed_in(client, person):
    client.force_login(person)
    return client


def test_the_lead_sees_letters_by_state_with_counts(client, lead, spring):
    make_letter(spring, subject="Utkastet")
    make_letter(spring, "sent", subject="Det sendte")

    page = signed_in(client, lead).get("/outbox/")
    sent = client.get("/outbox/?state=sent")

    assert "Utkastet" in page.content.decode()
    assert "Det sendte" not in page.content.decode()
    assert "Det sendte" in sent.content.decode()
    assert {row["state"]: row["count"] for row in page.context["states"]} == {"draft": 1, "sent": 1, "all": 2}


def test_letters_are_found_by_kind_name_and_address(client, lead, spring):
    anne, bo = make_person("Anne Ødegård"), make_person("Bo Li", address="bo.li@fjordvik.example")
    make_letter(spring, to=anne, kind="declined")
    make_letter(spring, to=bo, kind="shortlisted")
    signed_in(client, lead)

    found = {
        query: [m.receiver for m in client.get(f"/outbox/?{query}").context["page"]]
        for query in ["q=ØDEGÅRD", "q=bo.li@", "kind=shortlisted", "q=ingen", "state=nonsense", "page=99"]
    }

    assert found == {
        "q=ØDEGÅRD": [anne], "q=bo.li@": [bo], "kind=shortlisted": [bo], "q=ingen": [], "state=nonsense": [bo, anne],
        "page=99": [bo, anne],
    }  # fmt: skip


def test_only_those_who_run_a_round_have_an_outbox(client, spring):
    assert signed_in(client, make_person()).get("/outbox/").status_code == 403
    client.logout()
    assert client.get("/outbox/").status_code == 302


def test_a_letter_of_another_round_does_not_exist(client, lead):
    letter = make_letter(make_round(lead=make_person()))
    signed_in(client, lead)

    assert client.get(f"/outbox/{letter.pk}/").status_code == 404
    assert client.post(f"/outbox/{letter.pk}/let-go/").status_code == 404


@pytest.mark.parametrize("bar", ["disqualified", "in the team"])
def test_a_letter_about_an_idea_the_lead_is_barred_from_is_hidden_and_the_substitutes(client, lead, spring, bar):
    substitute, writer = make_person(), make_person("Skjult Mottaker")
    give_role(spring, substitute, "substitute")
    idea = make_idea(round=spring, title="Hemmelig idé", team=[writer])
    if bar == "disqualified":
        disqualify(idea, lead)
    else:
        give_part(idea, lead, "team")
    hidden = make_letter(spring, to=writer, thing=idea, subject="Hemmelig emne")
    make_letter(spring, subject="Vanlig brev")

    for url in [
        "/outbox/",
        "/outbox/?state=all",
        "/outbox/?q=Skjult",
        "/outbox/?kind=declined",
        "/outbox/let-go/?all=yes",
    ]:
        text = signed_in(client, lead).get(url, follow=True).content.decode()
        assert "Hemmelig" not in text
        assert "Skjult Mottaker" not in text
    assert sum(m.is_hidden for m in client.get("/outbox/?state=all").context["page"]) == 1
    assert client.get(f"/outbox/{hidden.pk}/").status_code == 404
    assert client.post("/outbox/let-go/", {"message": [hidden.pk]}).status_code == 302
    hidden.refresh_from_db()
    assert hidden.state == "draft"

    page = signed_in(client, substitute).get("/outbox/?state=all")
    assert [m.subject for m in page.context["page"]] == ["Hemmelig emne"]
    assert "Hemmelig emne" in client.get(f"/outbox/{hidden.pk}/").content.decode()


def test_a_sign_in_code_is_in_nobodys_outbox(client, lead, spring):
    code = make_letter(spring, private=True, subject="Koden din")
    signed_in(client, lead)

    assert "Koden din" not in client.get("/outbox/?state=all").content.decode()
    assert client.get(f"/outbox/{code.pk}/").status_code == 404


def test_a_letter_is_shown_as_it_will_look_and_harmless(client, lead, spring):
    letter = make_letter(spring, body="Se https://fjordvik.example/a\n\n<script>alert(1)</script>\n")

    text = signed_in(client, lead).get(f"/outbox/{letter.pk}/").content.decode()

    assert '<a href="https://fjordvik.example/a"' in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_the_lead_changes_a_letter_and_an_empty_one_is_refused(client, lead, spring):
    letter = make_letter(spring)
    url = f"/outbox/{letter.pk}/edit/"
    signed_in(client, lead)

    refused = client.post(url, {"subject": "Ny", "body": "  \r\n"})
    saved = client.post(url, {"subject": "Ny", "body": "Hei igjen\r\nRandi", "address": "else@fjordvik.example"})

    assert refused.context["form"].errors
    assert saved.status_code == 302
    before = letter.address
    letter.refresh_from_db()
    assert (letter.subject, letter.body, letter.address) == ("Ny", "Hei igjen\nRandi\n", before)


def test_what_was_typed_stays_when_the_letter_went_meanwhile(client, lead, spring):
    letter = make_letter(spring, "queued")

    page = signed_in(client, lead).post(f"/outbox/{letter.pk}/edit/", {"subject": "Ny", "body": "Lang tekst"})

    assert "Lang tekst" in page.content.decode()
    assert page.context["form"].non_field_errors()


def test_the_address_of_a_failed_letter_can_be_corrected_and_tried_again(client, lead, spring):
    letter = make_letter(spring, "failed", to=("Kari Moe", "karifjordvik@example.no"))
    signed_in(client, lead)

    client.post(f"/outbox/{letter.pk}/edit/", {"subject": "S", "body": "B", "address": "kari@fjordvik.example"})
    client.post(f"/outbox/{letter.pk}/try-again/")

    letter.refresh_from_db()
    assert (letter.address, letter.state) == ("kari@fjordvik.example", "queued")


def test_a_deed_the_state_forbids_is_refused_and_an_unknown_one_does_not_exist(client, lead, spring):
    letter = make_letter(spring, "sent")
    signed_in(client, lead)

    assert client.post(f"/outbox/{letter.pk}/let-go/").status_code == 409
    assert client.post(f"/outbox/{letter.pk}/delete/").status_code == 404
    assert client.get(f"/outbox/{letter.pk}/let-go/").status_code == 405


def test_several_are_sent_after_the_lead_has_seen_who_gets_them(client, lead, spring):
    first, second, third = (make_letter(spring) for _ in range(3))
    signed_in(client, lead)

    asked = client.get("/outbox/let-go/", {"message": [first.pk, second.pk]})
    assert not Message.objects.filter(state="queued").exists()
    client.post("/outbox/let-go/", {"message": [m.pk for m in asked.context["chosen"]]})

    assert first.receiver.name in asked.content.decode()
    assert third.receiver.name not in asked.content.decode()
    assert set(Message.objects.filter(state="queued", released_by=lead)) == {first, second}


def test_sending_all_means_all_that_were_listed(client, lead, spring):
    listed = make_letter(spring, kind="declined")
    make_letter(spring, kind="shortlisted")
    make_letter(spring, "held", kind="declined")

    asked = signed_in(client, lead).get("/outbox/let-go/?all=yes&kind=declined&state=draft")

    assert asked.context["chosen"] == [listed]


@pytest.mark.parametrize("query", ["", "?message=", "?message=x&message=99999999999999999999", "?message=0"])
def test_nothing_ticked_says_so(client, lead, spring, query):
    page = signed_in(client, lead).get(f"/outbox/let-go/{query}", follow=True)

    assert page.redirect_chain
    assert list(page.context["messages"])


@pytest.mark.parametrize("url", ["/outbox/", "/outbox/?state=all", "/outbox/let-go/?all=yes"])
def test_the_outbox_asks_as_much_for_three_letters_as_for_one(client, lead, spring, url):
    signed_in(client, lead)
    make_letter(spring, thing=make_idea(round=spring))
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        make_letter(spring, thing=make_idea(round=spring))

    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one) <= 16


def test_the_demos_mail_is_read_by_anybody_and_only_in_the_demo(client, spring, settings):
    letter = make_letter(spring, "sent", subject="Koden er 123", private=True)
    make_letter(spring, "draft", subject="Ikke sendt")
    urls = ["/demo/mail/", f"/demo/mail/{letter.pk}/"]

    assert [client.get(url).status_code for url in urls] == [404, 404]
    settings.DEMO = True

    for url in urls:
        assert "Koden er 123" in client.get(url).content.decode()
    assert "Ikke sendt" not in client.get(urls[0]).content.decode()


def test_letters_that_leave_with_the_release_are_read_apart_and_sent_by_nobody(client, lead, spring):
    bound = make_letter(spring, subject="Svaret", leaves_with="shortlist")
    free = make_letter(spring, subject="Purringen")
    signed_in(client, lead)

    drafts, apart = client.get("/outbox/"), client.get("/outbox/?state=bound")
    sending = client.get("/outbox/let-go/?all=yes&state=draft")
    client.post("/outbox/let-go/", {"message": [bound.pk, free.pk]})
    bound.refresh_from_db()
    free.refresh_from_db()

    assert [each.subject for each in drafts.context["page"]] == ["Purringen"]
    assert [each.subject for each in apart.context["page"]] == ["Svaret"]
    assert f"/assessing/rounds/{spring.pk}/shortlist/" in apart.content.decode()
    assert 'type="checkbox"' not in apart.content.decode()
    assert "Send all" not in apart.content.decode()
    assert [each.subject for each in sending.context["chosen"]] == ["Purringen"]
    assert (bound.state, free.state) == ("draft", "queued")
    assert client.post(f"/outbox/{bound.pk}/let-go/").status_code in (403, 409)


def test_the_page_of_a_bound_letter_says_when_it_leaves(client, lead, spring):
    bound = make_letter(spring, leaves_with="shortlist")
    lead.choose_language("en", by=lead)
    signed_in(client, lead)

    page = client.get(f"/outbox/{bound.pk}/").content.decode()
    client.post(f"/outbox/{bound.pk}/hold/")
    held = client.get(f"/outbox/{bound.pk}/").content.decode()
    client.post(f"/outbox/{bound.pk}/put-back/")
    bound.refresh_from_db()

    assert "when the shortlist is released" in page
    assert f"/assessing/rounds/{spring.pk}/shortlist/" in page
    assert f"/outbox/{bound.pk}/let-go/" not in page
    assert f"/outbox/{bound.pk}/put-back/" in held
    assert bound.state == "draft"


def test_reading_what_leaves_with_the_release_is_a_step_of_its_own(lead, spring):
    make_letter(spring, leaves_with="shortlist")
    make_letter(spring, leaves_with="shortlist")
    make_letter(spring)

    steps = {step.url: step.title for step in outbox.steps_for(lead)}

    assert steps == {
        "/outbox/": "Read 1 letter in the outbox",
        "/outbox/?state=bound": "Read 2 letters that leave with the release",
    }


def test_the_link_by_which_a_leader_answers_is_shown_to_the_leader_alone(client, lead, spring):
    application = make_application(round=spring)
    asked = Endorsement.ask(application, name="Lars Moen", address="lars@fjordvik.example", by=make_person())
    letter = Message.objects.get(kind="endorsement_request")
    body = letter.body
    Message.objects.update(state="failed")
    signed_in(client, lead)

    pages = [client.get(f"/outbox/{letter.pk}/{place}").content.decode() for place in ("", "edit/")]
    client.post(f"/outbox/{letter.pk}/edit/", {"subject": "Kan du støtte den?", "address": "moen@fjordvik.example"})

    letter.refresh_from_db()
    assert not any(asked.token in page for page in pages)
    assert (letter.subject, letter.address, letter.body) == ("Kan du støtte den?", "moen@fjordvik.example", body)


def test_the_link_by_which_somebody_takes_their_picture_off_is_shown_to_them_alone(
    client, lead, spring, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    page = make_showcase(make_project(round=spring))
    page.put_picture(picture(), alt="Fem på en benk", people="some", by=lead)
    consent = Consent.record_yes(
        page.picture, name="Ola Sol", address="ola@fjordvik.example", how="spoken", given_on=today(), by=lead
    )
    letter = Message.objects.get(kind="consent_recorded")
    assert consent.token in letter.body

    shown = signed_in(client, lead).get(f"/outbox/{letter.pk}/").content.decode()

    assert consent.token not in shown


def test_the_link_by_which_a_speaker_takes_their_name_off_is_shown_to_them_alone(client, lead, spring):
    conference = make_conference(spring)
    talk = Slot.add(conference, title="Ett besøk", idea=make_project(round=spring), by=lead)
    speaker = talk.name_speaker(name="Ola Sol", address="ola@utenfor.example", by=lead)
    letter = Message.objects.get(kind="speaker_named")
    assert speaker.token in letter.body

    shown = signed_in(client, lead).get(f"/outbox/{letter.pk}/").content.decode()

    assert "/sharing/speaker/…" in shown
    assert speaker.token not in shown
