"""Making a backup while people go on working."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift import __version__
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now

from .shape import (
    FORMAT,
    KEY,
    MANIFEST,
    fields_of,
    file_names,
    last_number,
    line_of,
    member_of,
    migrations_known,
    migrations_made,
    not_up_to_date,
    tables,
)  # fmt: skip

SNAPSHOT = "snapshot"  # a connection of its own, which sees one moment
CHUNK = 500  # rows
BLOCK = 1024 * 1024  # bytes
ATTEMPTS = 3


class FileGone(Exception):
    """A file was erased, with its row, after the moment that the snapshot shows: the next one does without it."""


def backup(path: Path, *, with_key: bool = False) -> list[str]:
    """Write everything to `path`, in one piece or not at all. Returns what there is to say about it.

    The secret key is left out unless asked for: with it, whoever finds the file can sign in as anybody.
    """
    path = Path(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.resolve().parent)  # only for our own user to read
    os.close(handle)
    unfinished = Path(name)
    try:
        manifest = written(unfinished, with_key)
        with open(unfinished, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return told(path, manifest)


def told(path: Path, manifest: dict[str, Any]) -> list[str]:
    rows, files = sum(table["rows"] for table in manifest["tables"].values()), len(manifest["files"])
    lines = [
        _("%(path)s holds %(rows)s rows and %(files)s files. It holds personal data: guard it.")
        % {"path": path, "rows": rows, "files": files}
    ]
    if count := len(manifest["missing"]):
        words = ngettext(
            "%(n)s file that the database knows is not on the disk, and so not in the backup.",
            "%(n)s files that the database knows are not on the disk, and so not in the backup.",
            count,
        )
        lines.append(words % {"n": count})
    return lines


def written(path: Path, with_key: bool) -> dict[str, Any]:
    for _attempt in range(ATTEMPTS):
        try:
            with snapshot(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                return fill(archive, with_key)
        except FileGone:
            continue
    raise NotNow(_("Files are being erased while the backup is made. Try again."))


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database, which nobody who writes has to wait for."""
    connection = connections.create_connection("default")
    connections[SNAPSHOT] = connection
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("BEGIN")
                cursor.execute("SELECT count(*) FROM sqlite_master")  # the moment begins with the first look
            else:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
    finally:
        connection.close()
        del connections[SNAPSHOT]


def fill(archive: zipfile.ZipFile, with_key: bool) -> dict[str, Any]:
    if migrations_made(SNAPSHOT) != migrations_known():
        raise NotNow(not_up_to_date())
    files: set[str] = set()
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "version": __version__,
        "made_at": now().isoformat(),
        "database": connections[SNAPSHOT].vendor,
        "migrations": sorted(migrations_known()),
        "tables": {model._meta.label_lower: put_table(archive, model, files) for model in tables()},
        "files": {},
        "missing": [],
    }
    for name in sorted(files):
        about = put_file(archive, f"files/{name}", Path(settings.MEDIA_ROOT) / name)
        if about:
            manifest["files"][name] = about
        elif still_known(name):
            manifest["missing"].append(name)
        else:
            raise FileGone
    if with_key:
        archive.writestr(KEY, settings.SECRET_KEY)
        manifest["key"] = hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    return manifest


def put_table(archive: zipfile.ZipFile, model: Any, files: set[str]) -> dict[str, Any]:
    """One row a line, by key; only a chunk of rows is in memory at a time."""
    fields, digest, count = fields_of(model), hashlib.sha256(), 0
    rows = model._base_manager.using(SNAPSHOT).order_by("pk").iterator(chunk_size=CHUNK)
    with archive.open(member_of(model), "w", force_zip64=True) as member:
        for row in rows:
            line = line_of(row, fields)
            member.write(line)
            digest.update(line)
            count += 1
            files.update(file_names(row, fields))
    return {"rows": count, "sha256": digest.hexdigest(), "last": last_number(model, SNAPSHOT)}


def put_file(archive: zipfile.ZipFile, member_name: str, path: Path) -> dict[str, Any] | None:
    digest, size = hashlib.sha256(), 0
    try:
        source = open(path, "rb")  # noqa: SIM115  # a file that is gone must leave no empty member behind
    except FileNotFoundError:
        return None
    with source, archive.open(member_name, "w", force_zip64=True) as member:
        while block := source.read(BLOCK):
            member.write(block)
            digest.update(block)
            size += len(block)
    return {"size": size, "sha256": digest.hexdigest()}


def still_known(name: str) -> bool:
    """Does the database, as it is now, still know this file?"""
    for model in tables():
        for field in fields_of(model):
            if field.get_internal_type() == "FileField" and model._base_manager.filter(**{field.name: name}).exists():
                return True
    return False
