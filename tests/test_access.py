"""Every door is tried by everybody: the table in `doors.py` says who gets in, and nobody else does."""

import logging
from collections.abc import Iterator

import pytest
from django.template.backends.django import Template
from django.urls import URLResolver, get_resolver

from tests.doors import DOORS, Door
from tests.house import ROLES, House, Walker, house, standing_house  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


def named(resolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield space + (pattern.name or str(pattern.pattern))


def test_every_address_has_its_row_and_every_row_its_address():
    rows, addresses = [door.name for door in DOORS], set(named(get_resolver()))

    assert addresses - set(rows) == set(), "no row says who may go there"
    assert set(rows) - addresses == set(), "no address has this name"
    assert len(rows) == len(set(rows))


@pytest.fixture(scope="module")
def walkers(standing_house, django_db_blocker) -> Iterator[dict[str, Walker]]:  # noqa: F811
    """Everybody, signed in once. Only doors are tried here, so pages stay blank; other tests read them."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(Template, "render", lambda *_args, **_kwargs: "")
        logging.disable(logging.WARNING)
        yield {role: Walker(standing_house.who(role)) for role in ROLES}
        logging.disable(logging.NOTSET)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_only_those_of_the_table_may_look(house: House, walkers, door: Door):  # noqa: F811
    visits = {role: walkers[role].visit(door.address(house, house.case_of(role))) for role in door.tried_by()}

    assert [role for role, visit in visits.items() if visit.let_in] == door.may_look()
    assert {role: visit.written for role, visit in visits.items() if visit.written} == {}, "looking changes nothing"


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_only_those_of_the_table_may_act(house: House, walkers, door: Door):  # noqa: F811
    visits = {
        role: walkers[role].visit(door.address(house, case), "post", data=door.data(house, case))
        for role in door.tried_by()
        for case in [house.case_of(role)]
    }

    assert [role for role, visit in visits.items() if visit.let_in] == door.may_act()
    assert {role for role, visit in visits.items() if visit.written and not visit.let_in} == set()
