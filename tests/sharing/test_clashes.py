"""What cannot go on at once, and what is different between two programmes."""

import datetime as dt

import pytest

from oppdrift.sharing.changes import changes
from oppdrift.sharing.clashes import clashes
from oppdrift.sharing.models import Release, Slot
from tests.factories import make_person
from tests.scenes import starts_from
from tests.sharing.making import make_conference, make_project

MINUTE = dt.timedelta(minutes=1)


def make_with_halls():
    made = make_conference(hours=4)
    made.plan(due_at=made.due_at, halls=["Storsalen", "Lillesalen"], by=lead_of(made))
    return made


pytestmark = [pytest.mark.django_db, starts_from(make_with_halls)]


@pytest.fixture
def conference(scene):
    return scene


def lead_of(conference):
    return conference.round.lead_in_charge()


def put(conference, title, after, minutes=20, hall=None, **fields):
    place = conference.halls.get(name=hall) if hall else None
    starts_at = conference.appointment.starts_at + after * MINUTE
    return Slot.add(
        conference, title=title, starts_at=starts_at, minutes=minutes, hall=place, by=lead_of(conference), **fields
    )


def found(conference):
    slots = conference.slots.select_related("hall").prefetch_related("speakers")
    titles = dict(conference.slots.values_list("pk", "title"))
    return {titles[key]: words for key, words in clashes(conference, slots).items()}


def test_what_follows_in_one_room_or_goes_on_in_two_does_not_clash(conference):
    put(conference, "A", 0, hall="Storsalen")
    put(conference, "B", 20, hall="Storsalen")
    put(conference, "C", 0, hall="Lillesalen")

    assert found(conference) == {}


def test_two_at_once_in_one_room_clash(conference):
    put(conference, "A", 0, hall="Storsalen")
    put(conference, "B", 19, hall="Storsalen")

    assert found(conference) == {
        "A": ["In Storsalen at the same time as «B»"],
        "B": ["In Storsalen at the same time as «A»"],
    }


def test_what_is_for_everybody_clashes_with_everything(conference):
    put(conference, "Lunsj", 0, minutes=45)
    put(conference, "A", 30, hall="Storsalen")

    assert found(conference)["A"] == ["At the same time as «Lunsj»"]


def test_nobody_speaks_in_two_rooms_at_once(conference):
    hanne = make_person("Hanne Brekke")
    for title, hall in (("A", "Storsalen"), ("B", "Lillesalen")):
        put(conference, title, 0, hall=hall).name_speaker(person=hanne, by=lead_of(conference))

    assert found(conference)["A"] == ["Hanne Brekke speaks in «B» at the same time"]


def test_a_name_is_the_same_in_any_spelling(conference):
    for title, hall, name in (("A", "Storsalen", "Åse  Berg"), ("B", "Lillesalen", "åse berg")):
        put(conference, title, 0, hall=hall).name_speaker(name=name, by=lead_of(conference))

    assert "A" in found(conference)


def test_what_lies_outside_the_day_is_pointed_out(conference):
    put(conference, "Tidlig", -30)
    put(conference, "Sent", 230)

    assert found(conference) == {
        "Tidlig": ["Before the conference begins"],
        "Sent": ["After the conference ends"],
    }


# Changes


def test_changes_are_named_slot_by_slot(conference):
    lead = lead_of(conference)
    moved = put(conference, "Flyttet", 0, hall="Storsalen")
    put(conference, "Som før", 40)
    gone = put(conference, "Borte", 60)
    before = Release.make(conference, by=lead)

    moved.change(by=lead, starts_at=moved.starts_at + 20 * MINUTE, hall=conference.halls.get(name="Lillesalen"))
    gone.remove(by=lead)
    put(conference, "Ny", 80)
    after = Release.make(conference, by=lead)

    said = {change.title: change.kinds for change in changes(before.rows, after.rows)}
    assert said == {"Flyttet": ("time", "hall"), "Ny": ("new",), "Borte": ("gone",)}
    words = {change.title: change.words for change in changes(before.rows, after.rows)}
    assert words["Flyttet"].startswith("Moved from ")
    assert words["Flyttet"].endswith(", now in Lillesalen")
    assert words["Borte"].startswith("Taken out")


def test_a_new_title_tells_the_old_one(conference):
    lead = lead_of(conference)
    slot = put(conference, "Ett besøk", 0, idea=make_project(round=conference.round))
    before = Release.make(conference, by=lead)

    slot.change(by=lead, title="Ett besøk holder", abstract="Fire spørsmål.")
    after = Release.make(conference, by=lead)

    [change] = changes(before.rows, after.rows)
    assert change.words == "Was called «Ett besøk», has a new text"
