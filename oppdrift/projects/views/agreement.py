"""The agreement: read, write, lay before those who agree, say yes, begin the next version."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.projects import drafting
from oppdrift.projects.agreement import document_of, parts_of
from oppdrift.projects.models import Agreement, Signature
from oppdrift.projects.policies import (
    may_propose,
    may_revise,
    may_sign,
    may_take_back,
    may_take_part,
    may_write_agreement,
    roles_to_sign,
)
from oppdrift.projects.writing import AgreementForm, Page
from oppdrift.toolbox.answers import NotNow, permit

from . import writing
from .finding import about, find


def find_agreement(request, pk: int, number: int) -> Agreement:
    found = find(request, pk)
    agreement = get_object_or_404(found.agreements.select_related("made_by"), number=number)
    agreement.project = found
    return agreement


@require_safe
def newest(request, pk):
    """Wherever the agreement stands now: what is open, else what holds."""
    found = find(request, pk)
    agreement = found.agreements.open().first() or get_object_or_404(found.agreements.agreed())
    return redirect(agreement)


@require_safe
def agreement(request, pk, number):
    found = find_agreement(request, pk, number)
    project, person = found.project, request.user
    signed = {row.as_what: row for row in found.signatures.select_related("person")}
    mine = roles_to_sign(person, project)
    asked = project.asked_to_agree()
    context = about(
        project,
        agreement=found,
        parts=parts_of(found),
        lines=[
            {"as_what": kind, "name": kind.label, "signature": signed.get(kind), "asked": asked[kind.value],
             "mine": kind in mine and bool(found.can_sign(kind))}
            for kind in Signature.As
        ],
        missing=len(Signature.As) - len(signed),
        versions=list(project.agreements.order_by("-number")),
        may_write=may_write_agreement(person, found),
        may_propose=may_propose(person, found),
        may_take_back=may_take_back(person, found),
        may_revise=may_revise(person, found),
    )  # fmt: skip
    return render(request, "projects/agreement.html", context)


@require_safe
def document(request, pk, number):
    """The same words on paper, made as they stand now: they are kept here, the document is not."""
    found = find_agreement(request, pk, number)
    answer = HttpResponse(document_of(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="avtale-{pk}-{number}.pdf"'
    return answer


def page_of(request, found: Agreement, sent: QueryDict | None = None) -> Page:
    form = AgreementForm(sent, instance=Agreement.objects.get(pk=found.pk))
    return Page(found, form, request.user, sent)


def write(request, pk, number):
    """All of it on one page, with where each part comes from beside it."""
    found = find_agreement(request, pk, number)
    permit(may_write_agreement(request.user, found))

    page = page_of(request, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and page.form.is_valid():
        if held := page.save(request.POST):
            return writing.two_wrote(request, page, held)
        messages.success(request, _("The draft is saved."))
        return redirect(found)
    sources, fields = drafting.sources(found.project), page.fields
    parts = [([fields[each] for each in [name, *with_it]], sources.get(name, [])) for name, with_it in ORDER]
    return render(request, "projects/agreement_write.html", writing.shown(page, agreement=found, parts=parts))


@require_POST
def save(request, pk, number):
    found = find_agreement(request, pk, number)
    permit(may_take_part(request.user, found.project))
    return writing.save(request, page_of(request, found))


@require_POST
def settle(request, pk, number, beside):
    found = find_agreement(request, pk, number)
    permit(may_write_agreement(request.user, found))
    return writing.settle(request, page_of(request, found), beside)


ORDER = [
    ("team_does", ["team_due"]), ("leader_gives", ["leader_hours", "leader_due"]),
    ("programme_gives", ["guidance_hours", "programme_due"]), ("benefits", []), ("spread", []),
]  # fmt: skip


@require_POST
def propose(request, pk, number):
    found = find_agreement(request, pk, number)
    permit(may_take_part(request.user, found.project))

    found.propose(by=request.user)

    messages.success(request, _("The agreement stands still now. Those who agree to it have got a letter."))
    return redirect(found)


@require_POST
def take_back(request, pk, number):
    found = find_agreement(request, pk, number)
    permit(may_take_part(request.user, found.project))

    found.take_back(by=request.user)

    messages.success(request, _("You can write on."))
    return redirect(found)


@require_POST
def sign(request, pk, number):
    """A yes to the wording that was read."""
    found = find_agreement(request, pk, number)
    as_what, read = request.POST.get("as_what", ""), request.POST.get("read", "")
    permit(may_sign(request.user, found.project, as_what))

    try:
        found.sign(as_what, by=request.user, read=read)
    except NotNow as refusal:
        messages.error(request, str(refusal))
    else:
        all_have = found.is_agreed
        messages.success(
            request, _("Everybody has agreed. It holds from today.") if all_have else _("Your yes is noted.")
        )
    return redirect(found)


@require_POST
def revise(request, pk, number):
    found = find_agreement(request, pk, number)
    permit(may_take_part(request.user, found.project))

    made = found.revise(by=request.user)

    messages.success(request, _("This is the next version. What was agreed holds until everybody has agreed to it."))
    return redirect("projects:write_agreement", made.project_id, made.number)
