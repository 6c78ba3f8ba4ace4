"""What an assessor sees first: everything assigned, and what is left to declare."""

from itertools import groupby

from django.db.models import OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from oppdrift.applications.models import Application
from oppdrift.people.models import Person
from oppdrift.people.requests import SignedInRequest
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox.models import number_of

from ..models import criteria_of
from ..models.judgement import shares
from ..queue import next_in, places_in, queue_of, undeclared


def queue(request: SignedInRequest) -> HttpResponse:
    rows = queue_of(request.user)
    by_round = {round: list(group) for round, group in groupby(rows, key=lambda row: row.application.round)}
    parts = []
    for round in _rounds_of(request.user):
        mine = by_round.get(round, [])
        done = sum(row.is_done for row in mine)
        first = next((row for row in mine if row.waits), None)
        marks = ["done" if row.is_done else "now" if row is first else "" for row in mine]
        parts.append({"round": round, "rows": mine, "done": done, "first": first, "marks": marks})
    return render(request, "assessing/queue.html", {"parts": parts, "left": sum(row.waits for row in rows)})


def _rounds_of(person: Person) -> list[Round]:
    """Rounds that are alive and that the person assesses in, with how many applications they have not declared for."""
    roles = Role.objects.in_force().filter(person=person, kind=Role.Kind.ASSESSOR).values("round")
    rounds = Round.objects.alive().filter(pk__in=roles)
    return list(rounds.annotate(undeclared=number_of(undeclared(person, OuterRef("pk")))).order_by("deadline", "pk"))


def next_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """The next application that waits, after this one; the queue when none does."""
    current = Application.objects.filter(pk=pk).values_list("round", flat=True).first()
    row = next_in(places_in(request.user, current), pk) if current else None
    if row:
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
