"""Rounds as everybody reads them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Subquery
from django.shortcuts import get_object_or_404, render

from oppdrift.rounds.models import Criterion, Edition, Milestone, Question, Round, Stage
from oppdrift.rounds.policies import may_begin, may_copy, may_edit
from oppdrift.toolbox.addresses import reverse

PER_PAGE = 50


@login_not_required  # what the programme offers is for everybody who wonders whether to apply
def rounds(request):
    page = Paginator(Round.objects.seen_by(request.user), PER_PAGE).get_page(request.GET.get("page"))
    alive = [each for each in page if not each.closed_at]
    coming = Milestone.objects.next_of(alive)
    surroundings = {
        "page": page,
        "alive": [(each, coming.get(each.pk)) for each in alive],
        "earlier": [each for each in page if each.closed_at],
        "may_begin": may_begin(request.user),
        "import_page": settings.IMPORT_PAGE,
    }
    return render(request, "rounds/rounds.html", surroundings)


@login_not_required  # the dates and the money of a published round are public
def round(request, pk):
    found = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    surroundings = {
        "round": found,
        "lead": found.lead_in_charge(),
        "ideas_url": f"{reverse(settings.IDEAS_PAGE)}?round={found.pk}",
        "stages": [stage.label for stage in Stage if found.uses(stage)],
        "dates": found.dates(),
        "may_edit": may_edit(request.user, found),
        "may_copy": may_copy(request.user, found),
    }
    return render(request, "rounds/round.html", surroundings)


@login_not_required  # a call that people must sign in to read reaches nobody new
def call(request, pk):
    found = get_object_or_404(Round.objects.seen_by(request.user).with_lead(), pk=pk)
    newest = Subquery(Edition.objects.filter(round=found).order_by("-number").values("pk")[:1])
    criteria = list(Criterion.objects.filter(edition=newest))
    surroundings = {
        "round": found,
        "lead": {"name": found.lead_name, "email": found.lead_email} if found.lead_name else None,
        "questions": Question.objects.filter(edition=newest),
        "criteria": criteria if found.uses(Stage.ASSESSING) else [],
        "weight_in_all": sum(each.weight for each in criteria),
        "dates": found.dates(),
        "may_edit": may_edit(request.user, found),
        "apply_page": settings.APPLY_PAGE,
    }
    return render(request, "rounds/call.html", surroundings)
