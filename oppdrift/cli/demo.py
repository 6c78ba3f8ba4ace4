"""`oppdrift demo`: an invented municipality on this machine, filled with the reference year."""

import argparse
import hashlib
import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from oppdrift import __version__
from oppdrift.cli import serving
from oppdrift.cli.trouble import Trouble

# What a real installation is told by its environment must not leak into the demo, and the other way round.
REAL = ("DATABASE_URL", "EMAIL_URL", "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY", "SIGN_IN_DOMAINS", "BEHIND_PROXY")

STAMP = "demo.json"


def demo(options: argparse.Namespace) -> int:
    with serving.listening("127.0.0.1", options.port) as listener:
        serving.need_fetched_files()
        data = options.data.resolve()
        read_stamp(data)
        for name in REAL:
            os.environ.pop(name, None)
        address = f"http://127.0.0.1:{options.port}"
        os.environ.update(OPPDRIFT_DEMO="1", OPPDRIFT_DATA=str(data), BASE_URL=address)
        from oppdrift.demo.calendar import STAGES, USUAL

        stage = options.at or USUAL
        if stage not in STAGES:
            raise Trouble(f"{stage} is not a stage of the demo; these are: {', '.join(STAGES)}.")
        fill(data, stage, options.size)
        serving.collect_static()
        print(f"\nOppdrift is open at {address}. Ctrl-C stops.", flush=True)
        tell_who()
        with mails_being_sent():
            serving.run_server(listener)
    return 0


def fill(data: Path, stage: str, size: int) -> None:
    """Build the year in this folder, unless it is there as asked for."""
    stamp = data / STAMP
    wanted = {
        "version": __version__,
        "made from": digest_of_sources(),
        "stage": stage,
        "size": size,
        "day": time.strftime("%Y-%m-%d"),
    }
    made = read_stamp(data)
    if made == wanted:
        serving.set_up_django()
        return
    if made is not None:
        print("The demo in this folder is another one; it is made anew.", flush=True)
        shutil.rmtree(data)
    data.mkdir(parents=True, exist_ok=True)
    # Half a demo is recognised, and made anew, next time.
    stamp.write_text(json.dumps({"unfinished": True}), encoding="utf-8")
    serving.set_up_django()
    from oppdrift.demo.build import build
    from oppdrift.toolbox.tables_at_once import make_tables

    with telling("Making the database"):
        make_tables()
    with telling(f"Filling in the reference year, as far as {stage}"):
        build(stage, size)
    stamp.write_text(json.dumps(wanted), encoding="utf-8")


def read_stamp(data: Path) -> dict[str, Any] | None:
    """Which demo the folder holds: None when it is empty. Anything else in it is not ours to remove."""
    if not data.exists() or not any(data.iterdir()):
        return None
    try:
        return json.loads((data / STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        raise Trouble(f"{data} holds something else than a demo. Choose another folder: --data DIR") from None


def digest_of_sources() -> str:
    """Changes when the demo's data or the tables do (each of which has its migration)."""
    digest = hashlib.sha256()
    package = serving.PACKAGE
    paths = [*package.glob("*/migrations/*.py"), *(package / "demo").rglob("*.py"), *(package / "demo").rglob("*.toml")]
    for path in sorted(paths):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def telling(what: str) -> Iterator[None]:
    started = time.monotonic()
    print(f"{what} …", end=" ", flush=True)
    yield
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def tell_who() -> None:
    """Who one can be; the first page has the same people, one click each."""
    from oppdrift.demo.build import people

    print("The first page lets you in, with one click, as:")
    for role, name in people():
        print(f"  {role}: {name}")
    print(flush=True)


@contextmanager
def mails_being_sent() -> Iterator[None]:
    """The sender of mails, as a thread of this process; in the demo mails become files."""
    from oppdrift.history import sending

    stop = threading.Event()
    thread = threading.Thread(target=sending.run, args=(stop,), name="mails", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(serving.SHUTDOWN_SECONDS)
