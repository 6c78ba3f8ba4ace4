"""The published programme: on a page, in a calendar, and the projects as a catalogue."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from oppdrift.gatherings.models import Gathering
from oppdrift.gatherings.policies import runs
from oppdrift.sharing import shown
from oppdrift.sharing.catalogue import catalogue_of
from oppdrift.sharing.changes import changes
from oppdrift.sharing.models import Conference, Release, Showcase
from oppdrift.sharing.policies.conference import may_begin, may_run
from oppdrift.toolbox import calendars, dates

ITS_GATHERING = ("gathering__round", "gathering__appointment")


def find(request, pk) -> Conference:
    """One whose programme is published, or which this person runs."""
    found = get_object_or_404(Conference.objects.select_related(*ITS_GATHERING), pk=pk)
    if not found.published_at and not (request.user.is_authenticated and may_run(request.user, found)):
        raise Http404
    return found


def last_two(conference: Conference) -> tuple[Release | None, Release | None]:
    """The programme as it is, and as it was before."""
    found = [*conference.releases.order_by("-number")[:2], None, None]
    return found[0], found[1]


@login_not_required  # people decide by the programme whether to come, also those who have no account
@require_safe
def programme(request, pk):
    pages = Showcase.objects.published().filter(idea__round=OuterRef("gathering__round"))
    published = Conference.objects.published().select_related(*ITS_GATHERING).annotate(has_catalogue=Exists(pages))
    conference = published.filter(pk=pk).first()
    if conference is None:
        return not_yet(request, pk)
    release, before = last_two(conference)
    moments = shown.by_time(shown.programme(release.rows)) if release else []
    context: dict[str, Any] = {
        "conference": conference,
        "appointment": conference.appointment,
        "release": release,
        "moments": moments,
        "contact": settings.CONTACT,
        "changes": changes(before.rows, release.rows) if release and before else [],
        "runs": request.user.is_authenticated and runs(request.user, conference.round),
    }
    return render(request, "sharing/programme.html", context)


def not_yet(request, pk):
    """Those who see the gathering read that the programme comes; those who run the round begin it."""
    seen = Gathering.objects.seen_by(request.user).select_related("round", "appointment")
    gathering = get_object_or_404(seen, pk=pk, kind=Gathering.Kind.CONFERENCE)
    context = {
        "gathering": gathering,
        "is_begun": Conference.objects.filter(pk=pk).exists(),
        "runs": runs(request.user, gathering.round),
        "may_begin": may_begin(request.user, gathering),
    }
    return render(request, "sharing/programme_none.html", context)


@login_not_required  # the same programme, for one's own calendar
@require_safe
def calendar(request, pk):
    conference = find(request, pk)
    release, _before = last_two(conference)
    if release is None:
        raise Http404
    entries = shown.entries(conference, release, shown.programme(release.rows))
    answer = HttpResponse(calendars.calendar_file(entries), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="konferanse-{pk}.ics"'
    return answer


@login_not_required  # made of published pages only; before the programme is out it is the lead's to look at
@require_safe
def catalogue(request, pk):
    conference = find(request, pk)
    made_of = catalogue_of(conference, dates.language())
    etag = f'"{made_of.fingerprint}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(made_of.document(), content_type="application/pdf", headers={"ETag": etag})
    answer["Cache-Control"] = "private, no-cache"  # asked for each time: what is taken back must not live on
    patch_vary_headers(answer, ["Cookie", "Accept-Language"])
    answer["Content-Disposition"] = f'inline; filename="prosjektkatalog-{conference.round.year}.pdf"'
    return answer
