"""The tables of a new database, without the way there."""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command


def make_tables() -> None:
    """In an empty database: the tables that the models describe, and every migration marked as done.

    Migrating takes some seven times as long, since each step draws the models of the whole house anew;
    `tests/setup/test_database.py` holds that both make the same tables.
    """
    asked_for = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = dict.fromkeys(app.label for app in apps.get_app_configs())
    try:
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    finally:
        settings.MIGRATION_MODULES = asked_for
    call_command("migrate", fake=True, interactive=False, verbosity=0)
