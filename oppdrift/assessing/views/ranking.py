"""The applications of a round beside each other, for who leads it; and the same as a file."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import permit
from oppdrift.toolbox.tables.out import xlsx_response

from ..forms_shortlist import SortForm
from ..policies import led_round, may_run
from ..ranking import HEADERS, Ranking

ROWS = 50


def find_ranking(request, pk):
    if not (round := led_round(request.user, pk)):
        round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
        permit(may_run(request.user, round))
    return Ranking(round, request.user, request.GET.get("sort", ""))


def ranking(request, pk):
    found = find_ranking(request, pk)
    paginator = Paginator(found.rows, ROWS)
    paginator.count = found.totals["all"]  # known already
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "round": found.round,
        "ranking": found,
        "page": page,
        "lines": [found.line(application) for application in page],
        "form": SortForm(initial={"sort": found.sort}),
        "hidden_rows": range(found.hidden.barred if not page.has_next() else 0),
    }
    return render(request, "assessing/ranking.html", context)


def export(request, pk):
    found = find_ranking(request, pk)
    name = f"{slugify(found.round.name) or 'round'}-{found.round.year}-{slugify(_('ranking'))}.xlsx"
    return xlsx_response(name, _("Ranking"), HEADERS, found.table())
