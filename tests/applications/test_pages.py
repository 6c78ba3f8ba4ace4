"""The pages answer to whom they should, and say what is the case."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import reverse

from oppdrift.applications.models import Application, Endorsement, SideText
from oppdrift.history.models import Event
from tests.factories import (
    disqualify,
    give_part,
    give_role,
    make_application,
    make_idea,
    make_person,
    make_round,
    make_version,
    moment,
)  # fmt: skip
from tests.scenes import starts_from


def make_spring():
    lead, writer = make_person("Randi Lie"), make_person("Sunniva Hauge")
    return SimpleNamespace(spring=make_round(lead=lead), lead=lead, writer=writer)


def make_draft():
    made = make_spring()
    made.draft = make_application(round=made.spring, team=[made.writer], title="Nattro")
    return made


pytestmark = [pytest.mark.django_db, starts_from(make_spring)]
with_draft = starts_from(make_draft)


@pytest.fixture
def spring(scene):
    return scene.spring


@pytest.fixture
def lead(scene):
    return scene.lead


@pytest.fixture
def writer(scene):
    return scene.writer


@pytest.fixture
def draft(scene):
    return scene.draft


def page(client, person, name, /, *args, **query):
    client.force_login(person)
    return client.get(reverse(f"applications:{name}", args=args), query)


def send(client, person, where, /, *args, **data):
    client.force_login(person)
    return client.post(reverse(f"applications:{where}", args=args), data)


@with_draft
def test_the_draft_says_what_is_missing_before_it_is_handed_in(client, draft, writer):
    draft.answers.all().delete()
    draft.write("amount", "mye", by=writer)

    before = page(client, writer, "application", draft.pk).content.decode()
    draft.write_all({"challenge": "Vi bruker mye tid.", "amount": "100000"}, by=writer)
    after = page(client, writer, "application", draft.pk).content.decode()

    where = reverse("applications:write", args=[draft.pk, 1])
    band = before[before.index("what-now") : before.index(reverse("applications:submit", args=[draft.pk]))]
    assert "2 svar mangler:" in band
    assert f'href="{where}#q-challenge"' in band
    assert "skriv beløpet i hele kroner" in band
    assert "mangler:" not in after


def test_an_application_is_begun_on_a_page_and_written_at_once(client, spring, writer):
    assert page(client, writer, "begin", spring.pk).status_code == 200

    answer = send(client, writer, "begin", spring.pk, title="Nattro")

    begun = Application.objects.get()
    assert answer.url == reverse("applications:write", args=[begun.pk])
    assert b"Nattro" in client.get(answer.url).content


def test_only_an_idea_of_ones_own_team_can_apply(client, spring, writer):
    other = make_idea(round=spring)

    answer = send(client, writer, "begin", spring.pk, idea=other.pk, title="")

    assert answer.status_code == 200
    assert not Application.objects.exists()


@with_draft
def test_a_section_is_saved_without_script_and_leads_on(client, draft, writer):
    answer = send(
        client,
        writer,
        "write",
        draft.pk,
        1,
        **{"text-challenge": "Vi vekker folk.", "revision-challenge": "0", "go": "next"},
    )

    assert draft.texts()["challenge"] == "Vi vekker folk."
    assert answer.url == reverse("applications:write", args=[draft.pk, 2])


@with_draft
def test_a_field_that_was_not_touched_does_not_undo_what_a_colleague_wrote_meanwhile(client, draft, writer):
    colleague = make_person()
    give_part(draft.idea, colleague, "team")
    form = page(client, writer, "write", draft.pk, 1).context["form"].field("challenge")
    draft.write("challenge", "Skrevet av en kollega", by=colleague)

    send(
        client,
        writer,
        "write",
        draft.pk,
        1,
        **{"text-challenge": "", "was-challenge": form.print, "revision-challenge": "0"},
    )

    assert draft.texts()["challenge"] == "Skrevet av en kollega"
    assert not SideText.objects.exists()


@with_draft
def test_two_who_wrote_at_once_choose_on_the_page(client, draft, writer):
    colleague = make_person("Yusuf Karimi")
    give_part(draft.idea, colleague, "team")
    draft.write("challenge", "Yusufs", by=colleague)

    answer = send(client, writer, "write", draft.pk, 1, **{"text-challenge": "Sunnivas", "revision-challenge": "0"})
    shown = client.get(answer.url.split("#")[0])
    beside = SideText.objects.get()
    send(client, writer, "settle", draft.pk, beside.pk, keep="mine", revision="1")

    assert answer.url.endswith("#q-challenge")
    assert "Yusuf" in shown.content.decode()
    assert draft.texts()["challenge"] == "Sunnivas"
    assert "Yusufs" in page(client, writer, "write", draft.pk, 1).content.decode()


@with_draft
def test_autosave_says_when_it_saved_and_which_revision(client, draft, writer):
    answer = send(client, writer, "save", draft.pk, question="challenge", text="Hei", revision="0", window="a")

    assert answer.status_code == 200
    assert answer.json()["revision"] == 1
    assert "kl." in answer.json()["saved"]
    assert answer.json()["begun"] == "1 av 2 deler er påbegynt."
    assert "1 av 2 deler er påbegynt." in page(client, writer, "write", draft.pk).content.decode()


@with_draft
def test_autosave_gives_both_texts_when_two_wrote_at_once(client, draft, writer):
    colleague = make_person("Yusuf Karimi")
    give_part(draft.idea, colleague, "team")
    draft.write("challenge", "Yusufs", by=colleague)

    answer = send(client, writer, "save", draft.pk, question="challenge", text="Sunnivas", revision="0", window="a")

    assert "Yusufs" in answer.json()["beside"]
    assert "Sunnivas" in answer.json()["beside"]


def test_autosave_refuses_with_a_reason_what_is_handed_in(client, spring, writer):
    done = make_application(round=spring, team=[writer], submitted=True)

    answer = send(client, writer, "save", done.pk, question="challenge", text="Nytt", revision="0")

    assert answer.status_code == 409
    assert answer.json()["refused"]


@with_draft
def test_a_question_nobody_asked_is_not_found(client, draft, writer):
    assert send(client, writer, "save", draft.pk, question="secret", text="x").status_code == 404


@with_draft
def test_handing_in_what_is_not_complete_names_what_is_missing(client, draft, writer):
    answer = send(client, writer, "submit", draft.pk)

    assert answer.status_code == 422
    assert reverse("applications:write", args=[draft.pk, 1]) + "#q-challenge" in answer.content.decode()
    assert Application.objects.get().is_draft


@with_draft
def test_handing_in_then_correcting_then_handing_in_again(client, draft, writer):
    draft.write_all({"challenge": "Tekst", "amount": "100 000"}, by=writer)

    first = send(client, writer, "submit", draft.pk)
    send(client, writer, "reopen", draft.pk)
    send(client, writer, "save", draft.pk, question="challenge", text="Bedre tekst", revision="1")
    send(client, writer, "submit", draft.pk)

    assert first.url == draft.get_absolute_url()
    assert [version.answers["challenge"] for version in draft.versions.all()] == ["Tekst", "Bedre tekst"]


@with_draft
def test_one_who_writes_in_two_windows_is_told_so(client, draft, writer):
    send(client, writer, "save", draft.pk, question="challenge", text="Den ene", revision="0", window="a")
    answer = send(client, writer, "save", draft.pk, question="challenge", text="Den andre", revision="0", window="b")

    for shown in (answer.json()["beside"], page(client, writer, "write", draft.pk).content.decode()):
        assert "Du skrev i dette feltet i to vinduer." in shown
        assert "Bruk teksten fra det andre vinduet" in shown
        assert "Den ene" in shown
        assert "Den andre" in shown
        assert writer.first_name not in shown.split("two-texts", 1)[1].split("</form>", 1)[0]


def test_who_comes_late_reads_why_and_the_draft_is_kept(client, time_machine):
    time_machine.move_to(moment("2026-02-10T12:00"), tick=False)
    lead, writer = make_person(), make_person()
    draft = make_application(round=make_round(lead=lead, deadline="2026-02-13T12:00"), team=[writer])
    draft.write_all({"challenge": "Tekst", "amount": "100 000"}, by=writer)
    time_machine.move_to(moment("2026-02-13T12:20"), tick=False)

    answer = send(client, writer, "submit", draft.pk)

    assert answer.status_code == 409
    assert "12.20" in answer.content.decode()
    assert Event.objects.filter(verb="application.refused_late").count() == 1


def test_a_revised_version_needs_a_word_on_what_changed(client, spring, writer, lead):
    done = make_application(round=spring, team=[writer], submitted=True)
    done.open_for_improvement(moment("2099-01-01T12:00"), by=lead)
    done.write_all({"challenge": "Klarere", "amount": "100 000"}, by=writer)

    without = send(client, writer, "revise", done.pk, changed="")
    with_words = send(client, writer, "revise", done.pk, changed="Vi har talt.")

    assert without.status_code == 422
    assert with_words.status_code == 302
    assert done.versions.count() == 2


def test_who_makes_it_clearer_is_led_to_what_is_unclear(client, spring, writer, lead):
    done = make_application(round=spring, team=[writer], submitted=True)
    where = f'href="{done.idea.get_absolute_url()}#unclear"'
    before = page(client, writer, "application", done.pk).content.decode()

    done.open_for_improvement(moment("2099-01-01T12:00"), by=lead)

    assert where not in before
    assert where in page(client, writer, "application", done.pk).content.decode()
    assert where in page(client, writer, "write", done.pk).content.decode()
    assert where not in page(client, lead, "application", done.pk).content.decode()


@pytest.mark.parametrize(
    ("language", "word", "not_this"), [("nb", "klarere", "tydelige"), ("nn", "klarare", "tydelega")]
)
def test_the_version_a_team_is_asked_for_has_one_name_on_every_page(client, spring, lead, language, word, not_this):
    writer = make_person("Sunniva Hauge", language=language)
    done = make_application(round=spring, team=[writer], submitted=True)
    done.open_for_improvement(moment("2099-01-01T12:00"), by=lead)
    done.write_all({"challenge": "Mer", "amount": "100 000"}, by=writer)

    for where in ("application", "write"):
        shown = page(client, writer, where, done.pk).content.decode()
        assert f"{word} utg" in shown.lower()
        assert not_this not in shown
    catalogue = (settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po").read_text()
    assert not_this not in catalogue


def test_new_words_are_marked_between_versions(client, spring, writer):
    done = make_application(round=spring, team=[writer], submitted=True)
    make_version(done, answers={"challenge": "Vi bruker fire timer på det.", "amount": "100000"})

    shown = page(client, writer, "since", done.pk, 2, 1).content.decode()

    assert "<ins>fire timer</ins>" in shown


@with_draft
def test_withdrawing_is_asked_once_more_and_can_be_undone(client, draft, writer):
    page(client, writer, "withdraw", draft.pk)
    assert Application.objects.get().is_draft
    send(client, writer, "withdraw", draft.pk)
    assert Application.objects.get().is_withdrawn

    send(client, writer, "bring_back", draft.pk)

    assert Application.objects.get().is_draft


@with_draft
def test_the_lead_sees_that_a_draft_is_there_but_not_what_it_says(client, draft, writer, lead):
    draft.write("challenge", "Hemmelig utkast", by=writer)

    shown = page(client, lead, "application", draft.pk).content.decode()
    listed = page(client, lead, "list", draft.round.pk).content.decode()

    assert "Nattro" in shown
    assert "Nattro" in listed
    assert "Hemmelig utkast" not in shown + listed
    assert page(client, lead, "write", draft.pk).status_code == 403


def test_the_lead_reads_what_was_handed_in_and_not_what_is_being_corrected(client, spring, writer, lead):
    done = make_application(round=spring, team=[writer], submitted=True)
    done.reopen(by=writer)
    done.write("challenge", "Under arbeid", by=writer)

    shown = page(client, lead, "application", done.pk).content.decode()

    assert "Vi bruker mye tid" in shown
    assert "Under arbeid" not in shown


@pytest.mark.parametrize("name", ["application", "write", "withdraw", "extend", "ask", "rename"])
@with_draft
def test_for_a_colleague_an_application_does_not_exist(client, draft, name):
    assert page(client, make_person(), name, draft.pk).status_code == 404


@pytest.mark.parametrize("name", ["application", "write", "extend"])
@with_draft
def test_for_a_disqualified_lead_an_application_does_not_exist(client, draft, lead, name):
    disqualify(draft.idea, lead)

    assert page(client, lead, name, draft.pk).status_code == 404


@with_draft
def test_the_lead_extends_the_deadline_with_a_reason(client, draft, lead):
    send(client, lead, "extend", draft.pk, until="2099-01-01T12:00", reason="")
    assert Application.objects.get().extended_to is None

    send(client, lead, "extend", draft.pk, until="2099-01-01T12:00", reason="Strømbrudd på rådhuset")

    assert Application.objects.get().extension_reason == "Strømbrudd på rådhuset"


@with_draft
def test_only_the_lead_extends(client, draft, writer):
    assert page(client, writer, "extend", draft.pk).status_code == 403


@with_draft
def test_the_leader_answers_by_the_link_without_an_account(client, draft, writer):
    send(client, writer, "ask", draft.pk, name="Lars Moen", address="lars@fjordvik.example")
    asked = Endorsement.objects.get()
    client.logout()

    looked = client.get(asked.get_absolute_url())
    assert (looked.status_code, looked["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert not Endorsement.objects.get().answer
    client.post(asked.get_absolute_url(), {"answer": "supports", "hours": "120", "words": "Dette tror jeg på."})

    assert Endorsement.objects.get().hours == 120
    shown = page(client, writer, "application", draft.pk).content.decode()
    assert "Dette tror jeg på." in shown


@with_draft
def test_a_condition_without_words_is_asked_for(client, draft, writer):
    asked = Endorsement.ask(draft, name="Lars", address="lars@fjordvik.example", by=writer)

    answer = client.post(asked.get_absolute_url(), {"answer": "supports_if", "words": ""})

    assert answer.status_code == 200
    assert not Endorsement.objects.get().answer


@with_draft
def test_a_link_taken_back_says_so_and_shows_no_text(client, draft, writer):
    draft.write("challenge", "Utkast", by=writer)
    asked = Endorsement.ask(draft, name="Lars", address="lars@fjordvik.example", by=writer)
    send(client, writer, "take_back", asked.pk)
    client.logout()

    shown = client.get(asked.get_absolute_url())

    assert shown.status_code == 200
    assert "Utkast" not in shown.content.decode()
    assert client.post(asked.get_absolute_url(), {"answer": "supports"}).status_code == 409


def test_a_guessed_link_is_not_found(client):
    assert client.get(reverse("applications:endorse", args=["x" * 32])).status_code == 404


def test_an_assessor_reads_what_was_handed_in_but_no_list(client, spring):
    done = make_application(round=spring, submitted=True)
    assessor = make_person()
    give_role(spring, assessor, "assessor")
    give_part(done.idea, assessor, "assessor")

    assert "Vi bruker mye tid" in page(client, assessor, "version", done.pk, 1).content.decode()
    assert page(client, assessor, "list", spring.pk).status_code == 404


@pytest.mark.parametrize("name", ["submit", "reopen", "revise", "bring_back", "save"])
@with_draft
def test_looking_never_changes_anything(client, draft, writer, name):
    assert page(client, writer, name, draft.pk).status_code == 405
