"""What an assessor sees first: everything assigned, and what is left to declare."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from oppdrift.people.models import Person
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox.models import number_of
from oppdrift.toolbox.prepared import prepared

from ..models import criteria_of
from ..models.judgement import shares
from ..queue import called, next_in, queue_of, strip, undeclared

A_PAGE = 50


def queue(request: SignedInRequest) -> HttpResponse:
    rows = queue_of(request.user)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    parts: list[dict[str, Any]] = []
    for round in _rounds_of(request.user):
        mine = [row for row in rows if row.round == round.pk]
        parts.append(
            {
                "round": round,
                "all": len(mine),
                "done": sum(row.is_done for row in mine),
                "next": (first := next((row for row in mine if row.waits), None)),
                "marks": strip(mine, first),
                "rows": [row for row in page if row.round == round.pk],
            }
        )
    named = [row.pk for part in parts for row in [*part["rows"], part["next"]] if row]
    about = {each["pk"]: each for each in called(named)} if named else {}
    for part in parts:
        part["shown"] = [{"row": row, **about[row.pk]} for row in part["rows"]]
        part["first"] = about[part["next"].pk] if part["next"] else None
    context = {"parts": parts, "page": page, "left": sum(row.waits for row in rows)}
    return render(request, "assessing/queue.html", context)


@prepared
def _rounds_of(person: Person) -> QuerySet:
    """Rounds that are alive and that the person assesses in, with how many applications they have not declared for."""
    roles = Role.objects.in_force().filter(person=person, kind=Role.Kind.ASSESSOR).values("round")
    rounds = Round.objects.alive().filter(pk__in=roles)
    return rounds.annotate(undeclared=number_of(undeclared(person, OuterRef("pk")))).order_by("deadline", "pk")


def next_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """The next application that waits, after this one; the queue when none does."""
    rows = queue_of(request.user)
    current = next((row.round for row in rows if row.pk == pk), None)
    if row := next_in([row for row in rows if row.round == current], pk):
        return redirect("assessing:assess", row.pk)
    return redirect("assessing:queue")


def criteria(request: SignedInRequest, pk: int) -> HttpResponse:
    """By what applications are judged, with all steps: open to everybody signed in, as the call is."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    edition = round.editions.last()
    asked = criteria_of(edition.pk) if edition else []
    share = shares(asked)
    rows = [(criterion, share.get(criterion.key)) for criterion in asked]
    return render(request, "assessing/criteria.html", {"round": round, "rows": rows})
