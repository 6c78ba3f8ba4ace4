"""The tool for translations: it finds every kind of text, and lets nothing half-translated through."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

CODE = """
_("Plain")
pgettext("an assessor's points", "Score")
ngettext("One letter", "%(n)s letters", n)
_("For {name}")
_(f"not found {x}")
"""
PAGE = """
  <p>{% translate "Half of it: 50%" %}</p>
    {% blocktranslate trimmed count n=things|length %}
       One thing
    {% plural %}
       {{ n }} things
    {% endblocktranslate %}
{{ name|default:_("nobody") }} {% include "x" with title=_("Inside") %} it's "open {
"""


@pytest.fixture
def project(tmp_path):
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    templates = tmp_path / "oppdrift/templates/rounds"
    templates.mkdir(parents=True)
    (tmp_path / "oppdrift/rounds.py").write_text(CODE)
    (templates / "round.html").write_text(PAGE)
    return tmp_path


def messages(project: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "tools/messages.py", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60)


def fill(project: Path, language: str, translations: dict) -> subprocess.CompletedProcess:
    file = project / "words.json"
    file.write_text(json.dumps(translations))
    return messages(project, "fill", language, str(file))


def test_texts_of_code_and_templates_are_found(project):
    found = json.loads(messages(project, "missing", "nb").stdout)

    assert found == [
        "Plain",
        "an assessor's points\u0004Score",
        ["One letter", "%(n)s letters"],
        "For {name}",
        "Half of it: 50%%",
        ["One thing", "%(n)s things"],
        "nobody",
        "Inside",
    ]


def test_one_room_can_be_asked_for(project):
    found = json.loads(messages(project, "missing", "nn", "--under", "templates/rounds").stdout)

    assert "Inside" in found
    assert "Plain" not in found


def test_what_is_filled_is_kept_and_no_longer_missing(project):
    fill(project, "nb", {"Plain": "Enkel", "an assessor's points\u0004Score": "Poeng", "One letter": ["Ett", "%(n)s"]})
    messages(project, "extract")

    left = json.loads(messages(project, "missing", "nb").stdout)

    assert "Plain" not in left
    assert "an assessor's points\u0004Score" not in left
    assert ["One letter", "%(n)s letters"] not in left
    assert "Inside" in left


@pytest.mark.parametrize(
    "translation", [{"For {name}": "Til {navn}"}, {"One letter": "Ett brev"}, {"Not in the code": "Ikkje i koden"}]
)
def test_what_does_not_fit_is_refused(project, translation):
    answer = fill(project, "nn", translation)

    assert answer.returncode == 1
    assert next(iter(translation)) in answer.stderr


def test_the_check_fails_until_all_is_translated_and_after_a_new_text(project):
    assert messages(project, "check").returncode == 1
    whole = {
        key[0] if isinstance(key, list) else key: key if isinstance(key, list) else key.rpartition("\u0004")[2]
        for key in json.loads(messages(project, "missing", "nb").stdout)
    }
    for language in ("nb", "nn"):
        fill(project, language, whole)
    assert messages(project, "check").returncode == 0

    (project / "oppdrift/new.py").write_text('_("Brand new")')

    answer = messages(project, "check")
    assert answer.returncode == 1
    assert "'Brand new' is not in the catalogue" in answer.stderr


def test_a_text_that_is_gone_leaves_the_catalogue(project):
    fill(project, "nb", {"Plain": "Enkel"})
    (project / "oppdrift/rounds.py").write_text("")

    messages(project, "extract")

    assert "Enkel" not in (project / "oppdrift/locale/nb/LC_MESSAGES/django.po").read_text()


def test_compiled_translations_are_what_python_reads(project):
    import gettext

    fill(project, "nn", {"Plain": "Enkelt", "One letter": ["Eitt brev", "%(n)s brev"]})

    messages(project, "compile")

    spoken = gettext.translation("django", project / "oppdrift/locale", ["nn"])
    assert spoken.gettext("Plain") == "Enkelt"
    assert spoken.ngettext("One letter", "%(n)s letters", 3) == "%(n)s brev"
    assert spoken.gettext("Inside") == "Inside"


def test_a_text_that_is_counted_in_one_place_and_not_in_another_is_refused(project):
    (project / "oppdrift/ideas.py").write_text('_("One letter")\n')

    answer = messages(project, "extract")

    assert answer.returncode != 0
    assert "is counted elsewhere" in answer.stdout + answer.stderr
