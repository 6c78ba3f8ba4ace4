"""The round in the hands of its programme lead: begun, filled in, published, closed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.history.models import Event
from oppdrift.rounds.events import SENTENCES
from oppdrift.rounds.forms import BeginForm, PlanForm, TextForm
from oppdrift.rounds.models import Role, Round, Stage
from oppdrift.rounds.policies import may_begin, may_copy
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import permit

from .finding import round_to_change, round_to_edit

FEW = 20


def begin(request):
    permit(may_begin(request.user))
    form = BeginForm(request.POST or None, initial={"year": BeginForm.next_year()})
    if request.method == "POST" and form.is_valid():
        made = Round.begin(by=request.user, **form.cleaned_data)
        messages.success(request, _("The round is a draft with the usual questions and criteria. Look it over."))
        return redirect("rounds:edit", made.pk)
    earlier = Round.objects.seen_by(request.user)[:5]
    return render(request, "rounds/begin.html", {"form": form, "earlier": earlier})


def edit(request, pk):
    found = round_to_edit(request, pk)
    edition = found.edition
    roles = list(found.roles.in_force().values_list("kind", flat=True))
    surroundings = {
        "round": found,
        "stages": [stage.label for stage in Stage if found.uses(stage)],
        "milestones": found.milestones.count(),
        "questions": edition.questions.count(),
        "criteria": edition.criteria.count(),
        "people": len(roles),
        "lacks_substitute": found.uses(Stage.ASSESSING) and Role.Kind.SUBSTITUTE not in roles and not found.closed_at,
        "missing": [] if found.published_at else found.missing_to_publish(),
        "can_close": found.can_close(),
        "proposal": found.proposal,
        "review_url": reverse(settings.REVIEW_PAGE, args=[pk]),
        "may_copy": may_copy(request.user, found),
        "prizes_url": reverse(settings.PRIZES_PAGE, args=[pk]) if found.uses(Stage.CONFERENCE) else "",
        "events": history_of(found),
    }
    return render(request, "rounds/edit.html", surroundings)


def history_of(round: Round) -> list[dict[str, Any]]:
    """What was done to the round itself, newest first."""
    events = Event.objects.about(round).filter(verb__in=SENTENCES).select_related("by")[:FEW]
    return [
        {
            "at": event.at,
            "words": SENTENCES[event.verb] % {**event.data, "by": event.by.name if event.by else _("The program")},
        }
        for event in events
    ]


def text(request, pk):
    found = round_to_change(request, pk)
    form = TextForm(request.POST or None, instance=found)
    looks = request.method == "POST" and "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not looks:
        return _save(request, found, form)
    preview = form["call_text"].value() if looks else None
    return render(request, "rounds/text.html", {"round": Round.objects.get(pk=pk), "form": form, "preview": preview})


def plan(request, pk):
    found = round_to_change(request, pk)
    form = PlanForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return _save(request, found, form)
    return render(request, "rounds/plan.html", {"round": Round.objects.get(pk=pk), "form": form})


def _save(request: HttpRequest, round: Round, form) -> HttpResponse:
    round.change(by=request.user, **form.written())  # type: ignore[arg-type]
    messages.success(request, _("Saved."))
    return redirect("rounds:edit", round.pk)


@require_POST
def publish(request, pk):
    found = round_to_edit(request, pk)
    found.publish(by=request.user)
    messages.success(request, _("The round is published. Everybody can read the call now."))
    return redirect("rounds:edit", pk)


@require_POST
def close(request, pk):
    found = round_to_edit(request, pk)
    found.close(by=request.user)
    messages.success(request, _("The round is closed. It can still be read."))
    return redirect("rounds:edit", pk)


@require_POST
def reopen(request, pk):
    found = round_to_edit(request, pk)
    found.reopen(by=request.user)
    messages.success(request, _("The round is alive again."))
    return redirect("rounds:edit", pk)
