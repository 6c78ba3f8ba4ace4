"""Real sender processes, a real mail server, and kill -9: each mail arrives, and none silently twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from oppdrift.history import letters
from oppdrift.history.models import Message

from .smtp_sink import Sink

pytestmark = [pytest.mark.db_rules, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
SENDER = """
import datetime, sys, threading, django
django.setup()
from oppdrift.history import sending
sending.run(threading.Event(), lease=datetime.timedelta(seconds=float(sys.argv[1])), poll=0.1)
"""


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as sink:
        yield sink


@pytest.fixture
def senders(sink) -> Iterator[list[subprocess.Popen]]:
    """Processes started in a test; none outlives it."""
    started: list[subprocess.Popen] = []
    yield started
    for process in started:
        process.kill()
        process.wait()


def database_address() -> str:
    """The address of the database that this test writes in."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    base, _question, host = os.environ["DATABASE_URL"].partition("?")
    return f"{base.rsplit('/', 1)[0]}/{connection.settings_dict['NAME']}?{host}"


def start_sender(sink: Sink, *, lease: float = 60.0) -> subprocess.Popen:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database_address(),
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "OPPDRIFT_DATA": str(settings.DATA),
    }
    return subprocess.Popen([sys.executable, "-c", SENDER, str(lease)], env=environment)


def write_mails(count: int) -> set[str]:
    """Letters let go; their Message-IDs."""
    for number in range(count):
        letters.post(
            "news", to=(f"Nr. {number}", f"nr{number}@fjordvik.example"), key=f"news-{number}", state="queued",
            subject=f"Brev {number}", body="Hei.\n",
        )  # fmt: skip
    return set(Message.objects.values_list("message_id", flat=True))


def wait_for(condition, what: str, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(0.05)


def all_sent() -> bool:
    return not Message.objects.exclude(state="sent").exists()


def test_killed_in_the_middle_of_200_mails_each_arrives_and_one_at_most_twice(sink, senders):
    written = write_mails(200)

    def kill_the_first(number: int) -> None:
        if number == 100:  # the server has the mail, the sender does not know it yet: the worst moment
            senders[0].send_signal(signal.SIGKILL)
            senders[0].wait()

    sink.on_mail = kill_the_first
    senders.append(start_sender(sink, lease=2))
    wait_for(lambda: senders[0].poll() is not None, "the first sender is killed")
    senders.append(start_sender(sink, lease=2))
    wait_for(all_sent, "the second sender has sent the rest")

    times = Counter(sink.ids)
    assert set(times) == written
    assert sorted(times.values()) == [1] * 199 + [2]


def test_two_senders_at_once_send_no_mail_twice(sink, senders):
    written = write_mails(80)

    senders += [start_sender(sink), start_sender(sink)]
    wait_for(all_sent, "both have sent everything")

    assert len(sink.ids) == 80
    assert set(sink.ids) == written
