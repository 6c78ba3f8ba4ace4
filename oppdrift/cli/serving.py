"""What `serve` and `demo` share: a port, what must be in place, the server and the sender of mails."""

import errno
import hashlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from oppdrift.cli.trouble import Trouble

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess as Process

PACKAGE = Path(__file__).resolve().parent.parent
FETCHED = ["static/vendor/designsystemet.css", "static/vendor/htmx.js", "static/vendor/inter.woff2"]
SHUTDOWN_SECONDS = 3


def serve(host: str, port: int, workers: int = 1) -> int:
    if os.environ.get("OPPDRIFT_DEMO", "").lower() in ("1", "true", "on", "yes"):
        raise Trouble("OPPDRIFT_DEMO is set, and it lets anybody sign in as anybody. Unset it, or run: oppdrift demo")
    with listening(host, port) as listener:
        need_fetched_files()
        set_up_django()
        need_database_for(workers)
        need_migrated_database()
        collect_static()
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        print(f"Oppdrift answers at {address}. Mails are sent by: oppdrift worker. Ctrl-C stops.", flush=True)
        run_server(listener) if workers == 1 else run_servers(listener, workers)
    return 0


def work() -> int:
    set_up_django()
    need_migrated_database()
    from oppdrift.archive import keeping
    from oppdrift.benefits import reminders
    from oppdrift.history import sending
    from oppdrift.toolbox import daily

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    print(
        "Mails that are due are sent from here; reminders and keep-times have their turn daily. Ctrl-C stops.",
        flush=True,
    )
    deeds = (reminders.write_due, keeping.keep_times)
    threading.Thread(target=daily.run, args=(stop, *deeds), name="daily", daemon=True).start()
    sending.run(stop)
    return 0


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A place at this port from the first moment, so that nobody waits for a build and is then refused."""
    listener = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        if listener:
            listener.close()
        raise Trouble(why_not(host, port, error)) from None
    with listener:
        yield listener


def why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken. Stop what uses it, or choose another: --port {port + 1 if port < 65535 else 8001}"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"This user may not listen at port {port}. Choose one above 1023: --port 8000"
    return f"{host} is not an address of this machine: {error.strerror or error}."


def need_fetched_files() -> None:
    if all((PACKAGE / name).exists() for name in FETCHED):
        return
    raise Trouble(
        "The browser files are missing from this copy. In a clone, ./dev demo fetches them; the wheel has them."
    )


def set_up_django() -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Trouble(f"A setting is wrong: {error}") from None


def need_migrated_database() -> None:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise Trouble(f"The database does not answer: {str(error).strip().splitlines()[0]}") from None
    if waiting:
        raise Trouble(f"The database is not up to date ({len(waiting)} steps). Run first: oppdrift manage migrate")


def need_database_for(workers: int) -> None:
    from django.db import connection

    if workers > 1 and connection.vendor == "sqlite":
        raise Trouble("SQLite serves one process. Set DATABASE_URL to a PostgreSQL, or leave out --workers.")


def collect_static() -> None:
    """Name, compress and place the static files, when they have changed since last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".made-from"
    digest = hashlib.sha256()
    for path in sorted((PACKAGE / "static").rglob("*")):
        if path.is_file():
            about = path.stat()
            digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(digest.hexdigest())


def run_server(listener: socket.socket) -> None:
    import uvicorn

    from oppdrift.asgi import application
    from oppdrift.toolbox import live

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            live.hang_up()  # open streams would else be waited for; their browsers come back by themselves
            await super().shutdown(sockets)

    config = uvicorn.Config(
        application,
        lifespan="off",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        log_level=os.environ.get("LOG_LEVEL", "warning").lower(),
    )
    # It ends at Ctrl-C or a polite kill, once the requests under way are answered. Ctrl-C is told here, or not when the
    # loop has ended just before.
    with suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listener])
    print("\nStopped.", file=sys.stderr)


def run_servers(listener: socket.socket, number: int) -> None:
    """So many processes at one port. One that dies is replaced; all end together."""
    from multiprocessing import get_context
    from multiprocessing.connection import wait

    spawn, is_over = get_context("spawn"), threading.Event()

    def stop(*_: object) -> None:
        is_over.set()
        for process in processes:
            process.terminate()

    def start() -> "Process":
        process = spawn.Process(target=run_server, args=(listener,))
        process.start()
        return process

    processes = [start() for _ in range(number)]
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, stop)
    while not is_over.is_set():
        wait([process.sentinel for process in processes], timeout=1)
        if not is_over.is_set():
            processes = [process if process.is_alive() else start() for process in processes]
    for process in processes:
        process.join(SHUTDOWN_SECONDS + 2)
        process.kill()
