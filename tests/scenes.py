"""Scenes that many tests start from: built once for the tests of a file, and what each of them does is undone."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens to the database within, has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def starts_from(make: Callable[..., Any], *names: Any, **fields: Any) -> pytest.MarkDecorator:
    """A mark for tests that begin with what `make` makes, which they get as `scene`; on a test, or on a file.

    Whoever shares a mark shares what was built: conftest.py puts them behind each other, and behind the tests of their
    file that make everything themselves.
    """
    return pytest.mark.starts_from.with_args(partial(make, *names, **fields))


def give_scene(metafunc: pytest.Metafunc) -> None:
    """What the test starts from, as the parameter of the fixture that builds it."""
    mark = metafunc.definition.get_closest_marker("starts_from")
    if mark and "standing_scene" in metafunc.fixturenames:
        make = mark.args[0]
        metafunc.parametrize("standing_scene", [pytest.param(make, id=make.func.__name__)], indirect=True)


@pytest.fixture(scope="module")
def standing_scene(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    with django_db_blocker.unblock(), translation.override("en"), undone():
        yield request.param()


@pytest.fixture
def scene(standing_scene: Any, db: None) -> Any:
    """The scene as it was built: each test has rows of its own to change. It cannot be seen from another connection."""
    return copy.deepcopy(standing_scene)


def order_of(item: pytest.Item) -> int:
    """Tests with the same scene have the same number, in the order of the file; those without any have 0."""
    callspec = getattr(item, "callspec", None)
    scene = callspec and callspec.params.get("standing_scene")
    return numbers.setdefault(id(scene), len(numbers) + 1) if scene else 0


numbers: dict[int, int] = {}
