"""An earlier round is brought in from a spreadsheet: shown first, confirmed, repeated, taken back."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from oppdrift.archive import bringing_in
from oppdrift.archive.importing import import_round
from oppdrift.archive.models import Batch, BroughtIn
from oppdrift.history.models import Event, File
from oppdrift.ideas.models import Decision, Idea
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.tables.reading import CannotRead
from tests.factories import make_idea, make_person, make_round, make_unit

EXAMPLE = Path(__file__).parents[1] / "data" / "earlier-round.csv"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def read(*lines: str, year: int = 2017, **options) -> Batch:
    """What is read of a file with these lines below the usual headers."""
    content = "\n".join(["Virksomhet;Prosjekt;Beløp", *lines]).encode()
    return Batch.of(io.BytesIO(content), "runde.csv", name="Oppdrift 2017", year=year, **options)


def bring_in(*lines: str, by=None, answers: dict[int, str] | None = None, **options) -> Batch:
    batch = read(*lines, **options)
    batch.keep(SimpleUploadedFile("runde.csv", b"Virksomhet;Prosjekt"), by=by)
    batch.answer(answers or {}, by=by)
    batch.confirm(by=by)
    return batch


def statuses(batch: Batch) -> list[str]:
    return [row.status for row in batch.plan().rows]


def problems(*lines: str) -> list[str]:
    return [f"{row.row}{column} {words}" for row in read(*lines).plan().rows for column, words in row.problems]


# The example of the command line


def test_the_example_is_shown_with_its_totals_and_changes_nothing_until_confirmed(capsys):
    import_round(EXAMPLE, "Oppdrift 2017", 2017, total=2_175_000)

    shown = capsys.readouterr().out.replace("\u00a0", " ")
    assert "10 rows, 2 145 000 kr granted." in shown
    assert "The total you gave: 2 175 000 kr. The rows come to 30 000 kr less." in shown
    assert "Nothing was changed." in shown
    assert not Round.objects.exists()
    assert not Batch.objects.exists()


def test_confirmed_it_becomes_a_closed_round_with_ideas_and_decisions():
    known = make_unit("Kulturskolen")
    lead = make_person(runs_programme=True)

    import_round(EXAMPLE, "Oppdrift 2017", 2017, confirm=True)

    made = Round.objects.get()
    assert (made.name, made.year, made.state, made.budget, made.deadline) == (
        "Oppdrift 2017",
        2017,
        "closed",
        None,
        None,
    )
    assert made.lead_in_charge() == lead
    assert Idea.objects.filter(round=made, source="imported", shared=True).count() == 10
    idea = Idea.objects.get(title="Open stage")
    assert (idea.unit, idea.unit_name) == (known, "Kulturskolen")
    gone = Idea.objects.get(title="Øvingsrommet")
    assert (gone.unit, gone.unit_name) == (None, "Sjøsiden ungdomshus")
    decision = idea.decisions.get()
    assert (decision.stage, decision.outcome, decision.amount) == ("final", "admitted", 250_000)
    assert decision.released_at
    assert "earlier-round.csv" in decision.reason
    assert Event.objects.get(verb="import.confirmed").data == {"new": 10, "changed": 0, "same": 0, "double": 0}
    assert File.objects.of(Batch.objects.get()).count() == 1


@pytest.mark.db_rules
def test_a_repeat_doubles_nothing(capsys):
    for _time in range(2):
        import_round(EXAMPLE, "Oppdrift 2017", 2017, confirm=True)

    assert (Round.objects.count(), Idea.objects.count(), Decision.objects.count()) == (1, 10, 10)
    assert "known already" in capsys.readouterr().out


def test_a_person_at_the_keyboard_is_asked(monkeypatch, capsys):
    class Keyboard(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Keyboard("nei\n"))
    assert import_round(EXAMPLE, "Oppdrift 2017", 2017) is None
    monkeypatch.setattr("sys.stdin", Keyboard("ja\n"))
    assert import_round(EXAMPLE, "Oppdrift 2017", 2017) is not None


@pytest.mark.parametrize("year", [1989, 3000])
def test_a_year_that_is_no_earlier_one(year):
    with pytest.raises(ValueError, match="from 1990 to now"):
        import_round(EXAMPLE, "Oppdrift", year)


# What is read


def test_amounts_as_offices_write_them():
    batch = read(
        "A;1;500 000", "A;2;kr 500 000,-", "A;3;500.000", "A;4;0,3 mill", "A;5;", "A;6;ukjent", "A;7;300 000 kr"
    )

    assert [row["amount"] for row in batch.rows] == [500_000, 500_000, 500_000, 300_000, None, None, 300_000]
    assert batch.plan().unknown_amounts == 2


def test_each_bad_cell_is_named_by_row_column_and_reason():
    found = problems(
        "A;God;100 000", ";Uten sted;1", "B;;2", "C;Rar;mange", "D;Gjeld;-5", f"E;{'x' * 151};1", "a;GOD;7"
    )

    assert found == [
        "3A The unit is missing. Write it, or «ukjent» if nobody knows.",
        "4B The title is missing.",
        "5C «mange» is no amount in kroner.",
        "6C The amount is negative: -5.",
        "7B The title has more than 150 signs.",
        "8 Unit and title are the same as in row 2.",
    ]


def test_one_bad_row_and_nothing_is_brought_in(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Virksomhet;Prosjekt;Beløp\nA;God;100 000\nB;Rar;mange\n")

    with pytest.raises(NotNow, match="1 row cannot be read, so nothing is brought in"):
        import_round(path, "Oppdrift 2017", 2017, confirm=True)

    assert not Idea.objects.exists()
    assert not Round.objects.exists()


def test_a_total_at_the_end_is_no_project_and_stands_beside_the_sum():
    batch = read("A;Ett;100 000", "B;To;50 000", "Sum;;175 000", "Kilde: regnskapet")

    plan = batch.plan()

    assert [row.entry["title"] for row in plan.rows] == ["Ett", "To"]
    assert plan.differences == [("file", 175_000, -25_000)]
    assert batch.columns["left_out"] == [[5, "Kilde: regnskapet"]]


def test_rows_of_other_years_are_left_out_and_counted():
    content = b"Year,Unit,Title,Amount\n2016,A,Old,1000\n2017,A,New,2000\n2016,B,Older,3000\n"

    batch = Batch.of(io.BytesIO(content), "all.csv", name="Round", year=2017)

    assert [row["title"] for row in batch.rows] == ["New"]
    assert batch.columns["other_years"] == {"2016": 2}


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("tjenestested;prosjekt;beløp", "unit A, title B, amount C"),
        ("Nr;Tiltak;Verksemd;Søkt beløp;Tildelt beløp", "title B, unit C, applied D, amount E"),
        ("Title;Contact person;Unit;Amount applied for;Amount granted;Outcome;Description",
         "title A, contact B, unit C, applied D, amount E, outcome F, description G"),
        ("Prosjektleder;Prosjektets tittel;Navn på virksomhet;Sum", "contact A, title B, unit C, amount D"),
        ("Tildelt 2016;Tildelt 2017;Enhet;Prosjekt", "amount B, unit C, title D"),
    ],
)  # fmt: skip
def test_headers_are_recognised(headers, fields):
    batch = Batch.of(io.BytesIO(f"{headers}\n;;;;;;\n{';'.join(['1'] * 7)}".encode()), "a.csv", name="R", year=2017)

    found = sorted(batch.columns["fields"].items(), key=lambda item: item[1])
    assert ", ".join(f"{name} {letter}" for name, letter in found) == fields


def test_headers_below_a_title_and_in_two_rows():
    content = "Innovasjonsmidler 2017;;;\n\nVirksomhet;Prosjekt;Beløp;\n;;søkt;tildelt\nA;Uterom;300 000;250 000\n"

    batch = Batch.of(io.BytesIO(content.encode("cp1252")), "a.csv", name="R", year=2017)

    assert batch.columns["fields"] == {"unit": "A", "title": "B", "applied": "C", "amount": "D"}
    assert (batch.rows[0]["applied"], batch.rows[0]["amount"]) == (300_000, 250_000)


def test_a_header_that_counts_in_thousands():
    content = "Enhet;Prosjekt;Tildelt (i 1000 kr)\nA;Ett;250\nA;To;1.500\nA;Tre;0,3 mill\nA;Fire;12,5\n"

    batch = Batch.of(io.BytesIO(content.encode()), "a.csv", name="R", year=2017)

    assert [row["amount"] for row in batch.rows] == [250_000, 1_500_000, 300_000, 12_500]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Farge;Form\nrød;rund\n", "No column for unit, title, granted was found.*«Farge», «Form»"),
        ("Enhet;Prosjekt;Tildelt vår;Tildelt høst\nA;B;1 000;2 000\n", "Both C «Tildelt vår» and D «Tildelt høst»"),
        ("Enhet;Prosjekt;Beløp\n", "no rows of 2017"),
        ("Enhet;Prosjekt;Beløp\n" + "A;B;1\n" * 1_001, "more than 1000 rows"),
    ],
)
def test_a_file_that_cannot_be_understood(content, words):
    with pytest.raises(CannotRead, match=words):
        Batch.of(io.BytesIO(content.encode()), "a.csv", name="R", year=2017)


def test_outcomes_in_words():
    content = (
        "Enhet;Prosjekt;Beløp;Resultat\nA;Ett;100 000;Tildelt\nA;To;;Avslag\nA;Tre;0;Kun veiledning\n"
        "A;Fire;;\nA;Fem;;Trukket\nA;Seks;50 000;Reserve\n"
    )
    batch = Batch.of(io.BytesIO(content.encode()), "a.csv", name="R", year=2017)
    batch.keep(SimpleUploadedFile("a.csv", b"x"), by=None)

    batch.confirm(by=None)

    decided = dict(Decision.objects.values_list("idea__title", "outcome"))
    assert decided == {"Ett": "admitted", "To": "declined", "Tre": "guidance_only", "Seks": "reserve"}
    assert Idea.objects.get(title="Fem").withdrawn_at
    assert Idea.objects.get(title="Fire").withdrawn_at is None


def test_a_column_of_yes_and_no_is_an_outcome_and_the_amount_unknown():
    content = "Enhet;Prosjekt;Innvilget\nA;Ett;Ja\nA;To;Nei\n"

    batch = Batch.of(io.BytesIO(content.encode()), "a.csv", name="R", year=2017)

    assert [(row["outcome"], row["amount"]) for row in batch.rows] == [("admitted", None), ("declined", None)]


def test_a_workbook_as_offices_keep_it():
    book = Workbook()
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("2017")
    for row in (
        ["Innovasjonsmidler 2017"],
        ["Tjenesteområde", "Virksomhet", "Prosjekt", "Beløp", None, "Merknad"],
        [None, None, None, "omsøkt", "innvilget", None],
        ["Oppvekst", "Barnehagene", "Uterom", 300_000, 250_000, "ferdig"],
        [None, None, "Inneklima", "0,2 mill", "kr 90 000,-", None],
        [None, "Skolene", "Kantine", None, "=40000+10000", None],
        [None, None, "Sum", 500_000, 390_000, None],
        [],
    ):
        sheet.append(row)
    for cells in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "A4:A6", "B4:B5"):
        sheet.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)

    batch = Batch.of(content, "midler.xlsx", name="R", year=2017)

    assert batch.columns["fields"] == {"unit": "B", "title": "C", "applied": "D", "amount": "E"}
    found = [(row["row"], row["unit"], row["title"], row["applied"], row["amount"]) for row in batch.rows]
    assert found == [
        (4, "Barnehagene", "Uterom", 300_000, 250_000),
        (5, "Barnehagene", "Inneklima", 200_000, 90_000),
        (6, "Skolene", "Kantine", None, None),
    ]
    assert [row.problems for row in batch.plan().bad] == [
        [("E", "The formula has no value. Open the file, let it calculate, and save it.")]
    ]
    assert batch.columns["total"] == {"row": 7, "amount": 390_000}


def test_a_round_that_appears_at_the_same_moment_is_not_doubled(monkeypatch):
    batch = read("Skolen;Uterom;100 000")
    batch.keep(SimpleUploadedFile("runde.csv", b"Virksomhet;Prosjekt"), by=None)

    def after_somebody_else(batch, by):
        bringing_in.make_round(batch, by)
        return bringing_in.make_round(batch, by)

    monkeypatch.setattr("oppdrift.archive.models.batch.make_round", after_somebody_else)

    with pytest.raises(NotNow, match="just now"):
        batch.confirm(by=None)
    assert not Round.objects.exists()


# Once more, with other words or amounts


def test_a_changed_amount_replaces_the_decision():
    bring_in("Skolen;Uterom;100 000", "Skolen;Kantine;50 000")

    again = bring_in("SKOLEN;uterom;120 000", "Skolen;Kantine;50 000")

    assert (Idea.objects.count(), BroughtIn.objects.count()) == (2, 2)
    last = Decision.objects.in_force().get(idea__title="Uterom")
    assert (last.amount, last.replaces.amount) == (120_000, 100_000)
    assert Event.objects.filter(verb="import.confirmed").first().data["changed"] == 1
    assert [entry["became"]["made"] for entry in again.rows] == [False, False]


@pytest.mark.parametrize("line", ["Ungdomshuset;Øvingsrommet;1", "Kulturskolen;Øvingsromet;1"])
def test_a_near_match_is_asked_about(line):
    bring_in("Kulturskolen;Øvingsrommet;1")
    near = read(line)

    assert statuses(near) == ["near"]
    assert near.plan().rows[0].like == ("Øvingsrommet", "Kulturskolen")
    with pytest.raises(NotNow, match="known already, or other ones: 2"):
        near.confirm(by=None)


def test_the_same_by_another_name_is_asked_about_once():
    bring_in("Kulturskolen;Øvingsrommet;1000")

    bring_in("Ungdomshuset;Øvingsrommet;1000", answers={2: "same"})

    assert Idea.objects.count() == 1
    assert statuses(read("Ungdomshuset;Øvingsrommet;1000", "Kulturskolen;Øvingsrommet;1000")) == ["same", "double"]


def test_another_of_the_same_name_is_another_idea():
    bring_in("Kulturskolen;Øvingsrommet;1000")

    bring_in("Ungdomshuset;Øvingsrommet;2000", answers={2: "other"})

    assert Idea.objects.count() == 2
    assert statuses(read("Ungdomshuset;Øvingsrommet;2000", "Kulturskolen;Øvingsrommet;1000")) == ["same", "same"]


def test_two_rows_of_one_file_that_look_alike_are_asked_about():
    batch = read("Skolen;Uteskole ved sjøen;1000", "Barnehagen;Uteskole ved sjøen;1000")

    assert statuses(batch) == ["new", "near"]
    batch.answer({3: "same"}, by=None)
    assert (statuses(batch), batch.plan().total) == (["new", "double"], 1000)


def test_the_command_line_takes_answers_by_row(tmp_path):
    bring_in("Kulturskolen;Øvingsrommet;1000")
    path = tmp_path / "b.csv"
    path.write_text("Virksomhet;Prosjekt;Beløp\nUngdomshuset;Øvingsrommet;1000\n")

    with pytest.raises(NotNow, match="--same ROW or --other ROW"):
        import_round(path, "Oppdrift 2017", 2017, confirm=True)
    import_round(path, "Oppdrift 2017", 2017, confirm=True, other=[2])

    assert Idea.objects.count() == 2


def test_a_round_that_is_run_here_is_not_filled_from_a_file():
    running = make_round(name="Oppdrift 2017", year=2017)
    make_idea(round=running)

    with pytest.raises(NotNow, match="is run here"):
        bring_in("Skolen;Uterom;100 000")


# Taking back


@pytest.mark.db_rules
def test_an_import_is_taken_back_with_everything_it_made():
    person = make_person(runs_programme=True)
    batch = bring_in("Skolen;Uterom;100 000", by=person)

    batch.take_back(by=person)

    assert not Idea.objects.exists()
    assert not Decision.objects.exists()
    assert not Round.objects.exists()
    assert not Role.objects.exists()
    assert batch.state == "taken_back"
    with pytest.raises(NotNow, match="taken back already"):
        batch.take_back(by=person)
    assert statuses(read("Skolen;Uterom;100 000")) == ["new"]


def test_what_a_later_file_changed_goes_back_to_what_it_was():
    person = make_person()
    first = bring_in("Skolen;Uterom;100 000")
    second = bring_in("Skolen;Uterom;120 000", "Skolen;Kantine;5 000")

    with pytest.raises(NotNow, match="replaced since"):
        first.take_back(by=person)
    second.take_back(by=person)

    assert Decision.objects.in_force().get().amount == 100_000
    assert Round.objects.exists()
    first.take_back(by=person)
    assert not Round.objects.exists()


def test_an_import_stays_when_somebody_has_built_on_it():
    person = make_person()
    batch = bring_in("Skolen;Uterom;100 000")
    Idea.objects.get().parts.create(person=person, kind="team")

    with pytest.raises(NotNow, match="gone on working"):
        batch.take_back(by=person)


def test_a_file_kept_with_an_idea_counts_as_building_on_it():
    person = make_person()
    batch = bring_in("Skolen;Uterom;100 000")
    File.keep(SimpleUploadedFile("rapport.txt", b"Slik gikk det"), Idea.objects.get(), by=person)

    with pytest.raises(NotNow, match="gone on working"):
        batch.take_back(by=person)


def test_the_plan_takes_the_same_number_of_statements_for_one_row_and_three(django_assert_num_queries):
    bring_in("Skolen;Uterom;100 000", "Skolen;Kantine;5 000", "Skolen;Bibliotek;7 000")

    for lines in (["Skolen;Uterom;100 000"], ["Skolen;Uterom;1", "Skolen;Kantine;2", "Skolen;Gymsal;3"]):
        batch = read(*lines)
        with django_assert_num_queries(6):
            assert batch.plan().rows
