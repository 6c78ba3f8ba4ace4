"""Private files, each fetched through the eyes of whoever asks."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppdrift.archive.models import Batch
from oppdrift.archive.policies import may_bring_in
from oppdrift.gatherings.models import Gathering
from oppdrift.gatherings.policies import runs
from oppdrift.history.forms import AccessForm
from oppdrift.history.models import File
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, permit
from oppdrift.toolbox.filekinds import PDF


def may_read_file(person: Person, file: File) -> bool:
    """Whoever sees the thing that the file belongs to, by that room's own `seen_by`; of an import, who read it in."""
    thing = file.thing
    if thing is None:
        return False
    if isinstance(thing, Batch):
        return person.runs_programme or thing.read_by_id == person.pk
    seen_by = getattr(type(thing)._default_manager, "seen_by", None)
    return bool(seen_by and seen_by(person).filter(pk=thing.pk).exists())


def may_classify(person: Person, file: File) -> Answer:
    """Who answers for the thing it belongs to. What is published for everybody is open by that."""
    thing = file.thing
    if isinstance(thing, Batch):
        return may_bring_in(person)
    if isinstance(thing, Gathering):
        return runs(person, thing.round) or No(_("Only those who run the round change the access status."))
    return No(_("The access status of this file is not changed."))


def access(request, pk):
    """Open, partly or exempt; by which law, when it is not open."""
    found = get_object_or_404(File, pk=pk)
    if not may_read_file(request.user, found):
        raise Http404
    permit(may_classify(request.user, found))

    thing: Any = found.thing  # whose page `may_classify` knows
    form = AccessForm(request.POST or None, initial={"access": found.access, "legal_basis": found.legal_basis})
    if request.method == "POST" and form.is_valid():
        found.classify(**form.status, by=request.user)

        messages.success(request, _("The access status is saved."))
        return redirect(thing)
    context = {"file": found, "form": form, "back": thing.get_absolute_url(), "thing": thing}
    return render(request, "front/file_access.html", context, status=422 if form.errors else 200)


@require_safe
def file(request, pk):
    """The contents, as what they are and nothing else. A file that is not for the reader does not exist."""
    found = get_object_or_404(File, pk=pk)
    if not may_read_file(request.user, found):
        raise Http404
    try:
        content = found.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    shown = found.is_picture or found.media_type == PDF.media_type
    media_type = f"{found.media_type}; charset=utf-8" if found.media_type.startswith("text/") else found.media_type
    response = FileResponse(content, as_attachment=not shown, filename=found.name, content_type=media_type)
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return response
