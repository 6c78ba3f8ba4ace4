"""./dev on machines where something is missing: one sentence, and not success."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = "sh env mkdir rm cat tail head sed grep awk df cksum dirname chmod".split()
NEEDED = ["dev", "requirements-dev.txt", "package.json", "package-lock.json", ".npmrc", "tools"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="./dev is a script for sh")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what ./dev reads, not set up."""
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A path with the plainest programs only: no Python, no uv, no Node."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def add_program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def dev(clone: Path, programs: Path, *arguments: str, **options) -> subprocess.CompletedProcess:
    environment = {"HOME": str(clone.parent), "PATH": str(programs)}
    command = [str(programs / "sh"), "./dev", *arguments]
    return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, timeout=60, **options)


def assert_one_sentence(answer: subprocess.CompletedProcess, words: str) -> None:
    assert answer.returncode == 1
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stderr.count(".\n") == 1


def test_no_python_at_all(clone, programs):
    answer = dev(clone, programs, "test")

    assert_one_sentence(answer, "needs Python 3.11 or newer; there is no python3 on the path.")


def test_too_old_a_python_is_named_with_its_version(clone, programs):
    add_program(programs, "python3", "echo 3.9.2")

    answer = dev(clone, programs, "test")

    assert_one_sentence(answer, "needs Python 3.11 or newer; python3 here is 3.9.2.")


def test_a_newer_python_beside_an_old_one_is_found(clone, programs):
    add_program(programs, "python3", "echo 3.9.2")
    add_program(programs, "python3.13", 'case "$*" in *pip*) exit 1 ;; *) echo 3.13.1 ;; esac')

    answer = dev(clone, programs, "test")

    assert "python3.13 has no pip" in answer.stderr


def test_a_python_without_pip(clone, programs):
    add_program(programs, "python3", 'case "$*" in *pip*) exit 1 ;; *) echo 3.12.1 ;; esac')

    answer = dev(clone, programs, "test")

    assert answer.returncode == 1
    assert "python3 has no pip. Install it" in answer.stderr


def test_a_folder_that_cannot_be_written_to(clone, programs):
    add_program(programs, "python3", "echo 3.12.1")
    as_nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    for folder in clone.parents:
        if as_nobody and folder.stat().st_uid == 0 and folder.is_relative_to("/tmp") and folder != Path("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o055)
    clone.chmod(0o555)

    answer = dev(clone, programs, "test", **as_nobody)

    clone.chmod(0o755)
    assert answer.returncode == 1
    assert f"The folder {clone} cannot be written to." in answer.stderr


def test_a_full_disk(clone, programs):
    add_program(programs, "python3", "echo 3.12.1")
    (programs / "df").unlink()
    add_program(programs, "df", "echo head; echo disk 9 9 1024 9 /")

    answer = dev(clone, programs, "test")

    assert_one_sentence(answer, "There is no space left on the disk: 1 MB are free")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: dns error: failed to lookup address", "there is no network, or it does not let this through."),
        ("ERROR: No matching distribution found for uv", "there is no network, or it does not let this through."),
        ("SSLError: CERTIFICATE_VERIFY_FAILED", "a certificate on the way is not trusted by this machine."),
        ("OSError: [Errno 28] No space left on device", "There is no space left on the disk."),
    ],
)
def test_fetching_that_fails_becomes_one_sentence(clone, programs, said, sentence):
    talk = f'echo "Traceback (most recent call last):"; echo "{said}"; exit 1'
    add_program(programs, "python3", f'case "$*" in *install*) {talk} ;; *pip*) ;; *) echo 3.12.1 ;; esac')

    answer = dev(clone, programs, "test")

    assert answer.returncode == 1
    assert sentence in answer.stderr
    assert "Traceback" not in answer.stderr
    assert said not in answer.stderr


def test_a_folder_that_was_moved_is_set_up_anew(clone, programs):
    (clone / ".venv").mkdir()
    (clone / ".venv/.made-from").write_text("/somewhere/else 1 2")
    add_program(programs, "python3", "echo 3.9.2")

    answer = dev(clone, programs, "test")

    assert_one_sentence(answer, "needs Python 3.11 or newer")


def test_an_unknown_command_shows_the_known_ones(clone, programs):
    answer = dev(clone, programs, "dmeo")

    assert answer.returncode == 1
    assert "There is no ./dev dmeo." in answer.stderr
    assert "./dev demo" in answer.stderr


def test_help_needs_nothing(clone, programs):
    answer = dev(clone, programs, "--help")

    assert answer.returncode == 0
    assert [f"./dev {name}" in answer.stdout for name in ("demo", "test", "check", "messages")] == [True] * 4


def test_the_second_time_nothing_is_fetched(clone, programs):
    checksum = subprocess.run(["cksum"], input=(clone / "requirements-dev.txt").read_bytes(), capture_output=True)
    (clone / ".venv/bin").mkdir(parents=True)
    add_program(clone / ".venv/bin", "python", '[ "$1" = -c ] || echo "ran $*"')
    (clone / ".venv/.made-from").write_text(f"{clone} {checksum.stdout.decode().strip()}")
    (clone / "oppdrift/static/vendor").mkdir(parents=True)

    answer = dev(clone, programs, "test", "-k", "x")

    assert answer.stderr == ""
    ran = ["ran tools/vendor.py", "ran tools/messages.py compile", "ran -m pytest -k x"]
    assert answer.stdout.splitlines() == ran
