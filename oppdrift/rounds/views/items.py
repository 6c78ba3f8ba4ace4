"""Questions and criteria: listed, added, changed, moved, removed. The two have the same pages."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.rounds.forms import CriterionForm, QuestionForm
from oppdrift.rounds.models import Criterion, Edition, Question, Round
from oppdrift.toolbox.addresses import reverse

from .finding import round_to_change, round_to_edit


@dataclass(frozen=True)
class Kind:
    model: type[Criterion] | type[Question]
    form: type[CriterionForm] | type[QuestionForm]
    template: str


KINDS = {
    "questions": Kind(Question, QuestionForm, "question"),
    "criteria": Kind(Criterion, CriterionForm, "criterion"),
}


def shown_edition(round: Round) -> Edition:
    """What the lead looks at: their proposal while there is one."""
    return round.proposal or round.edition


def items(request, pk, what):
    found = round_to_edit(request, pk)
    edition = shown_edition(found)
    rows = list(edition.items(KINDS[what].model))
    surroundings = {
        "round": found,
        "what": what,
        "rows": rows,
        "weight_in_all": sum(getattr(row, "weight", 0) for row in rows),
        "proposal": edition if edition.is_proposal else None,
        "changes": len(edition.differences()) if edition.is_proposal else 0,
        "review_url": reverse(settings.REVIEW_PAGE, args=[pk]),
    }
    return render(request, f"rounds/{what}.html", surroundings)


def add(request, pk, what):
    return _item(request, round_to_change(request, pk), what, None)


def item(request, pk, what, key):
    found = round_to_change(request, pk)
    row = shown_edition(found).items(KINDS[what].model).filter(key=key).first()
    if not row:
        raise Http404
    return _item(request, found, what, row)


def _item(request, round: Round, what: str, row: Any):
    kind = KINDS[what]
    form = kind.form(request.POST or None, instance=row, edition=shown_edition(round))
    if request.method == "POST" and form.is_valid():
        edition = round.edition_to_edit(by=request.user)
        edition.put(kind.model, row.key if row else "", by=request.user, **form.fields_of_item())
        _say(request, edition, _("Saved."))
        return redirect("rounds:items", round.pk, what)
    return render(request, f"rounds/{kind.template}.html", {"round": round, "what": what, "form": form, "row": row})


@require_POST
def move(request, pk, what, key):
    found = round_to_edit(request, pk)
    edition = found.edition_to_edit(by=request.user)
    if not edition.items(KINDS[what].model).filter(key=key).exists():
        raise Http404
    edition.move(KINDS[what].model, key, up="up" in request.POST, by=request.user)
    return redirect(f"{reverse('rounds:items', args=[pk, what])}#{key}")


@require_POST
def remove(request, pk, what, key):
    found = round_to_edit(request, pk)
    edition = found.edition_to_edit(by=request.user)
    if not edition.items(KINDS[what].model).filter(key=key).exists():
        raise Http404
    edition.remove(KINDS[what].model, key, by=request.user)
    _say(request, edition, _("It is removed."))
    return redirect("rounds:items", pk, what)


@require_POST
def drop(request, pk):
    found = round_to_edit(request, pk)
    if proposal := found.proposal:
        proposal.discard(by=request.user)
        messages.success(request, _("Your changes are dropped. The questions and criteria are as they were."))
    return redirect("rounds:edit", pk)


def _say(request, edition: Edition, words: str) -> None:
    if edition.is_proposal:
        words = f"{words} {_('It is not in force before you have looked over the changes.')}"
    messages.success(request, words)
