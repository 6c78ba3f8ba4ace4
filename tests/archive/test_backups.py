"""What is restored is the same, whatever the database; what cannot be restored changes nothing."""

import json
import os
import subprocess
import sys
import threading
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from oppdrift.archive.backups import BadArchive, backup, making, restore, restoring
from oppdrift.history.models import Event, File
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.people.models import Person
from tests.factories import make_application, make_gathering, make_idea, make_person, make_round

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db_rules]


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "data" / "files"
    settings.DATA = tmp_path / "data"
    return settings.MEDIA_ROOT


def fill() -> None:
    """A bit of everything that is hard to keep: æøå, moments, JSON, files, rows that point at each other."""
    lead = make_person("Åse Ærlig")
    round = make_round(lead=lead, name="Vår\u2028rund")
    application = make_application(round=round, submitted=True, title="Én «idé» på nynorsk")
    first = Decision.make(application.idea, "final", "declined", reason="Nei\nikke nå", by=lead)
    Decision.release([first], by=lead)
    Decision.make(application.idea, "final", "admitted", reason="Likevel", by=lead, amount=100_000)
    File.keep(SimpleUploadedFile("notat.txt", "Blåbær".encode()), make_gathering(round=round), by=lead)


def rows_in(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def objects_in(path: Path, table: str) -> list[dict]:
    return [json.loads(line) for line in rows_in(path)[f"rows/{table}.jsonl"].splitlines()]


def empty() -> None:
    """As new: what a flush leaves."""
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)


def rewritten(path: Path, change) -> Path:
    """A copy in which `change` has worked on the members, by name, with hashes that fit again where it says so."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    copy = path.with_name("changed.zip")
    with zipfile.ZipFile(copy, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return copy


def test_restored_is_the_same_row_for_row_and_file_for_file(tmp_path, media):
    fill()
    before = tmp_path / "before.zip"
    backup(before)
    empty()
    for path in media.rglob("*"):
        if path.is_file():
            path.unlink()

    restore(before)

    after = tmp_path / "after.zip"
    backup(after)
    assert rows_in(after) == rows_in(before)
    assert sum(len(rows) for name, rows in rows_in(after).items() if name.startswith("files/")) == len(
        "Blåbær".encode()
    )
    assert File.objects.get().content.read() == "Blåbær".encode()
    assert Decision.objects.in_force().get().replaces.outcome == "declined"


def test_an_archive_from_sqlite_fits_here(tmp_path):
    program = (
        "import django; django.setup()\n"
        "from oppdrift.toolbox.tables_at_once import make_tables; make_tables()\n"
        "from tests.archive.test_backups import fill; fill()\n"
        "from oppdrift.archive.backups import backup; backup('elsewhere.zip')\n"
    )
    environment = {**os.environ, "OPPDRIFT_DATA": str(tmp_path / "elsewhere"), "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    environment["DJANGO_SETTINGS_MODULE"] = "oppdrift.settings"
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True, timeout=120)

    restore(tmp_path / "elsewhere.zip", force=True)

    backup(tmp_path / "here.zip")
    assert rows_in(tmp_path / "here.zip") == rows_in(tmp_path / "elsewhere.zip")


def test_no_key_is_given_twice_after_a_restore(tmp_path):
    """Events of an idea that is gone must not become the history of a new one."""
    kept, gone = make_idea(), make_idea()
    number = gone.pk
    gone.parts.all().delete()
    gone.delete()
    backup(tmp_path / "a.zip")
    empty()

    restore(tmp_path / "a.zip")

    assert Idea.objects.get() == kept
    assert make_idea().pk == number + 1


def test_sessions_and_the_key_stay_behind(tmp_path, settings):
    session = SessionStore()
    session["a"] = 1
    session.save()

    backup(tmp_path / "a.zip")
    backup(tmp_path / "b.zip", with_key=True)

    assert "secret-key" not in rows_in(tmp_path / "a.zip")
    assert not any("sessions." in name for name in rows_in(tmp_path / "a.zip"))
    assert rows_in(tmp_path / "b.zip")["secret-key"].decode() == settings.SECRET_KEY
    restore(tmp_path / "b.zip", force=True)
    assert (settings.DATA / "secret-key").read_text() == settings.SECRET_KEY
    assert not Session.objects.exists()


def test_only_the_one_who_made_it_may_read_it(tmp_path):
    backup(tmp_path / "a.zip")

    assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.zip"]


# While people work


def test_a_backup_shows_one_moment_though_somebody_writes_meanwhile(tmp_path, monkeypatch):
    make_idea(title="Før")
    written: list[str] = []

    def put_table(archive, model, files, put=making.put_table):
        if model is Part and not written:  # ideas have been written out, parts not yet
            writer = threading.Thread(target=write_from_another_connection)
            writer.start()
            writer.join(20)
            written.append("an idea and its part")
        return put(archive, model, files)

    def write_from_another_connection():
        make_idea(title="Under")
        connection.close()

    monkeypatch.setattr(making, "put_table", put_table)

    backup(tmp_path / "a.zip")

    assert written
    assert Idea.objects.count() == 2
    assert [row["title"] for row in objects_in(tmp_path / "a.zip", "ideas.idea")] == ["Før"]
    assert len(objects_in(tmp_path / "a.zip", "ideas.part")) == 1


def test_a_file_that_is_erased_meanwhile_is_in_neither_rows_nor_files(tmp_path, monkeypatch):
    person = make_person()
    file = File.keep(SimpleUploadedFile("a.txt", b"borte"), make_gathering(), by=person)

    def put_file(archive, name, path, put=making.put_file):
        if File.objects.exists():
            file.erase(by=person)
        return put(archive, name, path)

    monkeypatch.setattr(making, "put_file", put_file)

    backup(tmp_path / "a.zip")

    assert objects_in(tmp_path / "a.zip", "history.file") == []
    restore(tmp_path / "a.zip", force=True)


def test_a_file_that_was_lost_before_is_told_and_does_not_stop_the_backup(tmp_path):
    file = File.keep(SimpleUploadedFile("a.txt", b"borte"), make_gathering(), by=make_person())
    Path(file.content.path).unlink()

    lines = backup(tmp_path / "a.zip")

    assert "1 file that the database knows is not on the disk" in lines[1]
    restore(tmp_path / "a.zip", force=True)


def test_memory_stays_flat(tmp_path):
    person = make_person()

    def peak() -> int:
        tracemalloc.start()
        backup(tmp_path / "a.zip")
        restore(tmp_path / "a.zip", force=True)
        return_value = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return return_value

    peak()
    few = peak()
    Idea.objects.bulk_create(
        Idea(title=f"Idé {n}", problem="p" * 2_000, search_key="p" * 2_000, created_by=person) for n in range(6_000)
    )

    assert peak() < few + 8 * 1024**2  # the rows alone are 24 MB


# What is refused


def test_an_installation_in_use_is_not_overwritten_by_accident(tmp_path):
    make_person("Den gamle")
    backup(tmp_path / "a.zip")
    newer = make_person("Den nye")

    with pytest.raises(BadArchive, match=r"There is data here already.*--force"):
        restore(tmp_path / "a.zip")
    assert Person.objects.filter(pk=newer.pk).exists()

    restore(tmp_path / "a.zip", force=True)
    assert not Person.objects.filter(pk=newer.pk).exists()


def of_another_version(members):
    manifest = json.loads(members["manifest.json"])
    members["manifest.json"] = json.dumps({**manifest, "version": "9.9", "migrations": ["ideas.0099_later"]}).encode()


def of_another_format(members):
    members["manifest.json"] = json.dumps(
        {**json.loads(members["manifest.json"]), "format": 2, "version": "9.9"}
    ).encode()


def with_a_row_changed(members):
    members["rows/people.person.jsonl"] = members["rows/people.person.jsonl"].replace(b"Person", b"Nosrep")


def with_a_table_gone(members):
    del members["rows/ideas.idea.jsonl"]


def with_a_stranger(members):
    members["rows/strange.jsonl"] = b"{}\n"


def with_a_way_out(members):
    manifest = json.loads(members["manifest.json"])
    manifest["files"]["../../out.txt"] = {"size": 0, "sha256": ""}
    members["manifest.json"] = json.dumps(manifest).encode()


def with_a_torn_manifest(members):
    members["manifest.json"] = members["manifest.json"][:-20]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (of_another_version, r"made by another version \(9.9; this is"),
        (of_another_format, r"made by another version \(9.9; this is"),
        (with_a_row_changed, "is damaged, and nothing was changed"),
        (with_a_table_gone, "is damaged, and nothing was changed"),
        (with_a_stranger, "is damaged, and nothing was changed"),
        (with_a_way_out, "is damaged, and nothing was changed"),
        (with_a_torn_manifest, "is damaged, and nothing was changed"),
        (lambda members: members.pop("manifest.json"), "is no backup"),
    ],
)
def test_an_archive_that_is_refused_changes_nothing(tmp_path, change, words):
    person = make_person()
    backup(tmp_path / "a.zip")
    archive = rewritten(tmp_path / "a.zip", change)

    with pytest.raises(BadArchive, match=words):
        restore(archive, force=True)

    assert Person.objects.get() == person
    assert not (tmp_path / "out.txt").exists()


def test_a_torn_archive_and_what_is_none(tmp_path):
    make_person()
    backup(tmp_path / "a.zip")
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "torn.zip").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "none.zip").write_bytes(b"hei")
    at = whole.index(b"rows/people.person.jsonl") + 60
    (tmp_path / "scratched.zip").write_bytes(whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :])

    for name, words in (("torn", "is no backup"), ("none", "is no backup"), ("scratched", "damaged")):
        with pytest.raises(BadArchive, match=words):
            restore(tmp_path / f"{name}.zip", force=True)
    assert Person.objects.count() == 1


def test_rows_that_do_not_fit_together_leave_everything_as_it_was(tmp_path, media):
    fill()
    backup(tmp_path / "a.zip")
    Path(media / "stays.txt").write_text("her")

    def without_people(members):
        import hashlib

        manifest = json.loads(members["manifest.json"])
        members["rows/people.person.jsonl"] = b""
        manifest["tables"]["people.person"].update(rows=0, sha256=hashlib.sha256(b"").hexdigest())
        members["manifest.json"] = json.dumps(manifest).encode()

    archive = rewritten(tmp_path / "a.zip", without_people)
    with pytest.raises(BadArchive, match="do not fit together"):
        restore(archive, force=True)

    assert Person.objects.filter(name="Åse Ærlig").exists()
    assert (media / "stays.txt").read_text() == "her"
    assert [path.name for path in media.parent.iterdir()] == ["files"]


def test_a_restore_that_fails_last_of_all_puts_the_files_back(tmp_path, media, monkeypatch):
    fill()
    backup(tmp_path / "a.zip")
    Path(media / "stays.txt").write_text("her")

    def put_in_place(fresh, put=restoring.put_in_place):
        put(fresh)
        raise OSError("no space left")

    monkeypatch.setattr(restoring, "put_in_place", put_in_place)
    with pytest.raises(OSError, match="no space"):
        restore(tmp_path / "a.zip", force=True)

    assert (media / "stays.txt").read_text() == "her"
    assert Event.objects.exists()
    assert [path.name for path in media.parent.iterdir()] == ["files"]


def test_a_backup_that_fails_leaves_no_half_one(tmp_path, monkeypatch):
    def put_table(*_anything):
        raise OSError("no space left")

    monkeypatch.setattr(making, "put_table", put_table)

    with pytest.raises(OSError, match="no space"):
        backup(tmp_path / "a.zip")

    assert [path for path in tmp_path.iterdir() if path.is_file()] == []
