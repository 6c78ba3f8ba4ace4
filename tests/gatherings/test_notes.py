"""Advice that lands on ideas."""

import pytest

from oppdrift.gatherings.models import Note
from oppdrift.gatherings.policies import may_erase_note, may_write_note
from oppdrift.history.models import Event
from oppdrift.toolbox.answers import NotNow
from tests.factories import disqualify, give_part, make_gathering, make_idea, make_person, make_round

pytestmark = pytest.mark.django_db


def test_a_note_reaches_the_team_and_the_lead_and_stays_with_its_writer():
    lead, colleague, other, assessor = make_person(), make_person(), make_person(), make_person()
    idea = make_idea(round=make_round(lead=lead))
    give_part(idea, assessor, "assessor")

    note = Note.write(idea, "Snakk med Elvebo, de har prøvd.", by=colleague)

    readers = {"team": idea.created_by, "lead": lead, "writer": colleague, "other": other, "assessor": assessor}
    assert {name for name, who in readers.items() if note in Note.objects.seen_by(who)} == {"team", "lead", "writer"}
    assert Event.objects.get().data == {}


def test_a_disqualified_lead_does_not_read_notes():
    lead = make_person()
    idea = make_idea(round=make_round(lead=lead))
    disqualify(idea, lead)

    Note.write(idea, "Godt poeng.", by=make_person())

    assert not Note.objects.seen_by(lead).exists()


def test_an_idea_kept_to_the_team_takes_no_notes_from_outside():
    idea, colleague = make_idea(shared=False), make_person()

    assert not may_write_note(colleague, idea)
    assert may_write_note(idea.created_by, idea)


def test_an_empty_note_and_one_from_a_gathering_to_come_are_refused():
    idea, colleague = make_idea(), make_person()

    with pytest.raises(NotNow, match="Write something"):
        Note.write(idea, "  ", by=colleague)
    with pytest.raises(NotNow, match="not begun"):
        Note.write(idea, "Hei", by=colleague, gathering=make_gathering())


def test_a_note_is_erased_by_its_writer_only():
    writer, team = make_person(), make_person()
    note = Note.write(make_idea(team=[team]), "Feil sted", by=writer)

    assert not may_erase_note(team, note)
    assert may_erase_note(writer, note)

    note.erase(by=writer)
    assert not Note.objects.exists()
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == ["note.written", "note.erased"]
