"""For the lead: who has done what, and a gentle word to those who have not; and what was said of one application."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppdrift.applications.models import Application, Version
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Criterion, Round
from oppdrift.toolbox.answers import permit
from oppdrift.toolbox.clock import is_past
from oppdrift.toolbox.prepared import prepared

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
    application = _handed_in.first(request.user, pk)
    if not application:
        raise Http404
    desk = Desk.of(pk, request.user)
    answer = may_see_assessments(request.user, application.idea, desk)
    if not answer and not desk and not Round.objects.run_by(request.user).filter(pk=application.round_id).exists():
        raise Http404
    if not answer and (elsewhere := declare_first(request, application)):
        return elsewhere
    permit(answer)

    versions: dict[Version, list[Assessment]] = {}
    for row in _given(request.user, pk):
        versions.setdefault(row.version, []).append(row)
    scores: dict[int, list[Score]] = {}
    for score in _scores(request.user, pk):
        scores.setdefault(score.assessment_id, []).append(score)
    criteria = _criteria(pk)
    blocks = [_block(version, given, scores, criteria) for version, given in versions.items()]
    context = {"application": application, "idea": application.idea, "blocks": blocks, "leads": not desk}
    return render(request, "assessing/assessments.html", context)


@prepared
def _handed_in(person: Person, pk: int) -> QuerySet[Application]:
    rounds = Round.objects.seen_by(person)
    return Application.objects.handed_in().filter(pk=pk, round__in=rounds).select_related("idea", "round")


@prepared
def _given(person: Person, application: int) -> QuerySet[Assessment]:
    rows = Assessment.objects.seen_by(person).given().filter(application=application)
    return rows.select_related("assessor", "version").order_by("-version__number", "assessor__name_key")


@prepared
def _scores(person: Person, application: int) -> QuerySet[Score]:
    given = Exists(Assessment.objects.seen_by(person).given().filter(pk=OuterRef("assessment")))
    return Score.objects.filter(given, assessment__application=application).select_related("criterion")


@prepared
def _criteria(application: int) -> QuerySet[Criterion]:
    """Of all editions that its versions were written to."""
    editions = Version.objects.filter(application=application).values("edition")
    wanted = Criterion.objects.filter(edition__in=editions)
    return wanted.exclude(used=Criterion.Used.PITCHING).exclude(kind=Criterion.Kind.FIT)


def _block(
    version: Version, given: list[Assessment], scores: dict[int, list[Score]], criteria: list[Criterion]
) -> dict:
    """One version: criteria down, assessors across, words below."""
    by_assessment = [{score.criterion.key: score for score in scores.get(row.pk, [])} for row in given]
    rows = [
        {"criterion": criterion, "scores": [each.get(criterion.key) for each in by_assessment]}
        for criterion in criteria
        if criterion.edition_id == version.edition_id
    ]
    words = [
        {
            "assessment": row,
            "scores": [
                score for score in scores.get(row.pk, []) if score.comment or (score.is_unclear and score.unclear)
            ],
        }
        for row in given
    ]
    return {"version": version, "given": given, "rows": rows, "words": words}
