"""Reading one application and saying what one thinks of it."""

from datetime import UTC, datetime
from itertools import groupby

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.applications.differences import compare
from oppdrift.people.models import Person
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Question
from oppdrift.rounds.models.edition import questions_of
from oppdrift.toolbox import dates
from oppdrift.toolbox.answers import permit
from oppdrift.toolbox.prepared import prepared

from ..forms import AbstainForm, AssessmentForm
from ..models import Assessment, Desk, Judgement, Score, criteria_of
from ..queue import Row, places_in, strip


def assess(request: SignedInRequest, pk: int) -> HttpResponse:
    """The application on the left, the criteria on the right."""
    desk = _desk(request, pk)
    permit(desk.can_read())
    return _page(request, desk)


@require_POST
def save(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the draft as it is: from the script each time typing stops, or from the button."""
    desk = _desk(request, pk)
    permit(desk.can_assess())

    form = AssessmentForm(criteria_of(desk.version.edition_id), request.POST)
    from_script = request.headers.get("Accept") == "application/json"
    if not form.is_valid():
        if from_script:
            return JsonResponse({}, status=400)
        return _page(request, desk, form=form)
    assessment = Assessment.save_scores(
        desk.application, form.judgement, by=request.user, version=_read(request), criteria=form.criteria
    )

    if from_script:
        words = _("Saved %(time)s") % {"time": dates.clock_time(assessment.saved_at)}
        return JsonResponse({"saved": words, "base": _base(assessment.saved_at)})
    messages.success(request, _("Saved. You can go on another time."))
    return redirect("assessing:assess", pk)


@require_POST
def hand_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """All given: counted from now on. Something missing: said, and what is typed stays."""
    desk = _desk(request, pk)
    permit(desk.can_assess())

    form = AssessmentForm(criteria_of(desk.version.edition_id), request.POST, complete=True)
    if not form.is_valid():
        return _page(request, desk, form=form)
    Assessment.hand_in(
        desk.application, form.judgement, by=request.user, version=_read(request), criteria=form.criteria
    )

    messages.success(request, _("Handed in: %(title)s.") % {"title": desk.version.title})
    return redirect("assessing:next", pk)


@require_POST
def abstain(request: SignedInRequest, pk: int) -> HttpResponse:
    desk = _desk(request, pk)
    permit(desk.can_assess())

    form = AbstainForm(request.POST, prefix="abstain")
    if not form.is_valid():
        return _page(request, desk, abstaining=form)
    Assessment.abstain(desk.application, form.cleaned_data["reason"], by=request.user, version=_read(request))

    messages.success(request, _("You abstain from %(title)s.") % {"title": desk.version.title})
    return redirect("assessing:next", pk)


@require_POST
def start_from_earlier(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin with one's own scores for the version before."""
    desk = _desk(request, pk)
    permit(desk.can_assess())

    Assessment.start_from_earlier(desk.application, by=request.user)

    messages.success(request, _("Your first assessment is filled in. Go through it and hand in."))
    return redirect("assessing:assess", pk)


def _read(request: SignedInRequest) -> int | None:
    """The number of the version that was on the page."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else None


def _base(saved_at: datetime | None) -> str:
    """By which save of the person's: what a browser still keeps is held against it."""
    return saved_at.astimezone(UTC).isoformat() if saved_at else ""


def _desk(request: SignedInRequest, pk: int) -> Desk:
    if not (desk := Desk.of(pk, request.user)):
        raise Http404
    return desk


def _page(
    request: SignedInRequest, desk: Desk, *, form: AssessmentForm | None = None, abstaining: AbstainForm | None = None
) -> HttpResponse:
    criteria = form.criteria if form else criteria_of(desk.version.edition_id)
    rows = places_in(request.user, desk.application.round_id)
    row = next((row for row in rows if row.pk == desk.application.pk), None)
    mine, judged = _own(desk, request.user, row)
    context = {
        "desk": desk,
        "version": desk.version,
        "application": desk.application,
        "idea": desk.application.idea,
        "sections": _sections(desk),
        "mine": mine,
        "form": form or AssessmentForm(criteria, judgement=judged),
        "abstaining": abstaining or AbstainForm(prefix="abstain"),
        "can_assess": desk.can_assess(),
        "has_earlier": row is not None and row.state == "new_version",
        "base": _base(row.saved_at if row else None),
        "first": "judging" if form or abstaining else "",
        **_progress(rows, row),
    }
    return render(request, "assessing/assess.html", context)


def _own(desk: Desk, person: Person, row: Row | None) -> tuple[Assessment | None, Judgement]:
    """What the person has given to this version."""
    if row and row.state in ("not_started", "new_version"):
        return None, Judgement()
    scores = _scores(desk.version.pk, person)
    if scores:
        mine: Assessment | None = scores[0].assessment
    else:
        mine = Assessment.objects.by(person).filter(version=desk.version).first()
    if not mine:
        return None, Judgement()
    given = {score.criterion.key: score.given for score in scores}
    return mine, Judgement(given, mine.fit, mine.to_team, mine.among)


@prepared
def _scores(version: int, person: Person) -> QuerySet[Score]:
    own = Score.objects.filter(assessment__version=version, assessment__assessor=person)
    return own.select_related("assessment", "criterion")


def _progress(rows: list[Row], current: Row | None) -> dict:
    place = rows.index(current) + 1 if current in rows else 0
    done = sum(row.is_done for row in rows)
    waits = any(row.waits and row is not current for row in rows)
    return {"place": place, "marks": strip(rows, current), "done": done, "all": len(rows), "more_wait": waits}


def _sections(desk: Desk) -> list[dict]:
    """The answers under the headings of the form; what is new since the version before is marked."""
    version = desk.version
    rows: list[tuple[Question, str, str, bool]]  # the question, its answer, that with what is new marked, is it new?
    if desk.before:
        rows = [(row.question, row.after, row.marked_new, row.is_changed) for row in compare(desk.before, version)]
    else:
        texts = version.answers
        rows = [(question, texts.get(question.key, ""), "", False) for question in questions_of(version.edition_id)]
    rows = [row for row in rows if row[1].strip() and not row[0].asks_amount]
    return [
        {
            "name": name,
            "answers": [
                {
                    "question": question,
                    "text": text,
                    "marked": new if is_changed else "",
                    "is_money": question.kind == Question.Kind.MONEY,
                }
                for question, text, new, is_changed in group
            ],
        }
        for name, group in groupby(rows, key=lambda row: row[0].section)
    ]
