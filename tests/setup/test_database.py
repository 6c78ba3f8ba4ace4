"""The tests run on the database that was asked for, with the settings that keep data safe."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

pytestmark = [pytest.mark.db_rules, pytest.mark.django_db]


def test_the_database_is_the_one_that_was_asked_for():
    asked_for = os.environ.get("OPPDRIFT_TEST_DB", "sqlite")

    assert connection.vendor == asked_for


def test_a_write_takes_its_lock_at_once():
    if connection.vendor == "sqlite":
        assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


def test_norwegian_letters_survive_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["Blåbærsyltetøy på «Åsen»"])
        (answer,) = cursor.fetchone()

    assert answer == "Blåbærsyltetøy på «Åsen»"


def tables_of(alias: str) -> dict[str, Any]:
    """Each table of ours: its columns, and its constraints and indexes with their conditions, as the database itself
    tells them. On SQLite some of these have no name, and are numbered in the order of the columns."""
    rooms = [app.label for app in apps.get_app_configs() if app.name.startswith("oppdrift.")]
    ours = {model._meta.db_table for room in rooms for model in apps.get_app_config(room).get_models()}
    introspection, found = connections[alias].introspection, {}
    with connections[alias].cursor() as cursor:
        for table in ours:
            columns = {column.name: column[1:] for column in introspection.get_table_description(cursor, table)}
            rules = introspection.get_constraints(cursor, table).items()
            numbered = [("" if name.startswith(("fk_", "__unnamed")) else name, str(rule)) for name, rule in rules]
            cursor.execute(WORDED[connection.vendor], {"table": table})
            worded = sorted(part for (sql,) in cursor.fetchall() for part in parts_of(sql))
            found[table] = columns, sorted(numbered), worded
    return found


# What introspection leaves out: the conditions of indexes and of constraints.
WORDED = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE tbl_name = %(table)s AND sql IS NOT NULL",
    "postgresql": """
        SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %(table)s::regclass
        UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %(table)s::regclass
    """,
}


def parts_of(sql: str) -> list[str]:
    """The statement cut at its outer commas, since columns may come in another order."""
    depth, parts = 0, [""]
    for sign in sql[sql.index("(") + 1 : sql.rindex(")")] if sql.startswith("CREATE TABLE") else sql:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


@pytest.fixture
def migrated(tmp_path: Path, django_db_blocker) -> Iterator[str]:
    """The alias of another database, made by the migrations from the first to the last."""
    alias, name = "migrated", str(tmp_path / "migrated.sqlite3")
    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_migrated"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connections.databases[alias] = {**connection.settings_dict, "NAME": name}
    try:
        with django_db_blocker.unblock():
            call_command("migrate", database=alias, verbosity=0)
            yield alias
    finally:
        connections[alias].close()
        del connections[alias], connections.databases[alias]
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')


def test_the_migrations_make_the_tables_that_the_models_describe(migrated: str):
    assert tables_of(migrated) == tables_of("default")
