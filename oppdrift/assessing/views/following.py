"""For the lead: who has done what, and a gentle word to those who have not; and what was said of one application."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Idea
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Criterion, Round
from oppdrift.toolbox.answers import permit
from oppdrift.toolbox.clock import is_past

from ..hidden import hidden_from
from ..models import Assessment, Declaration, Desk, Score
from ..policies import may_run, may_see_assessments
from ..policies_shortlist import leads_round
from ..queue import unread, workloads
from ..reminders import named, starts_at, to_remind
from ..reminders import remind as write_reminders
from .finding import declare_first


def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Assessors with what they have delivered and owe."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, round))
    people = workloads(round, request.user)
    led = Idea.objects.led_by(request.user).filter(round=round)
    without = Application.objects.in_round(round).handed_in().filter(unread(), idea__in=led)
    unsettled = Declaration.objects.unsettled().filter(idea__in=led).exclude(person=request.user)
    reminded = to_remind(round, people)
    assigned, missing = sum(one.assigned for one in people), sum(one.missing for one in people)
    context = {
        "round": round,
        "people": people,
        "assigned": assigned,
        "missing": missing,
        "done": assigned - missing,
        "behind": len(reminded),
        "behind_names": named(reminded),
        "reminders_from": starts_at(round) if missing and not reminded else None,
        "is_late": is_past(round.assess_by),
        "unsettled": unsettled.count(),
        "without": without.count(),
        "hidden": hidden_from(request.user, round),
        "leads": leads_round(request.user, round),
    }
    return render(request, "assessing/progress.html", context)


@require_POST
def remind(request: SignedInRequest, pk: int) -> HttpResponse:
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, round))

    written = write_reminders(round, by=request.user)

    if written:
        words = ngettext(
            "%(n)d reminder lies in the outbox. Read it and let it go.",
            "%(n)d reminders lie in the outbox. Read them and let them go.",
            len(written),
        )
        messages.success(request, words % {"n": len(written)})
    else:
        messages.info(request, _("Nobody to remind: who is late was written to today, and the others are on time."))
    return redirect("assessing:progress", round.pk)


def assessments(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything that was said about one application, version by version, as far as the reader may see it."""
    application = get_object_or_404(
        Application.objects.handed_in()
        .filter(round__in=Round.objects.seen_by(request.user))
        .select_related("idea", "round"),
        pk=pk,
    )
    desk = Desk.of(pk, request.user)
    answer = may_see_assessments(request.user, application.idea, desk)
    if not answer and not desk and not Round.objects.run_by(request.user).filter(pk=application.round_id).exists():
        raise Http404
    if not answer and (elsewhere := declare_first(request, application)):
        return elsewhere
    permit(answer)

    rows = (
        Assessment.objects.seen_by(request.user)
        .given()
        .filter(application=application)
        .select_related("assessor", "version__edition")
        .prefetch_related(Prefetch("scores", Score.objects.select_related("criterion")), "version__edition__criteria")
        .order_by("-version__number", "assessor__name_key")
    )
    versions: dict = {}
    for row in rows:
        versions.setdefault(row.version, []).append(row)
    blocks = [_block(version, given) for version, given in versions.items()]
    context = {"application": application, "idea": application.idea, "blocks": blocks, "leads": not desk}
    return render(request, "assessing/assessments.html", context)


def _block(version, given: list[Assessment]) -> dict:
    """One version: criteria down, assessors across, words below."""
    by_assessment = [{score.criterion.key: score for score in row.scores.all()} for row in given]
    criteria = [each for each in version.edition.criteria.all() if each.used != Criterion.Used.PITCHING]
    rows = [
        {"criterion": criterion, "scores": [scores.get(criterion.key) for scores in by_assessment]}
        for criterion in criteria
        if criterion.kind != criterion.Kind.FIT
    ]
    words = [
        {
            "assessment": row,
            "scores": [score for score in row.scores.all() if score.comment or (score.is_unclear and score.unclear)],
        }
        for row in given
    ]
    return {"version": version, "given": given, "rows": rows, "words": words}
