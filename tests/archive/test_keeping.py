"""Every personal field has a keep-time, and the program applies it."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import models

from oppdrift.archive import keeping
from oppdrift.archive.models import Batch
from oppdrift.gatherings.models import SignUp
from oppdrift.history import letters
from oppdrift.history.models import Event, File, Message
from oppdrift.people.models import Person
from oppdrift.sharing.models import Consent
from oppdrift.toolbox.clock import at, now, today
from tests.factories import disqualify, give_role, make_application, make_gathering, make_idea, make_person, make_round
from tests.sharing.making import make_showcase, picture

OURS = ("oppdrift.", "allauth.", "django.contrib.sessions.")
TEXTS = (models.CharField, models.TextField, models.JSONField)


def texts_and_people(model: type[models.Model]) -> set[str]:
    """Fields that can hold what people wrote or who they are. A choice among the program's own words cannot."""
    names = set()
    for field in model._meta.concrete_fields:
        is_person = field.is_relation and field.related_model is Person
        if is_person or (isinstance(field, TEXTS) and not field.choices):
            names.add(field.name)
    return names


def described() -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for rule in keeping.rules():
        fields.setdefault(rule.model, []).extend(rule.fields)
    return fields


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if m.__module__.startswith(OURS)], ids=lambda m: m._meta.label
)
def test_every_text_and_every_person_in_a_table_has_a_keep_time(model):
    entries = described().get(model._meta.label, [])

    assert sorted(entries) == sorted(texts_and_people(model)), f"docs/retention.yaml, {model._meta.label}"


def test_no_keep_time_is_for_a_table_that_is_gone():
    for label in described():
        apps.get_model(label)


@pytest.mark.parametrize("rule", keeping.rules(), ids=lambda rule: f"{rule.model} {rule.fields[0]}")
def test_each_rule_says_why_and_the_timed_ones_when(rule):
    assert len(rule.basis.split()) > 3
    assert rule.then in ("erase", "blank", "keep")
    assert (rule.months is not None and bool(rule.since)) == (rule.then != "keep")


@pytest.mark.django_db
@pytest.mark.db_rules
@pytest.mark.parametrize(
    "rule", [r for r in keeping.rules() if r.then != "keep"], ids=lambda rule: f"{rule.model} {rule.fields[0]}"
)
def test_each_timed_rule_can_be_asked_and_applied(rule):
    assert rule.rows().count() == 0
    assert rule.apply() == 0


def years_from_now(years: float):
    return at(now() + dt.timedelta(days=365.25 * years))


@pytest.mark.django_db
def test_a_letter_is_blanked_after_two_years_and_its_key_stays():
    person = make_idea().created_by
    letters.post(
        "declined", to=person, key="k", subject="Svar", body="Hei", by=person, reply_to="lead@fjordvik.example"
    )

    with years_from_now(1.9):
        assert keeping.keep_times() == {}
    with years_from_now(2.1):
        done = keeping.keep_times()
        again = keeping.keep_times()

    letter = Message.objects.get()
    assert (done["history.Message"], again) == (1, {})
    assert (letter.key, letter.subject, letter.body, letter.address, letter.reply_to) == ("k", "", "", "", "")
    assert (letter.receiver, letter.written_by) == (None, None)


@pytest.mark.django_db
def test_a_sign_in_code_is_erased_after_a_month():
    letters.post("code", to=("X", "x@fjordvik.example"), key="k", subject="Kode", body="1", private=True)

    with years_from_now(0.2):
        keeping.keep_times()

    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_person_without_part_in_anything_is_erased_and_one_with_a_part_stays():
    looked_in, member, lead = [make_person() for _ in range(3)]
    programme_lead = make_person(runs_programme=True)
    never_signed_in = Person.objects.add("ada@fjordvik.example", name="Ada", by=lead)
    make_idea(team=[member])
    give_role(make_round(), lead, "lead")
    Person.objects.exclude(pk=never_signed_in.pk).update(last_login=now() + dt.timedelta(days=365))

    with years_from_now(2.5):
        keeping.keep_times()

    assert not Person.objects.filter(pk=never_signed_in.pk).exists(), "its time runs from the day it was made"
    assert Person.objects.filter(pk__in=[looked_in.pk, member.pk, lead.pk]).count() == 3

    with years_from_now(4):
        keeping.keep_times()

    assert set(Person.objects.all()) == {member, lead, programme_lead}


@pytest.mark.django_db
def test_private_ties_are_blanked_and_the_bar_itself_stays():
    barred = disqualify(make_idea(), make_person(), relation="Søster av prosjektlederen")

    with years_from_now(3.1):
        keeping.keep_times()

    barred.refresh_from_db()
    assert (barred.relation, barred.until) == ("", None)


@pytest.mark.django_db
def test_only_answers_of_drafts_are_erased():
    draft, handed_in = make_application(), make_application(submitted=True)
    for application in (draft, handed_in):
        application.answers.create(question="challenge", text="Tekst", saved_by=None)

    with years_from_now(2.1):
        keeping.keep_times()

    assert not draft.answers.exists()
    assert handed_in.answers.exists()


@pytest.mark.django_db
def test_sign_ups_are_kept_for_five_years_after_the_gathering():
    SignUp.objects.create(gathering=make_gathering(), person=make_person(), state="coming")

    with years_from_now(4.9):
        keeping.keep_times()
    assert SignUp.objects.exists()

    with years_from_now(5.2):
        keeping.keep_times()
    assert not SignUp.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_source_of_an_import_goes_from_the_disk_and_other_files_stay(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    batch = Batch.objects.create(name="Runde", year=2020, file_name="a.csv", sha256="x", rows=[["Navn"]])
    File.keep(SimpleUploadedFile("a.csv", b"Navn\n"), batch, by=make_person())
    material = File.keep(SimpleUploadedFile("b.csv", b"Program\n"), make_gathering(), by=make_person())

    with years_from_now(1.1):
        keeping.keep_times()

    batch.refresh_from_db()
    assert batch.rows == []
    assert File.objects.get() == material
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    assert Event.objects.filter(verb="file.erased").exists()


@pytest.mark.django_db
def test_the_command_counts_first_when_asked(capsys):
    letters.post("declined", to=make_idea().created_by, key="k", subject="Svar", body="Hei")

    with years_from_now(2.1):
        call_command("keep_times", dry_run=True)
        counted = capsys.readouterr().out
        call_command("keep_times")
        done = capsys.readouterr().out
        call_command("keep_times")
        nothing = capsys.readouterr().out

    assert counted == "history.Message: 1 to blank\n"
    assert done == "history.Message: 1\n"
    assert nothing == "Nothing has had its time.\n"


@pytest.mark.django_db
def test_a_yes_to_a_picture_is_erased_when_the_picture_is_long_gone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    showcase = make_showcase()
    team = showcase.idea.team().first().person
    words = {"name": "Ola Sol", "address": "ola@fjordvik.example", "how": "written", "given_on": today(), "by": team}
    for alt in ("Den første", "Den andre"):
        showcase.put_picture(picture(), alt=alt, people="some", by=team)
        Consent.record_yes(showcase.picture, **words)

    with years_from_now(1.1):
        keeping.keep_times()

    assert [consent.file for consent in Consent.objects.all()] == [showcase.picture]
