"""What a backup looks like: which tables, and how a row becomes a line and a row again."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

FORMAT = 1
MANIFEST = "manifest.json"
KEY = "secret-key"
# Sessions say only which browsers are signed in; whoever restores should not sign everybody in again.
LEFT_OUT = {"sessions.session"}
# What a new installation holds before anybody has used it.
MADE_BY_MIGRATING = {"contenttypes.contenttype", "auth.permission"}


class BadArchive(ValueError):
    """The backup cannot be put in place. Its text is a sentence for the reader."""


def tables() -> list[type[models.Model]]:
    """Every table of the program and of what it is built on, by name."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def member_of(model: type[models.Model]) -> str:
    return f"rows/{model._meta.label_lower}.jsonl"


def fields_of(model: type[models.Model]) -> list[models.Field]:
    return list(model._meta.local_concrete_fields)


def migrations_known() -> set[str]:
    """The changes of tables that this version knows."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def migrations_made(using: str) -> set[str]:
    """Those of them that have been made in the database."""
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return {f"{app}.{name}" for app, name in applied} & migrations_known()


def not_up_to_date() -> str:
    return _("The database here is not up to date. Run first: oppdrift manage migrate")


# Rows as lines


def line_of(row: models.Model, fields: list[models.Field]) -> bytes:
    values = {field.attname: plain(field, getattr(row, field.attname)) for field in fields}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def plain(field: models.Field, value: Any) -> Any:
    """A value that JSON can hold, the same from every database."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.FileField):
        return value.name
    if isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def row_of(model: type[models.Model], fields: list[models.Field], line: bytes) -> models.Model:
    """The row as it was, not saved. Raises ValueError for a line that does not fit the table."""
    values = json.loads(line)
    if not isinstance(values, dict) or set(values) != {field.attname for field in fields}:
        raise ValueError(f"a row of {model._meta.label} has other columns")
    made = model()
    for field in fields:
        value = values[field.attname]
        if not isinstance(field, models.JSONField | models.FileField):
            value = field.to_python(value)
        setattr(made, field.attname, value)
    return made


def file_names(row: models.Model, fields: list[models.Field]) -> Iterator[str]:
    """Names of the private files that a row points at."""
    for field in fields:
        if isinstance(field, models.FileField) and (name := getattr(row, field.attname).name):
            yield name


# Numbers that have been given


def last_number(model: type[models.Model], using: str) -> int:
    """The highest key ever given, also to rows that are gone, so that none is given twice."""
    connection, key = connections[using], model._meta.auto_field
    if key is None:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{model._meta.db_table}"', key.column])
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {cursor.fetchone()[0]}")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def go_on_from(model: type[models.Model], number: int, using: str) -> None:
    """Let the next new row get the number after this one."""
    connection, key = connections[using], model._meta.auto_field
    if key is None:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                [f'"{table}"', key.column, max(number, 1), number > 0],
            )
