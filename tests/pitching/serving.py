"""Real servers and phones for the tests of the day: processes that can be killed, streams that are read live."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from oppdrift.pitching.models import Pitch, PitchDay, Seat

ROOT = Path(__file__).resolve().parents[2]
# The slow look is made so slow that only what is told can have been heard.
SERVER = """
import sys
from oppdrift.toolbox.live import hub
hub.POLL = 3600.0
from oppdrift.cli import main
sys.exit(main(["serve", "--port", sys.argv[1]]))
"""


class Server:
    """A process of its own that serves the test's database."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen | None = None

    def start(self) -> "Server":
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": database_address(),
            "OPPDRIFT_DATA": str(settings.DATA),
            "BASE_URL": f"http://127.0.0.1:{self.port}",
        }
        self.process = subprocess.Popen([sys.executable, "-c", SERVER, str(self.port)], env=environment)
        wait_for(self.answers, "the server answers")
        return self

    def answers(self) -> bool:
        assert self.process
        assert self.process.poll() is None, "the server has ended"
        try:
            return ask(self.port, "GET", reverse("front:health"))[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """As an operator would. Gives what the process says at its end."""
        assert self.process
        self.process.terminate()
        return self.process.wait(30)


@contextmanager
def servers(number: int) -> Iterator[list[Server]]:
    started: list[Server] = []
    try:
        for _ in range(number):
            started.append(Server())
            started[-1].start()
        yield started
    finally:
        for server in started:
            if server.process and server.process.poll() is None:
                server.kill()


def database_address() -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    base, _question, host = os.environ["DATABASE_URL"].partition("?")
    return f"{base.rsplit('/', 1)[0]}/{connection.settings_dict['NAME']}?{host}"


def ask(port: int, method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request(method, path, body or None, {"Content-Type": "application/json", **headers})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def wait_for(condition: Callable[[], Any], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(0.02)


class Stream(threading.Thread):
    """Reads a stream of news as it comes."""

    def __init__(self, port: int, path: str, session: str = "") -> None:
        super().__init__(daemon=True)
        self.states: list[dict[str, Any]] = []
        self.raw = b""
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.line.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": session})
        self.socket = self.line.sock
        self.answer = self.line.getresponse()
        self.start()

    def run(self) -> None:
        try:
            while line := self.answer.readline():
                self.raw += line
                if line.startswith(b"data: ") and b"version" in line:
                    self.states.append(json.loads(line[6:]))
        except (OSError, ValueError, AttributeError):
            return  # the server is gone

    @property
    def last(self) -> dict[str, Any]:
        return self.states[-1] if self.states else {}

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)  # `close` would wait for the thread that reads
        self.join(10)


class Phone:
    """Sends taps as the script does: again and again until the server says that it has them."""

    def __init__(self, seat: Seat, pitch: Pitch) -> None:
        self.seat, self.pitch = seat, pitch
        self.path = reverse("pitching:save", args=[seat.token, pitch.pk])
        self.revision = 0
        self.sent: dict[str, tuple[int, int]] = {}  # field: the last tap's revision and value
        self.acknowledged: dict[str, tuple[int, int]] = {}

    def tap(self, field: str, value: int, ports: Iterator[int]) -> None:
        self.revision += 1
        tap = (self.revision, value)
        self.sent[field] = tap
        body = json.dumps({"client": "phone", "taps": {field: [str(value), self.revision]}})
        for port in ports:
            try:
                status, _body = ask(port, "POST", self.path, body)
            except OSError:
                time.sleep(0.05)
                continue
            if status == 200:
                self.acknowledged[field] = tap
                return
            time.sleep(0.05)


def screen_stream(day: PitchDay) -> str:
    return reverse("pitching:screen_stream", args=[day.token])


def host_stream(day: PitchDay) -> tuple[str, str]:
    """The address and the cookie of whoever leads."""
    client = Client()
    client.force_login(day.round.lead_in_charge())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return reverse("pitching:host_stream", args=[day.round_id]), f"{settings.SESSION_COOKIE_NAME}={session}"
