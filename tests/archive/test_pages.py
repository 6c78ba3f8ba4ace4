"""Bringing in an earlier round on the pages."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from oppdrift.archive.models import Batch
from oppdrift.archive.steps import steps_for
from oppdrift.history.models import Event, File
from oppdrift.ideas.models import Decision, Idea
from oppdrift.rounds.models import Round
from tests.factories import make_person

pytestmark = pytest.mark.django_db
LINES = "Virksomhet;Prosjekt;Beløp\nSkolen;Uterom;100 000\nBarnehagen;Sansehage;50 000\n"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def runner(client):
    person = make_person(runs_programme=True, language="en")
    client.force_login(person)
    return person


def test_those_who_run_the_programme_find_it_among_the_rounds_and_in_their_menu(client, runner):
    page = client.get(reverse("rounds:rounds")).content.decode()

    link = f'href="{reverse("archive:imports")}"'
    menu, main = page.split("<main", 1)
    assert f'<a class="menu-row" {link}>Bring in earlier rounds</a>' in menu
    assert f'data-variant="secondary" {link}>Bring in an earlier round</a>' in main


def test_others_find_it_nowhere(client):
    client.force_login(make_person())

    assert reverse("archive:imports") not in client.get(reverse("rounds:rounds")).content.decode()


def upload(client, content: bytes | str = LINES, name: str = "runde.csv", **fields):
    content = content.encode() if isinstance(content, str) else content
    given = {"name": "Oppdrift 2017", "year": 2017, "upload": SimpleUploadedFile(name, content), **fields}
    return client.post(reverse("archive:begin"), given)


def read(client, content: bytes | str = LINES, **fields) -> Batch:
    upload(client, content, **fields)
    return Batch.objects.first()


def page(client, batch: Batch) -> str:
    return client.get(batch.get_absolute_url()).content.decode().replace("\u00a0", " ")


def post(client, name: str, batch: Batch, **fields):
    return client.post(reverse(f"archive:{name}", args=[batch.pk]), fields)


def test_a_file_is_read_shown_with_totals_and_brought_in_when_confirmed(client, runner):
    batch = read(client, total="175 000")

    shown = page(client, batch)
    assert "2 rows are ready for Oppdrift 2017<" in shown
    assert "Sansehage" in shown
    assert "150 000 kr" in shown
    assert "The total you gave, 25 000 kr more than the rows" in shown
    assert not Idea.objects.exists()

    post(client, "confirm", batch)

    assert "is brought in" in page(client, batch)
    assert set(Decision.objects.values_list("amount", flat=True)) == {100_000, 50_000}
    idea = Idea.objects.get(title="Uterom")
    assert idea.get_absolute_url() in page(client, batch)
    for address in (idea.get_absolute_url(), Round.objects.get().get_absolute_url()):
        assert client.get(address).status_code == 200
    assert client.get(reverse("rounds:call", args=[Round.objects.get().pk])).status_code == 200


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "runde.csv", "is a picture"),
        (LINES, "runde.pdf", "its contents are .txt"),
        ("", "runde.csv", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_and_not_kept(client, runner, content, name, words):
    answer = upload(client, content, name)

    assert words in answer.content.decode()
    assert not Batch.objects.exists()
    assert not File.objects.exists()


def test_a_year_to_come_is_refused(client, runner):
    assert "less than or equal" in upload(client, year=3000).content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_file_is_kept_as_it_came(client, runner, encoding):
    batch = read(client, LINES.encode(encoding))

    assert batch.source.content.read() == LINES.encode(encoding)
    assert client.get(batch.source.get_absolute_url()).status_code == 200


def test_a_bad_row_is_named_and_nothing_can_be_confirmed(client, runner):
    batch = read(client, "Virksomhet;Prosjekt;Beløp\nSkolen;Uterom;mange\n")

    shown = page(client, batch)
    assert "Row 2, column C: «mange» is no amount in kroner." in shown
    assert reverse("archive:confirm", args=[batch.pk]) not in shown
    assert post(client, "confirm", batch).status_code == 409
    assert not Idea.objects.exists()


def test_near_matches_are_answered_on_the_page(client, runner):
    post(client, "confirm", read(client))
    batch = read(client, "Virksomhet;Prosjekt;Beløp\nUngdomsskolen;Uterom;100 000\n")

    assert "is it «Uterom» (Skolen)?" in page(client, batch)
    assert post(client, "confirm", batch).status_code == 409
    post(client, "answer", batch, row_2="other")
    post(client, "confirm", batch)

    assert Idea.objects.filter(title="Uterom").count() == 2


def test_another_sheet_of_the_workbook_can_be_read_instead(client, runner):
    book = Workbook()
    book.active.title = "Søkt"
    for sheet, title in ((book.active, "Gammelt"), (book.create_sheet("Tildelt"), "Nytt")):
        sheet.append(["Virksomhet", "Prosjekt", "Beløp"])
        sheet.append(["Skolen", title, 1_000])
    content = io.BytesIO()
    book.save(content)
    upload(client, content.getvalue(), "runde.xlsx")
    batch = Batch.objects.get()
    assert "Gammelt" in page(client, batch)

    post(client, "sheet", batch, sheet="Tildelt")

    assert "Nytt" in page(client, batch)
    assert "Gammelt" not in page(client, batch)
    post(client, "sheet", batch, sheet="Finnes ikke")
    assert "no visible sheet called Finnes ikke" in page(client, batch)


def test_a_file_can_be_dropped_and_its_source_goes_too(client, runner):
    batch = read(client)
    assert [step.url for step in steps_for(runner)] == [batch.get_absolute_url()]

    post(client, "drop", batch)

    assert not Batch.objects.exists()
    assert not File.objects.exists()
    assert steps_for(runner) == []


def test_what_was_brought_in_is_taken_back(client, runner):
    batch = read(client)
    post(client, "confirm", batch)
    assert (
        "2 ideas go, with their decisions."
        in client.get(reverse("archive:take_back", args=[batch.pk])).content.decode()
    )

    post(client, "take_back", batch)

    assert not Idea.objects.exists()
    assert "was taken back" in page(client, batch)
    assert post(client, "take_back", batch).status_code == 409


def test_confirmed_twice_by_two_people_is_brought_in_once(client, runner):
    batch = read(client)
    post(client, "confirm", batch)

    assert post(client, "confirm", batch).status_code == 409
    assert post(client, "drop", batch).status_code == 409
    assert Idea.objects.count() == 2


def test_only_those_who_run_the_programme_bring_in_rounds(client, runner):
    batch = read(client)
    colleague = make_person(language="en")
    client.force_login(colleague)

    assert client.get(reverse("archive:imports")).status_code == 403
    assert client.get(reverse("archive:begin")).status_code == 403
    assert upload(client).status_code == 403
    assert client.get(batch.get_absolute_url()).status_code == 404
    for name in ("answer", "sheet", "confirm", "drop", "take_back"):
        assert post(client, name, batch).status_code == 404
    client.logout()
    assert client.get(batch.get_absolute_url()).status_code == 302


def test_looking_changes_nothing(client, runner):
    batch = read(client)

    for name in ("answer", "sheet", "confirm", "drop"):
        assert client.get(reverse(f"archive:{name}", args=[batch.pk])).status_code == 405
    assert Batch.objects.get().state == "read"


def test_pages_take_the_same_number_of_statements_whatever_the_number_of_rows(
    client, runner, django_assert_max_num_queries
):
    few = read(client, "Virksomhet;Prosjekt;Beløp\nSkolen;Uterom;100 000\n")
    many = read(
        client,
        "Virksomhet;Prosjekt;Beløp\n" + "".join(f"Sted {n};Prosjekt nummer {n * 7919};1000\n" for n in range(40)),
    )
    counts = []
    for address in (few.get_absolute_url(), many.get_absolute_url()):
        with django_assert_max_num_queries(16) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_the_list_takes_the_same_number_of_statements_for_one_file_and_three(
    client, runner, django_assert_max_num_queries
):
    counts = []
    for _time in range(2):
        read(client)
        with django_assert_max_num_queries(10) as captured:
            client.get(reverse("archive:imports"))
        counts.append(len(captured))
        read(client)

    assert counts[0] == counts[1]


# Columns chosen by hand

ODD = "Hvem;Hva;Penger;Merknad\nMoen skole;Varmt bord;500 000;Fin\nFjordvik bibliotek;Lesestund;300 000;\n"


@pytest.fixture
def lead():
    return make_person(runs_programme=True)


def odd_file(name: str = "rart.csv", text: str = ODD):
    return SimpleUploadedFile(name, text.encode())


def begin_with(client, upload, **fields):
    form = {"upload": upload, "name": "Runde", "year": "2016"} | fields
    return client.post(reverse("archive:begin"), form)


def test_a_file_whose_headers_say_nothing_is_kept_and_its_columns_chosen(client, lead):
    client.force_login(lead)

    answer = begin_with(client, odd_file())
    batch = Batch.objects.get()
    shown = client.get(answer["Location"], follow=True)
    page = shown.content.decode()
    refused = client.post(reverse("archive:confirm", args=[batch.pk]))

    assert shown.redirect_chain[-1][0] == reverse("archive:columns", args=[batch.pk])
    assert "A «Hvem», for eksempel Moen skole" in page
    assert refused.status_code == 409

    client.post(reverse("archive:columns", args=[batch.pk]), {"begins": "1", "unit": "0", "title": "1", "amount": "2"})

    batch.refresh_from_db()
    assert [(row["unit"], row["title"], row["amount"]) for row in batch.rows] == [
        ("Moen skole", "Varmt bord", 500_000),
        ("Fjordvik bibliotek", "Lesestund", 300_000),
    ]
    assert Event.objects.filter(verb="import.columns_chosen", by=lead).count() == 1


def test_the_same_headers_are_read_the_same_way_next_time(client, lead):
    client.force_login(lead)
    begin_with(client, odd_file())
    batch = Batch.objects.get()
    client.post(reverse("archive:columns", args=[batch.pk]), {"begins": "1", "unit": "0", "title": "1", "amount": "2"})

    text = "Oversikt\n" + ODD.replace("Hvem", "HVEM").replace("Varmt bord", "Noe nytt")
    begin_with(client, odd_file("neste.csv", text), name="Neste", year="2017")

    later = Batch.objects.get(name="Neste")
    assert [row["title"] for row in later.rows] == ["Noe nytt", "Lesestund"]


def test_a_wrong_guess_is_put_right(client, lead):
    client.force_login(lead)
    text = "Virksomhet;Prosjekt;Beløp;Navn på idéen\nMoen skole;P1;500 000;Varmt bord\n"
    begin_with(client, odd_file(text=text))
    batch = Batch.objects.get()
    address = reverse("archive:columns", args=[batch.pk])
    page = client.get(address).content.decode()

    client.post(address, {"begins": "1", "unit": "0", "title": "3", "amount": "2"})

    assert '<option value="1" selected>B «Prosjekt»' in page
    batch.refresh_from_db()
    assert batch.rows[0]["title"] == "Varmt bord"


def test_what_the_file_does_not_say_stays_unknown(client, lead):
    client.force_login(lead)
    begin_with(client, odd_file(text="Hvem;Hva\nMoen skole;Varmt bord\n"))
    batch = Batch.objects.get()

    client.post(reverse("archive:columns", args=[batch.pk]), {"begins": "1", "unit": "0", "title": "1"})

    batch.refresh_from_db()
    assert batch.rows[0]["amount"] is None
    assert not batch.rows[0]["problems"]


@pytest.mark.parametrize(
    "chosen",
    [
        {"begins": "1", "unit": "0"},  # no title
        {"begins": "1", "unit": "0", "title": "0"},  # twice the same
        {"begins": "1", "unit": "0", "title": "99"},  # no such column
        {"begins": "77", "unit": "0", "title": "1"},  # no such row
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(client, lead, chosen):
    client.force_login(lead)
    begin_with(client, odd_file())
    batch = Batch.objects.get()

    answer = client.post(reverse("archive:columns", args=[batch.pk]), chosen)

    assert answer.status_code == 422
    batch.refresh_from_db()
    assert batch.is_unread


def test_two_columns_that_may_both_be_the_grant_are_chosen_between(client, lead):
    client.force_login(lead)
    text = "Virksomhet;Prosjekt;Tildelt;Innvilget\nMoen skole;Varmt bord;500 000;400 000\n"

    answer = begin_with(client, odd_file(text=text))
    page = client.get(answer["Location"], follow=True).content.decode()

    assert "Tildelt" in page
    assert Batch.objects.get().is_unread
