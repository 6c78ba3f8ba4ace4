"""The command `oppdrift`: clear sentences where something is wrong, and a whole demo where nothing is."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def oppdrift(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    known = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "OPPDRIFT_DATA": str(tmp_path / "d"),
    }
    command = [sys.executable, "-m", "oppdrift", *arguments]
    return subprocess.run(
        command, cwd=tmp_path, env={**known, **environment}, capture_output=True, text=True, timeout=60
    )


def assert_sentence(answer: subprocess.CompletedProcess, words: str) -> None:
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.returncode == 1


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield str(listener.getsockname()[1])


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken(tmp_path, taken_port, command):
    answer = oppdrift(tmp_path, command, "--port", taken_port)

    assert_sentence(answer, f"Port {taken_port} is taken.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["0", "70000", "http"])
def test_what_is_no_port(tmp_path, port):
    answer = oppdrift(tmp_path, "serve", "--port", port)

    assert answer.returncode == 2
    assert f"{port} is not a port" in answer.stderr


def test_an_address_that_is_not_of_this_machine(tmp_path):
    answer = oppdrift(tmp_path, "serve", "--host", "203.0.113.7")

    assert_sentence(answer, "203.0.113.7 is not an address of this machine")


def test_a_real_installation_never_runs_as_a_demo(tmp_path):
    answer = oppdrift(tmp_path, "serve", "--port", free_port(), OPPDRIFT_DEMO="1")

    assert_sentence(answer, "OPPDRIFT_DEMO is set")


def test_a_database_that_is_not_up_to_date(tmp_path):
    answer = oppdrift(tmp_path, "serve", "--port", free_port())

    assert_sentence(answer, "Run first: oppdrift manage migrate")


def test_sqlite_serves_one_process(tmp_path):
    answer = oppdrift(tmp_path, "serve", "--port", free_port(), "--workers", "2")

    assert_sentence(answer, "SQLite serves one process.")


def test_a_database_that_does_not_answer(tmp_path):
    nowhere = f"postgresql://nobody@/nothing?host={tmp_path}"

    answer = oppdrift(tmp_path, "serve", "--port", free_port(), DATABASE_URL=nowhere)

    assert_sentence(answer, "The database does not answer")


def test_a_demo_does_not_wipe_a_folder_that_holds_something_else(tmp_path):
    letters = tmp_path / "mine" / "letters.txt"
    letters.parent.mkdir()
    letters.write_text("dear")

    answer = oppdrift(tmp_path, "demo", "--port", free_port(), "--data", "mine")

    assert_sentence(answer, "holds something else than a demo")
    assert letters.read_text() == "dear"


def test_an_unknown_stage_of_the_demo_lists_the_known_ones(tmp_path):
    answer = oppdrift(tmp_path, "demo", "--port", free_port(), "--at", "yesterday")

    assert_sentence(answer, "yesterday is not a stage of the demo; these are: call, ")


def test_a_file_that_is_not_there(tmp_path):
    answer = oppdrift(tmp_path, "restore", "nothing.zip")

    assert_sentence(answer, "There is no file nothing.zip.")


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])
