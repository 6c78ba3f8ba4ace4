"""The panel's page on a phone, behind a link of each member's own.

The link is the key: no account is asked for, and a phone that has lost its cookies is still heard. So what it posts is
not guarded by the form token, which says no more than the link does. Somebody else who is signed in is turned away.
"""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from oppdrift.assessing.models import Declaration
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Criterion
from oppdrift.toolbox import dates, live
from oppdrift.toolbox.answers import No, NotNow, permit
from oppdrift.toolbox.clock import today

from .. import state, tapping
from ..forms import BallotForm, TiesForm
from ..models import Ballot, Seat
from .hosting import of_day

SHOWN = ("day__round", "day__appointment", "day__on")  # what the pages show of the day


def find(request: HttpRequest, token: str, *with_: str) -> Seat:
    """The seat, for its member alone. The page speaks the member's language. One statement."""
    seats = Seat.objects.open().select_related("person", "day", *with_).filter(token=token)
    seat = seats.first() if with_ else tapping.seats_of.first(token)
    if seat is None:
        raise Http404
    if request.user.is_authenticated and request.user.pk != seat.person_id:
        permit(No(_("This link is somebody else’s. Open the one in the mail to you.")))
    translation.activate(seat.person.language)
    request.LANGUAGE_CODE = seat.person.language
    return seat


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """From the menu to one's own page."""
    seats = Seat.objects.open().filter(person=request.user)
    if not (seat := seats.order_by("-day__appointment__starts_at").first()):
        raise Http404
    return redirect(seat)


@login_not_required  # the panel has links from their letters and needs no account; the token is the key
@require_safe
@never_cache
def phone(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever pitches now comes up by itself; before and after, the list of all."""
    seat = find(request, token, *SHOWN)
    rows = running_order(seat)
    on = next((pitch for pitch in rows if pitch.pk == seat.day.on_id), None)
    if on is None:
        return answer(request, "list", about(seat, rows))
    return show(request, seat, rows, on)


@login_not_required  # as above
@require_safe
@never_cache
def pitches(request: HttpRequest, token: str) -> HttpResponse:
    """All teams, and what one has given each."""
    seat = find(request, token, *SHOWN)
    return answer(request, "list", about(seat, running_order(seat)))


@login_not_required  # as above
@csrf_exempt
@never_cache
def ballot(request: HttpRequest, token: str, pitch: int) -> HttpResponse:
    """One team, to look at or to change until the voting is closed. POST is the plain form, or taps from the script."""
    seat = find(request, token, *SHOWN)
    rows = running_order(seat)
    chosen = next((row for row in rows if row.pk == pitch), None)
    if chosen is None:
        raise Http404
    if request.method != "POST":
        return show(request, seat, rows, chosen)
    criteria = seat.day.criteria()
    form = BallotForm(criteria, request.POST)
    if not form.is_valid():
        return show(request, seat, rows, chosen, form=form)

    Ballot.receive(seat, chosen, form.taps(), criteria=criteria)

    messages.success(request, _("Received. You can change it until the voting closes."))
    return redirect("pitching:ballot", token, pitch)


@login_not_required  # as above
@csrf_exempt
@require_POST
def save(request: HttpRequest, token: str, pitch: int) -> HttpResponse:
    """Taps from the script: {client, taps: {field: [value, revision]}}. The answer says what the server has."""
    seat = find(request, token)
    chosen = tapping.pitches_towards.first(seat.day_id, pitch, seat.person_id)
    if chosen is None:
        raise Http404
    criteria = tapping.criteria_of(seat.day)
    client, values, revisions = said(request)
    form = BallotForm(criteria, values)
    if not values or values.keys() - form.fields.keys() or not form.is_valid():
        return JsonResponse({"refused": _("This could not be read. Load the page again.")}, status=422)
    try:
        kept = Ballot.receive(
            seat, chosen, form.taps(only=values), criteria=criteria, revisions=revisions_of(revisions), client=client
        )
    except NotNow as refusal:
        return JsonResponse({"refused": str(refusal)}, status=409)
    return JsonResponse({"taps": revisions, **strip(kept, criteria)})


def said(request: HttpRequest) -> tuple[str, dict[str, Any], dict[str, int]]:
    try:
        body = json.loads(request.body)
        json.dumps(body, ensure_ascii=False).encode()  # half a sign, as of an emoji cut in two, fits into no database
        taps = {str(name): (value, int(revision)) for name, (value, revision) in body["taps"].items()}
        client = str(body["client"])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):  # the last: a revision without end
        return "", {}, {}
    return client, {name: value for name, (value, _r) in taps.items()}, {name: r for name, (_v, r) in taps.items()}


def revisions_of(revisions: dict[str, int]) -> dict[str, int]:
    """By the names of `Ballot.receive`."""
    return {name.replace("points-", "points:"): revision for name, revision in revisions.items()}


def strip(ballot: Ballot | None, criteria: list[Criterion]) -> dict[str, Any]:
    """What the foot of the page says of what the server has. `is_empty`: nothing yet, and then no tick either."""
    if ballot is None or not ballot.taps:
        return {"head": _("Nothing is received yet"), "words": _("Each tap is saved at once."), "is_empty": True}
    at = dates.clock_time(ballot.saved_at)
    at = at[:1].upper() + at[1:]
    words = _("%(at)s. You can change it until the voting closes.") % {"at": at}
    if ballot.abstained:
        return {"head": _("You abstain here"), "words": words}
    numbers = {"n": ballot.received(criteria), "all": len(criteria)}
    return {"head": _("%(n)s of %(all)s are received") % numbers, "words": words}


@login_not_required  # as above
@csrf_exempt
@require_POST
def here(request: HttpRequest, token: str) -> HttpResponse:
    """The phone is open: the host sees who is there."""
    find(request, token).hear()
    return HttpResponse(status=204)


@login_not_required  # as above
@require_safe
def stream(request: HttpRequest, token: str) -> StreamingHttpResponse:
    return of_day(find(request, token).day)


@login_not_required  # as above
@csrf_exempt
@never_cache
def ties(request: HttpRequest, token: str) -> HttpResponse:
    """Impartiality, said for all teams or for one. POST: `pitch` and `answer`, or `none_at_all`."""
    seat = find(request, token, *SHOWN)
    rows = running_order(seat)
    if request.method == "POST":
        return declare(request, seat, rows)
    return answer(request, "ties", about(seat, rows))


def declare(request: HttpRequest, seat: Seat, rows: list[Any]) -> HttpResponse:
    if "none_at_all" in request.POST:
        for pitch in rows:
            if needs_word(pitch):
                seat.declare(pitch, Declaration.Answer.NONE)
        messages.success(request, _("Thank you. You can vote for these teams."))
        return redirect(seat)
    pitch = next((row for row in rows if str(row.pk) == request.POST.get("pitch")), None)
    form = TiesForm(request.POST)
    if pitch is None or not form.is_valid():
        raise Http404
    seat.declare(pitch, request.POST.get("answer", ""), ground=form.cleaned_data["ground"])
    messages.success(request, _("Saved."))
    if request.POST.get("back") == "ballot":
        return redirect("pitching:ballot", seat.token, pitch.pk)
    return redirect("pitching:ties", seat.token)


def needs_word(pitch: Any) -> bool:
    """Has the member still to say whether they have ties here?"""
    return not (pitch.is_barred or pitch.is_in_doubt or pitch.is_declared)


def running_order(seat: Seat) -> list[Any]:
    return list(seat.pitches().select_related("idea__application", "idea__unit").order_by("order"))


def about(seat: Seat, rows: list[Any]) -> dict[str, Any]:
    """What every page of the phone shows. One statement more than the running order."""
    public = state.public(seat.day)
    own = {each.pitch_id: each for each in Ballot.objects.filter(seat=seat)}
    criteria = seat.day.criteria()
    return {
        "seat": seat,
        "day": seat.day,
        "state": public,
        "phase": public["phase"],
        "is_ahead": public["phase"] == "before" and dates.date_of(seat.day.appointment.starts_at) > today(),
        "now": live.milliseconds(),
        "number_of": len(rows),
        "undeclared": [pitch for pitch in rows if needs_word(pitch)],
        "rows": [(pitch, own.get(pitch.pk), row_state(pitch, own.get(pitch.pk), criteria)) for pitch in rows],
        "criteria": criteria,
        "ties_form": TiesForm(),
    }


def row_state(pitch: Any, ballot: Ballot | None, criteria: list[Criterion]) -> str:
    if pitch.is_barred:
        return "barred"
    if ballot and ballot.abstained:
        return "abstained"
    if ballot and ballot.received(criteria) == len(criteria):
        return "done"
    if ballot:
        return "begun"
    return "missing" if pitch.called_at else "coming"


def show(
    request: HttpRequest, seat: Seat, rows: list[Any], pitch: Any, *, form: BallotForm | None = None
) -> HttpResponse:
    context = about(seat, rows)
    criteria = context["criteria"]
    given = next((ballot for row, ballot, _state in context["rows"] if row.pk == pitch.pk), None)
    application = getattr(pitch.idea, "application", None)
    context |= {
        "pitch": pitch,
        "is_on": pitch.pk == seat.day.on_id,
        "ballot": given,
        "form": form or BallotForm(criteria, ballot=given),
        "may_vote": Ballot.can_receive(pitch),
        "needs_word": needs_word(pitch),
        "amount": application.amount if application and not pitch.is_barred else None,
        "strip": strip(given, criteria),
        "keeps": f"oppdrift:ballot:{seat.pk}:{pitch.pk}",
    }
    return answer(request, "ballot", context)


def answer(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    is_piece = request.headers.get("HX-Request") == "true"
    response = render(request, f"pitching/phone/{'_' if is_piece else ''}{name}.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"  # the address is a key
    return response
