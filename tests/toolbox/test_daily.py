"""What the worker does once a day."""

import threading

import pytest

from oppdrift.toolbox import daily

pytestmark = pytest.mark.django_db


def test_a_deed_that_fails_stops_no_other(caplog):
    stop, done = threading.Event(), []

    def breaks():
        raise RuntimeError("no")

    def works():
        done.append("worked")
        stop.set()
        return {"benefits": 2}

    daily.run(stop, breaks, works)

    assert done == ["worked"]
    assert "breaks failed; tried again tomorrow" in caplog.text
    assert "works: {'benefits': 2}" in caplog.text
