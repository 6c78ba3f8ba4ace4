"""The wheel holds all that the program needs: no repository, no Node, no network."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """A wheel of what stands in this folder, built from a copy of it."""
    copy = tmp_path_factory.mktemp("repository") / "oppdrift"
    left_out = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "tests", "oppdrift-d*", "dist")
    shutil.copytree(ROOT, copy, ignore=left_out)
    for name in (".npmrc", "oppdrift/static/vendor/.made-from"):
        shutil.copy(ROOT / name, copy / name)
    # No npm and no uv on this path: what is built may only hold what ./dev has fetched already.
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(copy)}
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    answer = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stderr
    return next((copy / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


def files_under(folder: str, ending: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(f"*{ending}")}


@pytest.mark.parametrize(
    ("folder", "ending"),
    [
        ("oppdrift", ".py"),
        ("oppdrift/templates", ".html"),
        ("oppdrift/static", ".css"),
        ("oppdrift/static", ".js"),
        ("oppdrift/static/vendor", ".svg"),
        ("oppdrift/static/vendor", ".woff2"),
        ("oppdrift/demo", ".toml"),
        ("oppdrift/history/letters", ".toml"),
        ("oppdrift/locale", ".mo"),
    ],
)
def test_every_file_of_this_kind_is_in_the_wheel(names, folder, ending):
    wanted = files_under(folder, ending)

    assert wanted
    assert wanted - names == set()


def test_the_keep_times_go_along(names):
    assert "oppdrift/retention.yaml" in names


def test_nothing_else_goes_along(names):
    strangers = [name for name in names if not name.startswith(("oppdrift/", "oppdrift-"))]
    made_here = [name for name in names if name.endswith((".po", ".pyc", ".sqlite3", "secret-key"))]

    assert strangers == []
    assert made_here == []


def test_a_demo_from_the_wheel_alone(wheel, tmp_path):
    program = tmp_path / "program"
    zipfile.ZipFile(wheel).extractall(program)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    environment = {"PATH": "/nowhere", "HOME": str(tmp_path), "PYTHONPATH": str(program)}
    command = [sys.executable, "-m", "oppdrift", "demo", "--at", "call", "--port", str(port)]
    command += ["--data", str(tmp_path / "demo")]
    said = tmp_path / "said"
    with said.open("w") as output:
        running = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=output, stderr=output)
        try:
            wait_until(lambda: "is open at" in said.read_text() or running.poll() is not None, seconds=120)
            page = urlopen(f"http://127.0.0.1:{port}/", timeout=20).read().decode()
            [sheet] = re.findall(r'href="(/static/vendor/designsystemet[^"]+)"', page)
            wish = Request(f"http://127.0.0.1:{port}{sheet}", headers={"Accept-Encoding": "br"})
            sent = urlopen(wish, timeout=20).headers
        finally:
            running.send_signal(signal.SIGINT)
            ended = running.wait(20)

    assert 'lang="nb"' in page
    assert (sent["Content-Encoding"], sent["X-Content-Type-Options"]) == ("br", "nosniff")
    assert "immutable" in sent["Cache-Control"], "its name tells its content, so it is kept for ever"
    assert f"http://127.0.0.1:{port}" in said.read_text()
    assert ended == 0, said.read_text()
    assert said.read_text().rstrip().endswith("Stopped.")
    assert "Traceback" not in said.read_text()


def wait_until(happened, *, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.1)
