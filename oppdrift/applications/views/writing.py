"""Writing: the form section by section, saved as one types, and two texts side by side."""

import secrets

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.ideas.models import Idea
from oppdrift.ideas.policies import Stand, stand
from oppdrift.people.models import Person
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import NotAllowed, NotNow, permit
from oppdrift.toolbox.models import is_among
from oppdrift.toolbox.once import remember
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.writing import number, print_of

from ..forms import RenameForm
from ..models import Application, SideText
from ..policies import in_team, may_write
from ..section import asked_of, surrounding
from ..sections import Form, two_texts


def find(request, pk) -> Application:
    """The application, among those this person may know of."""
    if not (found := _seen.first(request.user, pk)):
        raise Http404
    remember(stand, request.user, found.idea_id, answer=Stand(found.leads, found.is_cleared, found.judges))
    return found


@prepared
def _seen(person: Person, pk: int) -> QuerySet:
    """With what the person is to its idea."""
    seen = Application.objects.seen_by(person).filter(pk=pk)
    return seen.select_related("idea__unit", "round", "edition").annotate(
        leads=is_among(Idea.objects.led_by(person), "idea"),
        is_cleared=is_among(Idea.objects.cleared_for(person), "idea"),
        judges=is_among(Idea.objects.judged_by(person), "idea"),
    )


def write(request, pk, section=1):
    application = find(request, pk)
    permit(may_write(request.user, application))
    form = Form(application, request.user)
    if not 1 <= section <= len(form.sections):
        raise Http404
    shown = form.sections[section - 1]

    if request.method == "POST":
        held = save_section(request, application, shown)
        if held:
            messages.warning(request, _("Somebody else wrote at the same time. Both texts are kept; choose below."))
            return redirect(reverse("applications:write", args=[pk, section]) + f"#{held}")
        return redirect(where_next(request.POST.get("go", ""), application, section))

    return render(
        request,
        "applications/write.html",
        {
            "application": application,
            "form": form,
            "section": shown,
            "before": form.sections[section - 2] if section > 1 else None,
            "after": form.sections[section] if section < len(form.sections) else None,
            "unclear": asked_of(application, request.user),
            "window": secrets.token_urlsafe(12),
            **surrounding(application, request.user),
        },
    )


def save_section(request, application: Application, section) -> str:
    """Save each text that was touched. Returns the id of the first field where two wrote at once, or ""."""
    window, held = request.POST.get("window", "")[:24], ""
    for each in section.fields:
        key = each.question.key
        text = request.POST.get(f"text-{key}")
        if text is None or print_of(text) == request.POST.get(f"was-{key}"):
            continue
        based_on = number(request.POST.get(f"revision-{key}"))
        saved = application.write(key, text, by=request.user, based_on=based_on, window=window)
        if saved.beside and not held:
            held = each.id
    return held


def where_next(go: str, application: Application, section: int) -> str:
    if go == "look":
        return application.get_absolute_url()
    step = {"next": 1, "previous": -1}.get(go, 0)
    return reverse("applications:write", args=[application.pk, section + step])


@require_POST
def save(request, pk):
    """One field, while it is written in. Answers in JSON: what is saved and when, or why not."""
    application = find(request, pk)
    key = request.POST.get("question", "")
    try:
        permit(may_write(request.user, application))
        saved = application.write(
            key,
            request.POST.get("text", ""),
            by=request.user,
            based_on=number(request.POST.get("revision")),
            window=request.POST.get("window", "")[:24],
        )
    except (NotNow, NotAllowed) as refusal:
        status = 409 if in_team(request.user, application) else 403
        return JsonResponse({"refused": str(refusal)}, status=status)
    except KeyError as unknown:
        raise Http404 from unknown
    answer = {
        "revision": saved.written.revision,
        "saved": dates.clock_time(saved.written.saved_at),
        "begun": Form(application, request.user).begun_words,
    }
    if saved.beside:
        two = two_texts(saved.beside, saved.written, request.user)
        answer["beside"] = render_to_string("pieces/two_wrote.html", {"two": two, "id": f"q-{key}"}, request)
    return JsonResponse(answer)


@require_POST
def settle(request, pk, beside):
    """Choose between two texts, or put them together."""
    application = find(request, pk)
    permit(may_write(request.user, application))
    rows = SideText.objects.open().filter(answer__application=application).select_related("answer")
    text = get_object_or_404(rows, pk=beside)

    two = two_texts(text, text.answer, request.user)
    chosen = two.chosen(request.POST.get("keep", ""), request.POST.get("both", ""))
    saved = application.settle(text, chosen, based_on=number(request.POST.get("revision")), by=request.user)

    if saved.beside:
        messages.warning(request, _("The text was changed once more. Look at both again."))
    else:
        messages.success(request, _("The text is saved. The other one is set aside, not erased."))
    section = Form(application, request.user).section_of(text.answer.question)
    where = reverse("applications:write", args=[pk, section.number if section else 1])
    return redirect(f"{where}#q-{text.answer.question}")


def rename(request, pk):
    """Another name, another unit."""
    application = find(request, pk)
    permit(may_write(request.user, application))
    written = {"title": application.title, "unit": application.unit and application.unit.pk}
    form = RenameForm(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        application.rename(form.cleaned_data["title"], form.cleaned_data["unit"], by=request.user)

        if application.is_handed_in:
            messages.success(request, _("Saved. It is called so from the version on that you hand in next."))
        else:
            messages.success(request, _("The application has its new name."))
        return redirect("applications:write", pk)
    return render(request, "applications/rename.html", {"application": application, "form": form})
