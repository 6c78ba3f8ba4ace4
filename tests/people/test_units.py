"""The organisation changes and remembers what it was."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from oppdrift.people.models import Unit
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import today
from tests.factories import make_person, make_unit

pytestmark = pytest.mark.django_db
YESTERDAY = dt.timedelta(days=-1)


def test_a_unit_is_found_by_the_name_it_has_and_the_one_it_had():
    boss, unit = make_person(), make_unit("Hjemmetjenesten øst")

    unit.rename("Hjemmetjenesten nord", by=boss)

    assert Unit.objects.named("hjemmetjenesten NORD") == unit
    assert Unit.objects.named("Hjemmetjenesten øst") == unit
    assert unit.former_names == ["Hjemmetjenesten øst"]
    assert Unit.objects.named("Hjemmetjenesten") is None


def test_a_unit_that_is_called_so_goes_before_one_that_was():
    boss, old = make_person(), make_unit("Lia skole")
    old.rename("Lia barneskole", by=boss)
    new = make_unit("Lia skole")

    assert Unit.objects.named("lia skole") == new


def test_a_unit_that_exists_goes_before_a_closed_one_of_the_same_name():
    closed = make_unit("Lia skole", valid_until=today() + YESTERDAY)
    current = make_unit("Lia skole")

    assert Unit.objects.named("Lia skole") == current
    assert list(Unit.objects.current()) == [current]
    assert closed.is_closed


def test_two_units_in_one_place_cannot_have_one_name():
    boss, area = make_person(), make_unit("Oppvekst")
    Unit.objects.add("Lia skole", by=boss, parent=area)

    with pytest.raises(NotNow, match="of this name here already"):
        Unit.objects.add("LIA SKOLE", by=boss, parent=area)
    with pytest.raises(NotNow, match="of this name here already"):
        make_unit("Moen skole", parent=area).rename("Lia skole", by=boss)
    Unit.objects.add("Lia skole", by=boss, parent=make_unit("Teknisk"))


def test_correcting_only_the_spelling_is_no_clash_with_itself():
    boss, unit = make_person(), make_unit("lia skole")

    unit.rename("Lia skole", by=boss)

    assert unit.name == "Lia skole"


def test_a_unit_cannot_be_moved_under_itself():
    boss, area = make_person(), make_unit("Oppvekst")
    school = make_unit("Lia skole", parent=area)
    group = make_unit("SFO", parent=school)

    with pytest.raises(NotNow, match="part of itself"):
        area.move(group, by=boss)
    with pytest.raises(NotNow, match="part of itself"):
        area.move(area, by=boss)
    group.move(area, by=boss)
    assert group.parent == area


def test_a_merged_unit_gives_its_people_and_parts_to_the_successor_and_stays_readable():
    boss, area = make_person(), make_unit("Oppvekst")
    old, new = make_unit("Lia skole", parent=area), make_unit("Fjord skole", parent=area)
    teacher, group = make_person(unit=old), make_unit("SFO", parent=old)

    old.merge_into(new, by=boss)

    teacher.refresh_from_db(), group.refresh_from_db(), old.refresh_from_db()
    assert (teacher.unit, group.parent, old.successor) == (new, new, new)
    assert old.valid_until == today()
    assert Unit.objects.named("Lia skole") == old


def test_a_unit_cannot_become_part_of_itself_or_of_a_closed_one():
    boss, unit = make_person(), make_unit()
    part, closed = make_unit(parent=unit), make_unit("Borte", valid_until=today() + YESTERDAY)

    for wrong in (unit, part, closed):
        with pytest.raises(NotNow):
            unit.merge_into(wrong, by=boss)

    unit.refresh_from_db()
    assert unit.valid_until is None


def test_a_unit_with_units_under_it_is_closed_after_them():
    boss, unit = make_person(), make_unit()
    part = make_unit(parent=unit)

    with pytest.raises(NotNow, match="Move or close the units"):
        unit.close(today(), by=boss)
    part.close(today() + YESTERDAY, by=boss)
    unit.close(today(), by=boss)

    assert unit.valid_until == today()


def test_a_unit_exists_on_its_last_day():
    boss, unit = make_person(), make_unit()

    unit.close(today(), by=boss)

    assert unit in Unit.objects.current()
    assert unit not in Unit.objects.current(today() - YESTERDAY)


def test_a_unit_closed_by_mistake_can_be_opened():
    boss, unit = make_person(), make_unit()
    unit.close(today() + YESTERDAY, by=boss)

    unit.reopen(by=boss)

    assert unit in Unit.objects.current()
    with pytest.raises(NotNow):
        unit.reopen(by=boss)


def test_the_last_day_comes_after_the_first():
    unit = make_unit(valid_from=today())

    with pytest.raises(NotNow, match="cannot come before"):
        unit.close(today() + YESTERDAY, by=make_person())


@pytest.mark.db_rules
def test_the_database_refuses_a_unit_that_ends_before_it_began_and_one_that_follows_itself():
    unit = make_unit(valid_from=today())

    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(valid_until=today() + YESTERDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(successor=unit)
