"""What anybody reads: the list of projects, one project, its picture."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from oppdrift.benefits.models import Adoption
from oppdrift.benefits.spread import Spread
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.sharing.effects import copied_by, effects_of
from oppdrift.sharing.finding import Finding
from oppdrift.sharing.models import Conference, Showcase
from oppdrift.sharing.pictures import answer_with
from oppdrift.sharing.told import told_of_project
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.finding import in_words
from oppdrift.toolbox.prepared import prepared

A_PAGE = 24


@login_not_required  # what came of the money is for everybody, and for those who want to copy it
@require_safe
def projects(request):
    finding = Finding(request.GET)
    page = Paginator(finding.found, A_PAGE).get_page(request.GET.get("page"))
    ideas = [showcase.idea_id for showcase in page]
    effects, copied = effects_of(ideas), copied_by(ideas)
    cards = [(each, effects.get(each.idea_id), n := copied.get(each.idea_id, 0), in_words(n)) for each in page]
    count = page.paginator.count
    context = {
        "finding": finding,
        "page": page,
        "cards": cards,
        "count": count,
        "count_words": in_words(count),
        "conferences": [] if finding.is_filtered or page.number > 1 else _conferences(),
    }
    return render(request, "sharing/projects.html", context)


@prepared
def _conferences() -> QuerySet[Conference]:
    """Those whose programme anybody can read, the newest first; of a round that is over too."""
    published = Conference.objects.published().filter(gathering__appointment__cancelled_at=None)
    newest_first = published.order_by("-gathering__appointment__starts_at", "pk")
    return newest_first.select_related("gathering__round", "gathering__appointment")


@login_not_required  # a solution is copied by those who have no account here; what is not published is not found
@require_safe
def project(request, idea):
    found = _page(idea, request.user) if request.user.is_authenticated else _open_page.first(idea)
    if found is None:
        raise Http404
    spread = Spread(_in_use(found.idea))
    context = {
        "showcase": found,
        "idea": found.idea,
        "effects": effects_of([found.idea_id]).get(found.idea_id),
        "spread": spread,
        "copy_url": settings.BASE_URL + reverse("benefits:copy", args=[idea]),
        "copied_words": in_words(spread.count),
        "told": told_of_project(found.idea),
        "is_preview": not found.idea.is_published,
        "may_make": request.user.is_authenticated and Showcase.objects.seen_by(request.user).filter(idea=idea).exists(),
    }
    return render(request, "sharing/project.html", context)


def _page(idea: int, reader: Person) -> Showcase | None:
    return read_by(reader).select_related("idea__round", "contact").filter(idea=idea).first()


@prepared
def _open_page(idea: int) -> QuerySet[Showcase]:
    published = Showcase.objects.published().filter(idea=idea)
    return published.with_consent().select_related("idea__round", "contact")


@prepared
def _in_use(idea: Idea) -> QuerySet[Adoption]:
    return Adoption.objects.in_use().of(idea).select_related("unit")


def read_by(person):
    """Published ones, and those that the person makes."""
    published = Q(pk__in=Showcase.objects.published().values("pk"))
    own = Q(pk__in=Showcase.objects.seen_by(person).values("pk")) if person.is_authenticated else Q()
    return Showcase.objects.filter(published | own).with_consent()


@login_not_required  # it stands on an open page, and goes with it: unpublished or without consent it is not found
@require_safe
def picture(request, idea):
    found = get_object_or_404(read_by(request.user).select_related("picture"), idea=idea)
    if not found.shows_picture:
        raise Http404
    return answer_with(request, found.picture)
