"""What the pages of reports and agreements share while they are written: a part saved as one types, and a choice
between two texts."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from oppdrift.projects.models import SidePassage
from oppdrift.projects.writing import Page
from oppdrift.toolbox import dates
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.writing import number

from .finding import about


def shown(page: Page, **more: Any) -> dict[str, Any]:
    """What the page of writing needs besides its own."""
    return about(page.thing.project, page=page, form=page.form, window=secrets.token_urlsafe(12), **more)


def two_wrote(request, page: Page, held: str) -> HttpResponse:
    messages.warning(request, _("Somebody else wrote at the same time. Both texts are kept; choose below."))
    return redirect(f"{page.url('write')}#{held}")


def save(request, page: Page) -> JsonResponse:
    """One part, while it is written in. Answers in JSON: what is saved and when, or why not."""
    part = request.POST.get("question", "")
    if part not in page.form.fields:
        raise Http404
    try:
        text = page.form.read(part, request.POST.get("text", ""))
        based_on, window = number(request.POST.get("revision")), request.POST.get("window", "")[:24]
        saved = page.thing.write_part(part, text, by=request.user, based_on=based_on, window=window)
    except ValidationError as unreadable:
        return JsonResponse({"refused": " ".join(unreadable.messages)}, status=409)
    except NotNow as refusal:
        return JsonResponse({"refused": str(refusal)}, status=409)
    answer = {"revision": saved.written.revision, "saved": dates.clock_time(saved.written.saved_at)}
    if saved.beside:
        two = page.two(saved.beside, saved.written)
        answer["beside"] = render_to_string("pieces/two_wrote.html", {"two": two, "id": f"id_{part}"}, request)
    return JsonResponse(answer)


def settle(request, page: Page, pk: int) -> HttpResponse:
    """Choose between two texts, or put them together."""
    rows = SidePassage.objects.open().filter(passage__in=page.thing.passages.all())
    beside = get_object_or_404(rows.select_related("passage"), pk=pk)
    passage = beside.passage
    chosen = page.two(beside, passage).chosen(request.POST.get("keep", ""), request.POST.get("both", ""))
    try:
        text = page.form.read(passage.part, chosen)
    except ValidationError as unreadable:
        messages.error(request, " ".join(unreadable.messages))
        return redirect(f"{page.url('write')}#id_{passage.part}")
    saved = page.thing.settle(beside, text, based_on=number(request.POST.get("revision")), by=request.user)
    if saved.beside:
        messages.warning(request, _("The text was changed once more. Look at both again."))
    else:
        messages.success(request, _("The text is saved. The other one is set aside, not erased."))
    return redirect(f"{page.url('write')}#id_{passage.part}")
