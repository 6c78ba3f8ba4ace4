"""Putting a backup in place: looked through first, then all of it or nothing."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext as _

from oppdrift import __version__
from oppdrift.toolbox.planning import learn_how_many_rows

from .shape import (
    FORMAT,
    KEY,
    MADE_BY_MIGRATING,
    MANIFEST,
    BadArchive,
    fields_of,
    go_on_from,
    member_of,
    migrations_known,
    migrations_made,
    not_up_to_date,
    row_of,
    tables,
)  # fmt: skip

BLOCK = 1024 * 1024  # bytes
CHUNK = 200  # rows
LARGEST_MANIFEST = 50 * 1024 * 1024  # bytes


def restore(path: Path, *, force: bool = False) -> list[str]:
    """Put the backup in place of an empty installation, or with `force` of what is there.

    Raises BadArchive with a sentence; then everything is as it was. Returns what there is to say about it.
    """
    with opened(Path(path)) as archive:
        manifest = looked_through(archive)
        prepare_tables()
        if not force and (found := what_is_there()):
            words = _("There is data here already (%(what)s). Add --force to put the backup in its place.")
            raise BadArchive(words % {"what": found})
        with unpacked_files(archive, manifest) as fresh, transaction.atomic():
            replace_rows(archive, manifest)
            put_in_place(fresh)
        learn_how_many_rows()
        ContentType.objects.clear_cache()
        key_line = restore_key(archive, manifest)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    words = _("%(rows)s rows and %(files)s files from %(when)s are in place.")
    lines = [
        words % {"rows": rows, "files": len(manifest["files"]), "when": manifest["made_at"][:16].replace("T", " ")}
    ]
    return [*lines, *key_line]


def damaged() -> BadArchive:
    return BadArchive(_("The backup is damaged, and nothing was changed. Choose another one."))


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise BadArchive(_("%(path)s is no backup.") % {"path": path}) from None
    with archive:
        try:
            yield archive
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise damaged() from None


# Looking it through, before anything is touched


def looked_through(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest, once everything it promises has been found and counted."""
    manifest = read_manifest(archive)
    promised = {MANIFEST}
    try:
        for model in tables():
            about = manifest["tables"][model._meta.label_lower]
            promised.add(member_of(model))
            check(archive, member_of(model), about["sha256"], lines=about["rows"])
            int(about["last"])
        for name, about in manifest["files"].items():
            if not is_inside(name):
                raise damaged()
            promised.add(f"files/{name}")
            check(archive, f"files/{name}", about["sha256"], size=about["size"])
        if "key" in manifest:
            promised.add(KEY)
            check(archive, KEY, manifest["key"])
    except (KeyError, TypeError, AttributeError) as error:
        raise damaged() from error
    if set(archive.namelist()) != promised:
        raise damaged()
    return manifest


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise damaged()
        manifest = json.loads(archive.read(MANIFEST))
        kind, version, made = manifest["format"], str(manifest["version"]), set(manifest["migrations"])
        str(manifest["made_at"])
    except KeyError:
        raise BadArchive(_("%(path)s is no backup.") % {"path": archive.filename}) from None
    except (ValueError, TypeError) as error:
        raise damaged() from error
    if kind != FORMAT or made != migrations_known():
        raise BadArchive(
            _("The backup was made by another version (%(theirs)s; this is %(ours)s). Restore it with that version.")
            % {"theirs": version, "ours": __version__}
        )
    return manifest


def check(archive: zipfile.ZipFile, name: str, sha256: str, lines: int | None = None, size: int | None = None) -> None:
    digest, counted, length = hashlib.sha256(), 0, 0
    with archive.open(name) as member:
        while block := member.read(BLOCK):
            digest.update(block)
            counted += block.count(b"\n")
            length += len(block)
    if digest.hexdigest() != sha256 or lines not in (None, counted) or size not in (None, length):
        raise damaged()


def is_inside(name: str) -> bool:
    """A name that leads out of the folder is nobody's file."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


# The installation it is put into


def prepare_tables() -> None:
    """A new database gets its tables; one of another version is not touched."""
    if not set(connection.introspection.table_names()) & {model._meta.db_table for model in tables()}:
        call_command("migrate", interactive=False, verbosity=0)
    if migrations_made("default") != migrations_known():
        raise BadArchive(not_up_to_date())


def what_is_there() -> str:
    """The first thing that somebody has put into this installation; "" when it is new."""
    for model in tables():
        if model._meta.label_lower not in MADE_BY_MIGRATING and (count := model._base_manager.count()):
            return f"{model._meta.label}: {count}"
    return ""


# Files


@contextmanager
def unpacked_files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[Path]:
    """The files in a folder beside the real one; what is not put in place is removed."""
    place = Path(settings.MEDIA_ROOT)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".restoring-", dir=place.parent))
    before = fresh.with_name(f"{fresh.name}-before")
    try:
        for name in manifest["files"]:
            target = fresh / "files" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(f"files/{name}") as member, open(target, "wb") as file:
                shutil.copyfileobj(member, file, BLOCK)
        (fresh / "files").mkdir(exist_ok=True)
        yield fresh
    except BaseException:
        if before.exists():  # put in place already, and then the database refused
            shutil.rmtree(place, ignore_errors=True)
            before.rename(place)
        raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


def put_in_place(fresh: Path) -> None:
    """The new folder for the old one, which is kept until the database has said yes."""
    place = Path(settings.MEDIA_ROOT)
    place.mkdir(parents=True, exist_ok=True)
    place.rename(fresh.with_name(f"{fresh.name}-before"))
    (fresh / "files").rename(place)


def restore_key(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> list[str]:
    """The secret key beside the data, where the backup has it."""
    if "key" not in manifest:
        return []
    path = Path(settings.DATA) / "secret-key"
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(archive.read(KEY))
    os.replace(name, path)
    return [_("The secret key is in place too, and is used from the next start unless SECRET_KEY is set.")]


# Rows


def replace_rows(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """All rows of all tables, within the transaction that is open."""
    try:
        with connection.cursor() as cursor:
            for table in [*(model._meta.db_table for model in tables()), Session._meta.db_table]:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        for model in tables():
            put_rows(archive, model)
        connection.check_constraints()  # keys that point at other rows are looked at last, so the order does not matter
    except (DatabaseError, ValueError) as error:
        raise BadArchive(
            _("The rows of the backup do not fit together, and nothing was changed. Choose another one.")
        ) from error
    for model in tables():
        go_on_from(model, int(manifest["tables"][model._meta.label_lower]["last"]), "default")


def put_rows(archive: zipfile.ZipFile, model: type[models.Model]) -> None:
    fields = fields_of(model)
    waiting: list[models.Model] = []
    with archive.open(member_of(model)) as member:
        for line in member:
            waiting.append(row_of(model, fields, line))
            if len(waiting) >= CHUNK:
                insert(model, fields, waiting)
                waiting = []
    insert(model, fields, waiting)


def insert(model: type[models.Model], fields: list[models.Field], rows: list[models.Model]) -> None:
    """As they are, key and all: no `save`, no default, nothing that counts or stamps anew."""
    at_once = connection.ops.bulk_batch_size(fields, rows) if rows else 1
    for start in range(0, len(rows), at_once):
        model._base_manager._insert(rows[start : start + at_once], fields=fields, using="default", raw=True)  # type: ignore[attr-defined]
