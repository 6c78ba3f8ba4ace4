"""python bench/measure.py 25 1000 10000 decision autumn afterwards: our pages and deeds beside a limit and a floor.

A number is so many applications; a word is a stage of the demo, whose pages are those of the rest of the year. Of each
page: SQL statements, bytes, and milliseconds of processor time per request, as the kernel counts them for the server,
so that a busy machine disturbs less. All servers run at once and are asked in turn. Writes tables in Markdown to
standard output. Databases are made in a folder that is removed at the end, unless BENCH_KEEP names one.
"""

import contextlib
import http.client
import json
import os
import random
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import ours
import rows
import seed_year

HERE = Path(__file__).resolve().parent
PORT = 18800
ROUNDS, A_ROUND = 7, 6
# Ours, and what stands beside it on limit and floor.
BESIDE = {
    "public": "/", "list": "/list", "filter": "/list", "detail": "/a/6", "application": "/a/6", "queue": "/list",
    "form": "/a/6", "home": "/list", "year": "/list", "ideas": "/list", "review": "/a/{n}",
}  # fmt: skip


def fill_beside(path: Path, size: int) -> None:
    """The same rows for limit and floor."""
    database = sqlite3.connect(path)
    database.executescript(
        "create table app(id integer primary key, title, writer, unit int, pitch, description, notes, assessed int,"
        " mean real);"
        "create table assessment(id integer primary key, app int, assessor int, words, s0 int, s1 int, s2 int, s3 int,"
        " unique(app, assessor)); create table session(key primary key, person int) without rowid;"
    )
    for number in range(size):
        row, said = rows.application(number), rows.assessments(number)
        mean = statistics.mean(sum(points) / 4 for _who, _words, points in said)
        texts = [row[name] for name in ("pitch", "description", "notes")]
        database.execute(
            "insert into app values(?,?,?,?,?,?,?,?,?)",
            (number + 1, row["title"], row["writer"], row["unit"], *texts, len(said), mean),
        )
        database.executemany(
            "insert into assessment(app, assessor, words, s0, s1, s2, s3) values(?,?,?,?,?,?,?)",
            [(number + 1, who, words, *points) for who, words, points in said],
        )
    database.execute("insert into session values('limit', 1)")
    database.commit()


def sign_in_on_floor(environ: dict[str, str]) -> str:
    code = (
        "import floor\nfrom django.core.management import call_command\ncall_command('migrate', verbosity=0)\n"
        "from django.contrib.auth import get_user_model\nfrom django.test import Client\n"
        "client = Client()\nclient.force_login(get_user_model().objects.get_or_create(username='lead')[0])\n"
        "print(client.cookies['sessionid'].value)"
    )
    made = subprocess.run([sys.executable, "-c", code], env=environ, check=True, capture_output=True, text=True)
    return made.stdout.strip()


class Server:
    def __init__(self, name: str, port: int, environ: dict[str, str]) -> None:
        command = [sys.executable, "-m", "uvicorn", f"{name}:application", "--port", str(port), "--lifespan", "off"]
        command += ["--timeout-keep-alive", "600"]  # each waits while the others are asked
        started = time.perf_counter()
        self.process = subprocess.Popen([*command, "--log-level", "warning"], env=environ)
        while True:
            try:
                self.talk = http.client.HTTPConnection("127.0.0.1", port)
                self.talk.request("GET", "/")
                self.talk.getresponse().read()
                break
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - started > 60:
                    self.stop()
                    raise SystemExit(f"{name} did not start") from None
                time.sleep(0.01)
        self.first_byte = time.perf_counter() - started
        self.idle = self.memory()

    def ask(self, method: str, path: str, cookies: dict[str, str], form: dict | None = None) -> tuple[int, dict, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if form is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": cookies.get("csrftoken", ""),
            }
        self.talk.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = self.talk.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    def processor(self) -> float:
        """Seconds that its threads have had on a core."""
        spent = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                spent += int((task / "schedstat").read_text().split()[0])
        return spent / 1e9

    def memory(self) -> int:
        """MiB that are its own."""
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return int(text.split("Pss:")[1].split()[0]) // 1024

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(15)


@contextlib.contextmanager
def side_by_side(beside: Path, ours: dict[str, str]) -> Iterator["Beside"]:
    """Limit, floor and ours are served at once, and ours once more with its statements counted."""
    environ = {**os.environ, "PYTHONPATH": f"{HERE}:{HERE.parent}"}
    theirs = {**environ, "BENCH_DATABASE": str(beside)}
    cookies = {"limit": {"s": "limit"}, "floor": {"sessionid": sign_in_on_floor(theirs), "csrftoken": "a" * 32}}
    entries = {
        "limit": ("limit", theirs),
        "floor": ("floor", theirs),
        "ours": ("counted", {**environ, **ours}),
        "counting": ("counted", {**environ, **ours, "BENCH_SQL": "1"}),
    }
    servers: dict[str, Server] = {}
    try:
        for place, (name, (entry, around)) in enumerate(entries.items()):
            servers[name] = Server(entry, PORT + place, around)
        yield Beside(servers, cookies)
    finally:
        for server in servers.values():
            server.stop()


@dataclass
class Beside:
    servers: dict[str, Server]
    cookies: dict[str, dict[str, str]]

    def head(self, title: str) -> None:
        ours, floor = self.servers["ours"], self.servers["floor"]
        print(f"\n{title}: start to first byte {ours.first_byte:.2f} s (floor {floor.first_byte:.2f} s),", end=" ")
        print(f"idle {ours.idle} MiB\n")
        print("| action | SQL | bytes | ours, ms | floor, ms | limit, ms | times the floor |")
        print("|---|---|---|---|---|---|---|")

    def row(self, label: str, mine: Callable[[], tuple], theirs: Callable[[dict[str, str]], tuple]) -> None:
        """`mine()` is the next request to us, `theirs(cookies)` that beside it: method, path, cookies, form."""
        counting = self.servers["counting"]
        counting.ask(*mine())  # what a process asks once in its life
        request = mine()
        _status, headers, body = answered("counting", request, counting.ask(*request))
        spent: dict[str, list[float]] = {name: [] for name in ("ours", "floor", "limit")}
        for _ in range(ROUNDS):
            for name, own in spent.items():
                server, before = self.servers[name], self.servers[name].processor()
                for _ in range(A_ROUND):
                    request = mine() if name == "ours" else theirs(self.cookies[name])
                    answered(name, request, server.ask(*request))
                own.append((server.processor() - before) * 1000 / A_ROUND)
        ours, floor, limit = (statistics.median(spent[name]) for name in ("ours", "floor", "limit"))
        counted = {name.lower(): value for name, value in headers.items()}["x-bench-sql"]
        print(f"| {label} | {counted} | {len(body)} | {ours:.1f} | {floor:.2f} | {limit:.2f} | {ours / floor:.1f} |")


def answered(name: str, request: tuple, answer: tuple) -> tuple:
    """What was asked for: a page is no redirect, which would be measured as a very quick one."""
    if answer[0] not in ((200,) if request[0] == "GET" else (200, 302, 303)):
        raise SystemExit(f"{name} answered {answer[0]} to {request[:2]}")
    return answer


def measure(size: int, folder: Path) -> None:
    """Our pages and deeds over `size` applications."""
    home = folder / "data" / "ours" / str(size)
    subprocess.run([sys.executable, str(HERE / "seed.py"), str(size), str(home)], check=True, stdout=subprocess.DEVNULL)
    beside = folder / f"beside-{size}.sqlite3"
    fill_beside(beside, size)
    target = ours.target(folder, size, PORT)
    Path(target["db"]).parent.mkdir(exist_ok=True)
    shutil.copy(target["master"], target["db"])
    known = json.loads(Path(target["identities"]).read_text())
    with side_by_side(beside, target["env"]) as all_of_them:
        all_of_them.head(f"{size} applications")
        for action, path in BESIDE.items():
            steps = Steps(known, action, target["actions"][action][0])
            all_of_them.row(action, steps.next, partial(steps.beside, path))


def measure_the_year(stage: str, folder: Path) -> None:
    """The pages of a stage of the demo, beside a list or a page of 25 applications on limit and floor."""
    home, beside = folder / stage, folder / "beside-the-year.sqlite3"
    subprocess.run([sys.executable, str(HERE / "seed_year.py"), stage, str(home)], check=True, stdout=sys.stderr)
    if not beside.exists():
        fill_beside(beside, 25)
    with side_by_side(beside, seed_year.settings_of(home)) as all_of_them:
        all_of_them.head(f"The demo at {stage}")
        for page in json.loads((home / "pages.json").read_text()):
            request = "GET", page["path"], page["cookies"], None
            all_of_them.row(page["label"], lambda request=request: request, partial(get, page["beside"]))


def get(path: str, cookies: dict[str, str]) -> tuple:
    return "GET", path, cookies


class Steps:
    """One action's requests, each deed on an application of its own."""

    def __init__(self, known: dict, action: str, step: tuple) -> None:
        self.known, self.step, self.chance = known, step, random.Random(1)
        self.left = [(who, key) for who in known["reviewers"] for key in who["queue"]]
        self.who, self.key = self.left[0]

    def next(self) -> tuple:
        who, method, path, *form = self.step
        if method == "POST":
            self.who, self.key = self.left.pop(0)
        person = {"public": None, "organiser": self.known["organiser"], "reviewer": self.who}[who]
        path = path.replace("{next!}", "{next}").format(**self.known["vars"], next=self.key)
        return method, path, person["cookies"] if person else {}, form[0]({}, self.chance) if form else None

    def beside(self, path: str, cookies: dict) -> tuple:
        if self.step[1] != "POST":
            return "GET", path, cookies
        form = {**{f"s{k}": self.chance.randint(1, 5) for k in range(4)}, "words": "Bra " * 30}
        return "POST", path.format(n=self.chance.randint(1, 20)), cookies, form


if __name__ == "__main__":
    keep = os.environ.get("BENCH_KEEP")
    with contextlib.ExitStack() as stack:
        folder = Path(keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="oppdrift-bench-")))
        for asked in sys.argv[1:] or ["25", "1000"]:
            if asked in seed_year.PAGES:
                measure_the_year(asked, folder)
            else:
                measure(int(asked), folder)
