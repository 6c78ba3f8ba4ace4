"""Notes on ideas."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.gatherings.forms import NoteForm
from oppdrift.gatherings.models import Note
from oppdrift.gatherings.policies import may_erase_note, may_write_note
from oppdrift.gatherings.section import notes_about
from oppdrift.ideas.models import Idea
from oppdrift.toolbox.answers import permit


def notes(request, idea):
    """Read the notes on an idea, and leave one."""
    idea = get_object_or_404(Idea.objects.seen_by(request.user), pk=idea)
    form = NoteForm(request.POST or None, person=request.user)
    if request.method == "POST":
        permit(may_write_note(request.user, idea))
        if form.is_valid():
            Note.write(idea, form.cleaned_data["text"], by=request.user, gathering=form.cleaned_data["gathering"])

            messages.success(request, _("Your note is with the team."))
            return redirect(idea)
    return render(request, "gatherings/notes.html", {**notes_about(idea, request.user), "note_form": form})


@require_POST
def erase(request, pk):
    note = get_object_or_404(Note.objects.seen_by(request.user).select_related("idea"), pk=pk)
    permit(may_erase_note(request.user, note))

    note.erase(by=request.user)

    messages.success(request, _("Your note is erased."))
    return redirect(note.idea)
