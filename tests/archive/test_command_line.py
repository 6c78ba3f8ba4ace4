"""Imports and backups as somebody types them."""

import pytest
from django.utils import translation

from oppdrift.cli import main
from oppdrift.ideas.models import Idea
from tests.archive.test_importing import EXAMPLE


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def typed(capsys, *words: str) -> tuple[int, str]:
    """Exit code, and all that was said."""
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, (said.out + said.err).replace("\u00a0", " ")


@pytest.mark.django_db
def test_a_round_is_brought_in_with_its_total_beside(capsys):
    code, said = typed(
        capsys, "import-round", EXAMPLE, "--name", "Før", "--year", "2017", "--total", "2 175 000", "--yes"
    )

    assert code == 0
    assert "The total you gave: 2 175 000 kr. The rows come to 30 000 kr less." in said
    assert Idea.objects.count() == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "The file is a picture"),
        ("Virksomhet;Prosjekt;Beløp\nA;B;mange\n".encode(), "row 2, column C: «mange» is no amount in kroner."),
    ],
)
def test_what_cannot_be_brought_in_is_said_without_a_traceback(capsys, tmp_path, content, words):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    code, said = typed(capsys, "import-round", path, "--name", "Før", "--year", "2017", "--yes")

    assert code == 1
    assert words in said
    assert "Traceback" not in said
    assert not Idea.objects.exists()


@pytest.mark.django_db
def test_the_command_line_speaks_english_whatever_the_pages_speak(capsys, tmp_path):
    wrong = tmp_path / "a.csv"
    wrong.write_text("Virksomhet;Prosjekt;Beløp\nA;B;mange\n")
    with translation.override("nb"):
        _code, refused = typed(capsys, "import-round", wrong, "--name", "Før", "--year", "2017", "--yes")
        code, done = typed(capsys, "import-round", EXAMPLE, "--name", "Før", "--year", "2017", "--total", "1", "--yes")
        _code, again = typed(capsys, "import-round", EXAMPLE, "--name", "Før", "--year", "2017", "--yes")

    assert "is no amount in kroner" in refused
    assert code == 0
    assert "The total you gave" in done
    assert "Everything in the file is known already." in again
    for norwegian in ("rad ", "rader", "kolonne", "kjent", "fila", "filen", "runde"):
        assert norwegian not in (refused + done + again).lower()


@pytest.mark.django_db(transaction=True)
@pytest.mark.db_rules
def test_a_backup_is_made_refused_over_data_and_forced(capsys, tmp_path):
    typed(capsys, "import-round", EXAMPLE, "--name", "Før", "--year", "2017", "--yes")
    path = tmp_path / "a.zip"

    assert typed(capsys, "backup", path)[0] == 0
    Idea.objects.update(title="Endret")
    code, said = typed(capsys, "restore", path)
    assert code == 1
    assert "There is data here already" in said
    assert typed(capsys, "restore", path, "--force")[0] == 0
    assert not Idea.objects.filter(title="Endret").exists()

    path.write_bytes(b"hei")
    assert "is no backup" in typed(capsys, "restore", path, "--force")[1]
