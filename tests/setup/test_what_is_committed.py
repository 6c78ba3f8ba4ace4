"""No lock, script or document names the host of a package registry, and nothing of others is committed."""

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Written in pieces, so that this file does not name them either.
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(pieces))
        for pieces in [
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("yarnpkg", "com"),
            ("deb", "debian", "org"),
            ("archive", "ubuntu", "com"),
            ("jsdelivr", "net"),
            ("unpkg", "com"),
            ("cdnjs", "cloudflare", "com"),
            ("fonts", "googleapis", "com"),
            ("fonts", "gstatic", "com"),
        ]
    )
)
ADDRESS = re.compile(r"https?://[^\s\"']+")
OTHERS = re.compile(r"(^|/)(node_modules|vendor|\.venv|\.uv)/|\.(min\.js|min\.css|woff2?|ttf|otf|whl|gz|br|mo)$")


@pytest.fixture(scope="module")
def committed() -> list[Path]:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if answer.returncode:
        pytest.skip("Not a clone: there is nothing committed to look at.")
    return [ROOT / name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_committed_file_names_the_host_of_a_registry(committed):
    named = [path for path in committed if REGISTRIES.search(path.read_text(encoding="utf-8", errors="ignore"))]

    assert named == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "tools/uv.txt"])
def test_a_python_lock_holds_versions_and_hashes_only(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert ADDRESS.findall(text) == []
    assert not re.search(r"^\s*-|\s@\s|file:", text.replace("    --hash=sha256:", ""), re.MULTILINE)
    pinned = re.findall(r"^[a-z0-9._-]+==", text, re.MULTILINE | re.IGNORECASE)
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", text)) >= len(pinned) > 0


def test_the_lock_of_browser_files_holds_versions_and_hashes_only():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    fetched = [about for name, about in packages.items() if name]
    assert all(about["integrity"].startswith("sha512-") for about in fetched)
    assert not any("resolved" in about for about in fetched)


def test_the_locks_hold_what_the_project_asks_for():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked_for = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")

    names = [re.match(r"[A-Za-z0-9._-]+", wish)[0].lower() for wish in asked_for]
    assert [name for name in names if not re.search(rf"^{re.escape(name)}(\[|==)", locked, re.MULTILINE)] == []


def test_what_users_get_is_what_was_tested():
    def pins(name):
        return set(re.findall(r"^[a-z0-9._-]+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_no_file_of_others_is_committed(committed):
    by_name = [path for path in committed if OTHERS.search(path.relative_to(ROOT).as_posix())]

    assert by_name == []


def test_no_committed_file_is_a_copy_of_a_fetched_one(committed):
    fetched = [*(ROOT / "oppdrift/static/vendor").rglob("*"), *(ROOT / "tests/vendor").rglob("*")]
    digests = {hashlib.sha256(path.read_bytes()).digest() for path in fetched if path.is_file()}

    copies = [path for path in committed if hashlib.sha256(path.read_bytes()).digest() in digests]

    assert copies == []
