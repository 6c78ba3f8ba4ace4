"""Changed questions and criteria, looked over before they are in force: this room sees whom they concern."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.applications import editions
from oppdrift.applications.models import Application
from oppdrift.rounds.forms import WhyForm
from oppdrift.rounds.models import Round
from oppdrift.rounds.policies import may_edit
from oppdrift.toolbox.answers import permit

STATES = Application.State


def revise(request, pk):
    """GET shows a correction or a new edition, and whom it concerns; POST puts it in force."""
    found = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_edit(request.user, found))
    if not (proposal := found.proposal):
        return redirect("rounds:edit", pk)
    differences = proposal.differences()
    is_new_edition = any(each.weighty for each in differences)
    form = WhyForm(request.POST or None) if is_new_edition else None
    if request.method == "POST" and (form is None or form.is_valid()):
        _put_in_force(request, proposal, form.cleaned_data["why"] if form else "")
        return redirect("rounds:edit", pk)
    applications = Application.objects.in_round(found)
    surroundings = {
        "round": found,
        "form": form,
        "differences": differences,
        "is_new_edition": is_new_edition,
        "drafts": applications.filter(state=STATES.DRAFT).count(),
        "handed_in": applications.handed_in().count(),
        "possible": proposal.can_put_in_force(why="-"),
    }
    return render(request, "front/revise.html", surroundings)


@transaction.atomic
def _put_in_force(request, proposal, why: str) -> None:
    edition = proposal.put_in_force(by=request.user, why=why)
    if edition != proposal:
        messages.success(request, _("The texts are corrected."))
        return
    told = editions.tell_those_who_handed_in(edition, by=request.user)
    letters = ngettext(
        "%(n)d letter waits for you in the outbox.", "%(n)d letters wait for you in the outbox.", told
    ) % {"n": told}
    words = _("Edition %(number)s is in force.") % {"number": edition.number}
    messages.success(request, f"{words} {letters}" if told else words)
