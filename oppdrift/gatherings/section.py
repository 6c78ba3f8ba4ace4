"""What `gatherings/_notes.html` shows of an idea to one reader. The record of an idea asks here too."""

from typing import Any

from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person

from .forms import NoteForm
from .models import Note


def notes_about(idea: Idea, person: Person) -> dict[str, Any]:
    """Notes that the reader sees, and a form for one of their own. The reader sees the idea already."""
    return {
        "idea": idea,
        "notes": list(Note.objects.seen_by(person).about(idea)),
        "may_write_note": bool(Note.can_write(idea)),
        "note_form": NoteForm(person=person),
    }
