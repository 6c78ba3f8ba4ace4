"""What the documents promise about commands is what the commands do."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_commands_in_the_readme_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"\./dev (\w+)", readme))

    known = set(re.findall(r"^\./dev (\w+)", (ROOT / "dev").read_text(encoding="utf-8"), re.MULTILINE))

    assert {"demo", "test"} <= commands <= known


def test_the_build_server_runs_the_check_and_the_check_runs_the_tests_of_the_readme():
    build = (ROOT / ".ci/run").read_text(encoding="utf-8")
    check = re.search(r"^check\(\) \{.*?^\}", (ROOT / "dev").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[0]

    assert re.search(r"^\./dev check$", build, re.MULTILINE)
    assert re.search(r"^export REQUIRE_BROWSER=1$", build, re.MULTILINE)
    assert re.search(r"^\s+\./dev test$", check, re.MULTILINE)


def test_the_licence_is_the_whole_eupl():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [f"\n{number}." in licence for number in range(1, 16)] == [True] * 15
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
