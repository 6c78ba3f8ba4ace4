"""Pages about the product itself, open to anybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from oppdrift.rounds.models import Round, Stage


@login_not_required  # what a year is, for those who wonder whether to apply
def about(request):
    return render(request, "front/about.html", {"leader_group": settings.LEADER_GROUP})


@login_not_required  # the menu leads strangers here, and costs them no statement on every page for it
def how_to_apply(request):
    """The call that takes applications now, else the newest one; between rounds, the rounds."""
    call = Round.objects.with_open_call().order_by("deadline").first()
    newest = call or next((each for each in Round.objects.alive() if each.uses(Stage.CALL)), None)
    return redirect("rounds:call", newest.pk) if newest else redirect("rounds:rounds")


@login_not_required  # the law wants this readable before anything is given
def privacy(request):
    return render(request, "front/privacy.html", {"contact": settings.CONTACT, "operated_by": settings.OPERATED_BY})


@login_not_required  # so that whoever cannot use the product can say so
def accessibility(request):
    return render(request, "front/accessibility.html", {"contact": settings.CONTACT})


@login_not_required  # asked by machines that watch the service; says nothing about people
def health(request):
    """200 and "ok" while the database answers; a warning when its clock and ours are more than a second apart."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        else:
            cursor.execute("SELECT (julianday('now') - 2440587.5) * 86400.0")
        apart = abs(float(cursor.fetchone()[0]) - timezone.now().timestamp())
    words = "ok" if apart <= 1 else f"ok, but the clocks are {apart:.1f} s apart: rounds close by the program's clock"
    return HttpResponse(words + "\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})
