"""The programme of a conference: put together, moved, published as a copy."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from oppdrift.history.models import File
from oppdrift.sharing.models import Conference, Release, Slot
from oppdrift.toolbox.answers import NotNow
from tests.factories import make_gathering, make_person
from tests.scenes import starts_from
from tests.sharing.making import make_conference, make_project, pdf

pytestmark = [pytest.mark.django_db, starts_from(make_conference)]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def conference(scene):
    return scene


@pytest.fixture
def lead(conference):
    return conference.round.lead_in_charge()


def times(conference):
    start = conference.appointment.starts_at
    return [(slot.title, (slot.starts_at - start) // MINUTE) for slot in conference.slots.in_order() if slot.starts_at]


def in_a_row(conference, lead, **lengths):
    start = conference.appointment.starts_at
    for title, minutes in lengths.items():
        Slot.add(conference, title=title, starts_at=start, minutes=minutes, by=lead)
        start += minutes * MINUTE


def test_only_a_conference_has_a_programme():
    workshop = make_gathering()

    with pytest.raises(NotNow, match="Only a conference"):
        Conference.begin(workshop, by=make_person())


def test_presentations_are_due_a_week_before_unless_said(conference):
    assert conference.appointment.starts_at - conference.due_at == dt.timedelta(days=7)


def test_every_project_of_the_round_gets_a_talk_once(conference, lead):
    for title in ("Åpen dør", "Ett besøk"):
        make_project(round=conference.round, title=title)
    make_project(title="En annen runde")
    Slot.add(conference, title="Åpning", starts_at=conference.appointment.starts_at, minutes=15, by=lead)

    assert Slot.add_projects(conference, minutes=10, by=lead) == 2
    assert Slot.add_projects(conference, minutes=10, by=lead) == 0

    assert times(conference) == [("Åpning", 0), ("Ett besøk", 15), ("Åpen dør", 25)]


@pytest.mark.db_rules
def test_a_project_has_one_talk_at_a_conference(conference, lead):
    idea = make_project(round=conference.round)
    Slot.add(conference, title="En gang", idea=idea, by=lead)

    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.add(conference, title="To ganger", idea=idea, by=lead)


def test_neighbours_change_places_and_take_the_same_time_together(conference, lead):
    in_a_row(conference, lead, A=20, B=30, C=10)

    Slot.objects.get(title="B").swap(earlier=True, by=lead)
    assert times(conference) == [("B", 0), ("A", 30), ("C", 50)]

    Slot.objects.get(title="B").swap(earlier=False, by=lead)
    assert times(conference) == [("A", 0), ("B", 20), ("C", 50)]


def test_the_first_cannot_come_earlier(conference, lead):
    in_a_row(conference, lead, A=20, B=30)

    Slot.objects.get(title="A").swap(earlier=True, by=lead)

    assert times(conference) == [("A", 0), ("B", 20)]


def test_a_room_that_is_used_cannot_be_taken_away(conference, lead):
    conference.plan(due_at=conference.due_at, halls=["Storsalen", "Lillesalen"], by=lead)
    small = conference.halls.last()
    Slot.add(conference, title="A", hall=small, starts_at=conference.appointment.starts_at, by=lead)

    with pytest.raises(NotNow, match="Move it first"):
        conference.plan(due_at=conference.due_at, halls=["Storsalen"], by=lead)

    conference.plan(due_at=conference.due_at, halls=["Storsalen", "Biblioteket"], by=lead)
    small.refresh_from_db()
    assert small.name == "Biblioteket"


@pytest.mark.parametrize(
    ("halls", "where"),
    [
        (["Lillesalen", "Storsalen"], "Storsalen"),  # in another order
        (["Foajeen", "Storsalen", "Lillesalen"], "Storsalen"),  # one more before it
        (["Storsalen"], "Storsalen"),
        (["Lillesalen", "Aulaen"], "Aulaen"),  # it is called something else now
    ],
)
def test_a_talk_stays_in_its_room_however_the_rooms_are_listed(conference, lead, halls, where):
    conference.plan(due_at=conference.due_at, halls=["Storsalen", "Lillesalen"], by=lead)
    talk = Slot.add(conference, title="A", hall=conference.halls.get(name="Storsalen"), by=lead)

    conference.plan(due_at=conference.due_at, halls=halls, by=lead)

    talk.refresh_from_db()
    assert talk.hall.name == where
    assert [hall.name for hall in conference.halls.all()] == halls


def test_the_room_of_a_talk_is_not_taken_away_though_it_stands_first(conference, lead):
    conference.plan(due_at=conference.due_at, halls=["Storsalen", "Lillesalen"], by=lead)
    Slot.add(conference, title="A", hall=conference.halls.get(name="Storsalen"), by=lead)

    with pytest.raises(NotNow, match="Move it first"):
        conference.plan(due_at=conference.due_at, halls=["Lillesalen"], by=lead)


def test_what_is_published_is_a_copy_without_names(conference, lead):
    idea = make_project(round=conference.round, title="Ett besøk")
    slot = Slot.add(conference, title="Ett besøk", idea=idea, starts_at=conference.appointment.starts_at, by=lead)
    slot.name_speaker(name="Hanne Brekke", by=lead)

    first = Release.make(conference, by=lead)
    slot.change(by=lead, title="Ett besøk holder")

    assert [row["title"] for row in first.rows] == ["Ett besøk"]
    assert "Hanne" not in str(first.rows)
    assert Release.make(conference, by=lead).number == 2


def test_nothing_new_is_not_published_again(conference, lead):
    in_a_row(conference, lead, A=20)
    Release.make(conference, by=lead)

    with pytest.raises(NotNow, match="Nothing is changed"):
        Release.make(conference, by=lead)


def test_an_empty_programme_is_not_published(conference, lead):
    with pytest.raises(NotNow, match="has a time"):
        Release.make(conference, by=lead)


def test_slides_are_a_pdf_and_the_new_ones_take_the_place_of_the_old(conference, lead):
    slot = Slot.add(conference, title="Ett besøk", idea=make_project(round=conference.round), by=lead)

    slot.put_slides(pdf(), by=lead)
    slot.put_slides(pdf("nye.pdf"), by=lead)

    assert File.objects.get().name == "nye.pdf"
    with pytest.raises(ValidationError, match="as a PDF"):
        slot.put_slides(SimpleUploadedFile("a.txt", b"ord"), by=lead)


def test_a_talk_that_is_taken_out_takes_its_slides_along(conference, lead):
    slot = Slot.add(conference, title="Ett besøk", idea=make_project(round=conference.round), by=lead)
    slot.put_slides(pdf(), by=lead)

    slot.remove(by=lead)

    assert not File.objects.exists()
    assert not Slot.objects.exists()


def test_nothing_is_changed_when_it_is_over(time_machine, conference, lead):
    in_a_row(conference, lead, A=20)

    time_machine.move_to(conference.appointment.ends_at + MINUTE)

    with pytest.raises(NotNow, match="over"):
        Slot.add(conference, title="B", by=lead)
