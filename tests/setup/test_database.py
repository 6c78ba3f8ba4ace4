"""The tests run on the database that was asked for, with the settings that keep data safe."""

import os

import pytest
from django.conf import settings
from django.db import connection

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
