"""The pitch day under load: phones that score, screens that listen, a host who presses, over one real server.

    python bench/pitch_day.py                                     40 phones, a score each 5 s, 200 listeners
    python bench/pitch_day.py --phones 200 --every 2              the crowd
    DATABASE_URL=postgresql://… python bench/pitch_day.py --workers 2

Says how long a score took from the tap to the answer, how long a change took from the host's press to each screen, and
whether anything that was acknowledged is missing. Without DATABASE_URL a SQLite of its own, removed afterwards; a named
database must be empty and is filled.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = 4.0  # seconds that a server keeps a silent connection, at least
CRITERIA = ("need", "novelty", "benefit", "anchoring")


@dataclass
class Scene:
    """What is asked of whom."""

    stream: str
    saves: list[str]  # one address a phone
    command: str
    host_page: str
    session: str
    pitch: int


@dataclass
class Found:
    scores: list[float] = field(default_factory=list)  # seconds from tap to answer
    changes: list[float] = field(default_factory=list)  # seconds from press to a screen
    refused: int = 0
    acknowledged: dict[int, dict[str, list[int]]] = field(default_factory=dict)  # phone: field: revision, value
    pressed: dict[int, float] = field(default_factory=dict)  # by version: when it was pressed


def fill(phones: int) -> Scene:
    """A day with two teams, the first on stage, and a panel without ties."""
    import django

    django.setup()
    from django.test import Client
    from django.urls import reverse

    from oppdrift.assessing.models import Declaration
    from oppdrift.ideas.models import Decision, Idea
    from oppdrift.people.models import Person
    from oppdrift.pitching.models import PitchDay, Seat
    from oppdrift.rounds.models import Round
    from oppdrift.toolbox.clock import now
    from oppdrift.toolbox.tables_at_once import make_tables

    make_tables()
    lead = Person.objects.with_address("lead@fjordvik.example", name="Ingrid Solhaug")
    round = Round.begin(name="Last", year=2019, by=lead, published_at=now())
    for title in ("Vannvakta", "Nattro"):
        author = Person.objects.with_address(f"{title}@fjordvik.example", name=title)
        idea = Idea.begin(title=title, by=author, round=round)
        Decision.release([Decision.make(idea, "shortlist", "admitted", reason="Last", by=lead)], by=lead)
    members = [Person.objects.with_address(f"p{n}@fjordvik.example", name=f"Medlem {n}") for n in range(phones)]
    for member in members:
        round.give_role(member, "panel", by=lead)
    day = PitchDay.make(round, by=lead, starts_at=now(), ends_at=now().replace(year=2099))
    Seat.make_all(day, by=lead)
    day.command("next", by=lead, seen=None)
    Declaration.objects.bulk_create([Declaration(idea=day.on.idea, person=each, answer="none") for each in members])
    seats = list(day.seats.order_by("pk"))
    client = Client()
    client.force_login(lead)
    return Scene(
        stream=reverse("pitching:screen_stream", args=[day.token]),
        saves=[reverse("pitching:save", args=[seat.token, day.on_id]) for seat in seats],
        command=reverse("pitching:command", args=[round.pk]),
        host_page=reverse("pitching:host", args=[round.pk]),
        session=client.cookies["sessionid"].value,
        pitch=day.on_id,
    )


class Line:
    """One connection that is kept, as a browser does."""

    def __init__(self, port: int, cookies: str = "") -> None:
        self.port, self.cookies = port, cookies
        self.used = 0.0
        self.reader: Any = None
        self.writer: Any = None

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        if self.writer is None or time.perf_counter() - self.used > KEPT:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self.cookies:
            lines.append(f"Cookie: {self.cookies}")
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await self.writer.drain()
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        known = {name.lower(): value for name, value in (line.split(": ", 1) for line in head[1:] if line)}
        content = await (self.chunks() if "chunked" in known.get("transfer-encoding", "") else self.whole(known))
        self.used = time.perf_counter()
        return int(head[0].split()[1]), known, content

    async def whole(self, known: dict[str, str]) -> bytes:
        return await self.reader.readexactly(int(known.get("content-length", 0)))

    async def chunks(self) -> bytes:
        parts = []
        while size := int(await self.reader.readline(), 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readline()
        await self.reader.readline()
        return b"".join(parts)


async def listen(port: int, scene: Scene, found: Found, ready: asyncio.Semaphore) -> None:
    """A screen: notes when it hears of each version that was pressed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {scene.stream} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    heard = 0
    while line := await reader.readline():
        if not line.startswith(b"data: ") or b"version" not in line:
            continue
        version = json.loads(line[6:])["version"]
        if not heard:
            ready.release()
        elif version > heard and version in found.pressed:
            found.changes.append(time.perf_counter() - found.pressed[version])
        heard = version


async def score(number: int, port: int, address: str, every: float, end: float, found: Found) -> None:
    """A phone: a tap each so often, begun at any moment."""
    line, chance = Line(port), random.Random(number)
    mine = found.acknowledged.setdefault(number, {})
    revision = 0
    await asyncio.sleep(chance.random() * every)
    while time.perf_counter() < end:
        began = time.perf_counter()
        revision += 1
        name, value = f"points-{chance.choice(CRITERIA)}", chance.randint(1, 5)
        body = json.dumps({"client": "bench", "taps": {name: [str(value), revision]}}).encode()
        status, _headers, _content = await line.ask("POST", address, body, Content_Type="application/json")
        if status == 200:
            found.scores.append(time.perf_counter() - began)
            mine[name] = [revision, value]
        else:
            found.refused += 1
        await asyncio.sleep(max(0.0, every - (time.perf_counter() - began)))


async def lead_day(port: int, scene: Scene, end: float, found: Found, version: int) -> None:
    """The host: starts, then pauses and goes on every few seconds."""
    line = Line(port, f"sessionid={scene.session}")
    _status, headers, _page = await line.ask("GET", scene.host_page)
    token = headers["set-cookie"].split("csrftoken=")[1].split(";")[0]
    line.cookies += f"; csrftoken={token}"
    commands = ["start"]
    while time.perf_counter() < end - 1:
        command = commands.pop() if commands else ("pause" if version % 2 else "resume")
        body = f"command={command}&seen={scene.pitch}".encode()
        version += 1
        found.pressed[version] = time.perf_counter()
        await line.ask("POST", scene.command, body, Content_Type="application/x-www-form-urlencoded",
                       X_CSRFToken=token, HX_Request="true")  # fmt: skip
        await asyncio.sleep(2)


async def play(options: argparse.Namespace, port: int, scene: Scene) -> Found:
    found, ready = Found(), asyncio.Semaphore(0)
    screens = [asyncio.create_task(listen(port, scene, found, ready)) for _ in range(options.listeners)]
    for _ in screens:
        await ready.acquire()
    end = time.perf_counter() + options.seconds
    crowd = [score(n, port, address, options.every, end, found) for n, address in enumerate(scene.saves)]
    await asyncio.gather(*crowd, lead_day(port, scene, end, found, version_now()))
    await asyncio.sleep(1)
    for screen in screens:
        screen.cancel()
    return found


def version_now() -> int:
    from oppdrift.pitching.models import PitchDay

    return PitchDay.objects.values_list("version", flat=True).get()


def missing(found: Found) -> int:
    """Acknowledged taps that the database does not have."""
    from oppdrift.pitching.models import Ballot

    ballots = {each.seat_id: each for each in Ballot.objects.all()}
    ordered = sorted(seat for seat in seats())
    lost = 0
    for number, taps in found.acknowledged.items():
        ballot = ballots.get(ordered[number])
        points = dict(ballot.scores.values_list("criterion__key", "points")) if ballot else {}
        lost += sum(points.get(name.removeprefix("points-")) != value for name, (_revision, value) in taps.items())
    return lost


def seats() -> list[int]:
    from oppdrift.pitching.models import Seat

    return list(Seat.objects.values_list("pk", flat=True))


def told(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    if not ordered:
        print(f"{name}: none")
        return
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.5, 0.95, 0.99)]
    p50, p95, p99, most = *at, ordered[-1] * 1000
    print(f"{name}: {len(ordered)}, p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, most {most:.0f} ms")


def run(options: argparse.Namespace) -> None:
    scene = fill(options.phones)
    serve = [sys.executable, "-m", "oppdrift", "serve", "--port", str(options.port), "--workers", str(options.workers)]
    server = subprocess.Popen(serve, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert server.stdout
        server.stdout.readline()
        time.sleep(2 if options.workers == 1 else 5)
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        found = asyncio.run(play(options, options.port, scene))
    finally:
        server.terminate()
        server.wait()
    print(
        f"{options.phones} phones, a score each {options.every:g} s, {options.listeners} listeners, {options.seconds} s"
    )
    told("a score, from tap to answer", found.scores)
    told("a change, from press to screen", found.changes)
    print(f"not acknowledged: {found.refused}; acknowledged and missing: {missing(found)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--phones", type=int, default=40)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--listeners", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--port", type=int, default=8951)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oppdrift.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OPPDRIFT_DATA"] = folder
        os.environ["BASE_URL"] = f"http://127.0.0.1:{options.port}"
        run(options)


if __name__ == "__main__":
    main()
