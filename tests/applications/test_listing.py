"""The lead's list, and the files that show exactly what it shows."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from oppdrift.applications.models import Endorsement
from oppdrift.toolbox.tables.out import csv_lines
from tests.factories import disqualify, give_role, make_application, make_person, make_round, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_person("Randi Lie")


@pytest.fixture
def spring(lead):
    return make_round(lead=lead, name="Våren")


def listed(client, lead, spring, **query):
    client.force_login(lead)
    return client.get(reverse("applications:list", args=[spring.pk]), query)


def exported(client, lead, spring, kind, **query):
    client.force_login(lead)
    answer = client.get(reverse("applications:export", args=[spring.pk, kind]), query)
    return b"".join(answer) if answer.streaming else answer.content


def titles(answer) -> list[str]:
    return [each["title"] for each in answer.context["rows"]]


@pytest.mark.db_rules
def test_titles_are_sorted_as_norwegians_do(client, lead, spring):
    for title in ["Ærlig", "Zebra", "Åpen", "apen", "Østover"]:
        make_application(round=spring, title=title)

    assert titles(listed(client, lead, spring, sort="title")) == ["apen", "Zebra", "Ærlig", "Østover", "Åpen"]


@pytest.mark.db_rules
def test_the_largest_amount_comes_first_and_drafts_last(client, lead, spring):
    make_application(round=spring, title="Utkast")
    make_application(round=spring, title="Liten", submitted=True, amount=90_000)
    make_application(round=spring, title="Stor", submitted=True, amount=500_000)

    assert titles(listed(client, lead, spring, sort="amount")) == ["Stor", "Liten", "Utkast"]


@pytest.mark.db_rules
def test_search_finds_words_in_any_case_and_numbers(client, lead, spring):
    make_application(round=spring, title="ÆRLIG tale", submitted=True)
    make_application(round=spring, title="Noe annet", submitted=True)

    assert titles(listed(client, lead, spring, q="ærlig")) == ["ÆRLIG tale"]
    assert titles(listed(client, lead, spring, q="2")) == ["Noe annet"]
    assert titles(listed(client, lead, spring, q="finnes ikke")) == []


def test_units_and_statuses_are_chosen(client, lead, spring):
    lia, plan = make_unit("Lia skole"), make_unit("Plan og bygg")
    make_application(round=spring, title="En", unit=lia, submitted=True)
    make_application(round=spring, title="To", unit=lia)
    make_application(round=spring, title="Tre", unit=plan)

    assert titles(listed(client, lead, spring, unit="Lia skole", status="draft")) == ["To"]


def test_totals_are_of_what_is_handed_in(client, lead, spring):
    make_application(round=spring, submitted=True, amount=300_000)
    make_application(round=spring, submitted=True, amount=200_000)
    make_application(round=spring)

    totals = listed(client, lead, spring).context["listing"].totals

    assert totals == {"round": spring.pk, "all": 3, "handed_in": 2, "drafts": 1, "amount": 500_000}


def test_a_disqualified_lead_sees_that_something_is_hidden_and_nothing_of_it(client, lead, spring):
    make_application(round=spring, title="Synlig", submitted=True, amount=100_000)
    barred = make_application(
        round=spring, title="Hemmelig", submitted=True, amount=450_000, unit=make_unit("Ukjent virksomhet")
    )
    disqualify(barred.idea, lead)

    page = listed(client, lead, spring)
    everything = page.content.decode() + exported(client, lead, spring, "csv").decode()

    assert titles(page) == ["Synlig"]
    assert "Skjult: habilitet" in page.content.decode()
    for secret in ["Hemmelig", "Ukjent virksomhet", "450", "550"]:
        assert secret not in everything
    assert "Skjult: habilitet" not in listed(client, lead, spring, q="Hemmelig").content.decode()


def test_the_substitute_sees_only_what_the_lead_is_barred_from(client, lead, spring):
    substitute = make_person()
    give_role(spring, substitute, "substitute")
    make_application(round=spring, title="Leders", submitted=True)
    barred = make_application(round=spring, title="Settelederens", submitted=True)
    disqualify(barred.idea, lead)

    assert titles(listed(client, substitute, spring)) == ["Settelederens"]


def test_the_files_hold_what_the_list_shows_and_no_more(client, lead, spring):
    done = make_application(round=spring, title="Nattro", submitted=True, amount=310_000, unit=make_unit("Solbakken"))
    Endorsement.ask(done, name="Lars", address="lars@fjordvik.example", by=done.idea.created_by).give_answer("supports")
    make_application(round=spring, title="Et utkast")

    text = exported(client, lead, spring, "csv", status="submitted").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    book = openpyxl.load_workbook(io.BytesIO(exported(client, lead, spring, "xlsx", status="submitted")))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]

    assert len(rows) == len(cells) == 2
    assert rows[1][:3] == ["1", "Nattro", "Solbakken"]
    assert rows[1][4] == "310000"
    assert cells[1][:3] == [1, "Nattro", "Solbakken"]
    assert cells[1][4] == 310_000


def test_what_people_wrote_never_becomes_a_formula(client, lead, spring):
    make_application(round=spring, title='=HYPERLINK("http://x")', submitted=True)

    rows = list(csv.reader(io.StringIO(exported(client, lead, spring, "csv").decode("utf-8-sig")), delimiter=";"))
    book = openpyxl.load_workbook(io.BytesIO(exported(client, lead, spring, "xlsx")))

    assert rows[1][1].startswith("'=")
    assert book.active["B2"].data_type == "s"


def test_a_long_file_comes_in_chunks():
    chunks = list(csv_lines(["n"], ([n] for n in range(450))))

    assert len(chunks) == 3
    assert "".join(chunks).count("\r\n") == 451


def test_an_empty_round_says_what_comes(client, lead, spring):
    page = listed(client, lead, spring).content.decode()

    assert 'class="empty"' in page
    assert "<table" not in page


def test_a_round_one_does_not_run_has_no_list(client, spring):
    stranger = make_person()

    assert listed(client, stranger, spring).status_code == 404
    client.force_login(stranger)
    assert client.get(reverse("applications:export", args=[spring.pk, "csv"])).status_code == 404
