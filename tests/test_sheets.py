"""A page loads the style sheets that what stands on it needs; seldom needed ones are not in every head."""

import pytest

from tests.doors import DOORS
from tests.house import House, Walker, house, standing_house  # noqa: F401
from tests.test_words import READERS

NEEDS = {
    "taps.css": ['class="taps', 'class="steps', "unclear-toggle"],
    "split.css": ['class="split'],
    "assessing.css": ['class="split-form'],
    "declarations.css": ['class="rows declarations'],
    "matrix.css": ['class="ds-table matrix', "words-given"],
    "decision-room.css": ['class="room-lines'],
    "outcome.css": ['class="outcome"'],
    "waiting.css": ['class="wall waiting'],
    "year.css": ['class="year-line"', 'class="buoy"'],
}

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


@pytest.mark.parametrize("reader", READERS)
def test_every_page_loads_the_style_of_what_it_shows(house: House, reader: str):  # noqa: F811
    walker, bare, needed = Walker(house.who(reader)), [], set()
    for door in DOORS:
        if door.look == "-":
            continue
        page = walker.visit(door.address(house, house.main)).body.decode(errors="replace")
        for sheet, signs in NEEDS.items():
            if any(sign in page for sign in signs):
                needed.add(sheet)
                if f"oppdrift/{sheet}" not in page:
                    bare.append(f"{door.name}: {sheet}")

    assert bare == []
    assert needed, "no page of this reader shows anything of these; the signs above are out of date"
