"""For those who run the round: the programme is put together, published, and what is missing is asked for."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppdrift.gatherings.models import Gathering
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.sharing import readiness, telling
from oppdrift.sharing.changes import changes
from oppdrift.sharing.clashes import clashes
from oppdrift.sharing.forms.conference import PlanForm, ProjectsForm, SlotForm
from oppdrift.sharing.models import Conference, Release, Slot
from oppdrift.sharing.models.release import newest, rows_of
from oppdrift.sharing.models.slot import end_of
from oppdrift.sharing.policies import conference as policies
from oppdrift.toolbox.answers import NotNow, permit
from oppdrift.toolbox.reading import mark_of, refusal_is_told


def find(request, pk) -> Conference:
    """A conference whose programme this person makes."""
    found = get_object_or_404(Conference.objects.select_related("gathering__round", "gathering__appointment"), pk=pk)
    permit(policies.may_run(request.user, found))
    return found


def find_slot(request, pk) -> Slot:
    rows = Slot.objects.select_related("conference__gathering__round", "conference__gathering__appointment", "hall")
    found = get_object_or_404(rows, pk=pk)
    permit(policies.may_run(request.user, found.conference))
    return found


def hidden_in(conference: Conference, person) -> set[int]:
    """Projects whose words are not for this lead: somebody else has the case, or they have not declared themselves."""
    open_ones = Q(pk__in=Idea.objects.cleared_for(person)) | Q(pk__in=Idea.objects.of(person))
    return set(conference.projects().exclude(open_ones).values_list("pk", flat=True))


@require_POST
def begin(request, pk):
    seen = Gathering.objects.seen_by(request.user).select_related("round", "appointment")
    gathering = get_object_or_404(seen, pk=pk)
    permit(policies.may_begin(request.user, gathering))

    Conference.begin(gathering, by=request.user)

    messages.success(request, _("Begin with the projects: they get a talk each, and you move them about."))
    return redirect("sharing:put_together", pk)


@require_safe
def put_together(request, pk):
    return show(request, find(request, pk), ProjectsForm())


def show(request, conference: Conference, projects_form: ProjectsForm):
    """The programme in the making, with what stands in its way."""
    slots = list(conference.slots.select_related("hall", "idea").prefetch_related("speakers").in_order())
    hidden = hidden_in(conference, request.user)
    warnings = clashes(conference, [slot for slot in slots if slot.idea_id not in hidden])
    release = newest(conference)
    first, last = ends_of_halls(slots)
    rows: list[dict[str, Any]] = [
        {
            "slot": slot,
            "is_hidden": slot.idea_id in hidden,
            "warnings": warnings.get(slot.pk, []),
            "may_go_earlier": slot.pk not in first,
            "may_go_later": slot.pk not in last,
        }
        for slot in slots
    ]
    without = conference.projects().exclude(pk__in=[slot.idea_id for slot in slots if slot.idea_id]).count()
    context = {
        "conference": conference,
        "timed": [row for row in rows if row["slot"].starts_at],
        "waiting": [row for row in rows if not row["slot"].starts_at],
        "clash_count": len(warnings),
        "halls": list(conference.halls.all()),
        "without": without,
        "projects_form": projects_form,
        "can_change": conference.can_change(),
        "release": release,
        "pending": len(changes(release.rows, rows_of(conference))) if release else 0,
    }
    return render(request, "sharing/put_together.html", context)


def ends_of_halls(slots: list[Slot]) -> tuple[set[int], set[int]]:
    """Keys of what comes first and last in each room: they have nothing to change places with."""
    halls: dict[int | None, list[int]] = {}
    for slot in slots:
        if slot.starts_at:
            halls.setdefault(slot.hall_id, []).append(slot.pk)
    return {keys[0] for keys in halls.values()}, {keys[-1] for keys in halls.values()}


def plan(request, pk):
    conference = find(request, pk)
    permit(policies.may_change(request.user, conference))

    halls = "\n".join(conference.halls.values_list("name", flat=True))
    form = PlanForm(request.POST or None, initial={"due_at": conference.due_at, "halls": halls})
    if request.method == "POST" and form.is_valid():
        try:
            conference.plan(by=request.user, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error("halls", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("sharing:put_together", pk)
    return render(request, "sharing/plan.html", {"form": form, "conference": conference})


@require_POST
def add_projects(request, pk):
    conference = find(request, pk)
    permit(policies.may_change(request.user, conference))

    form = ProjectsForm(request.POST)
    if not form.is_valid():
        return show(request, conference, form)
    count = Slot.add_projects(conference, minutes=form.cleaned_data["minutes"], by=request.user)

    told = ngettext("%(n)d talk is in the programme.", "%(n)d talks are in the programme.", count) % {"n": count}
    messages.success(request, told)
    return redirect("sharing:put_together", pk)


def add_slot(request, pk):
    conference = find(request, pk)
    permit(policies.may_change(request.user, conference))

    form = SlotForm(request.POST or None, conference=conference, initial={"starts_at": end_of(conference)})
    if request.method == "POST" and form.is_valid():
        Slot.add(conference, by=request.user, **form.cleaned_data)

        messages.success(request, _("It is in the programme."))
        return redirect("sharing:put_together", pk)
    return render(request, "sharing/slot.html", {"form": form, "conference": conference})


def slot(request, pk):
    """Change one thing in the programme. The words of a talk that is hidden from the lead stay the team's."""
    found = find_slot(request, pk)
    permit(policies.may_change_slot(request.user, found))

    own = Slot.objects.get(pk=pk)
    form = SlotForm(request.POST or None, instance=own, conference=found.conference)
    if request.method == "POST" and form.is_valid():
        found.change(by=request.user, **form.written())

        messages.success(request, _("Saved."))
        return redirect("sharing:put_together", found.conference_id)
    return render(request, "sharing/slot.html", {"form": form, "conference": found.conference, "slot": found})


@require_POST
def move(request, pk):
    found = find_slot(request, pk)
    permit(policies.may_change(request.user, found.conference))

    found.swap(earlier="earlier" in request.POST, by=request.user)

    return redirect(f"{found.conference.editing_url}#slot-{pk}")


@require_POST
def remove(request, pk):
    found = find_slot(request, pk)
    permit(policies.may_change_slot(request.user, found))

    found.remove(by=request.user)

    messages.success(request, _("It is out of the programme."))
    return redirect("sharing:put_together", found.conference_id)


def release(request, pk):
    """What will be different for readers, and whom we write to; then it is published."""
    conference = find(request, pk)
    before = newest(conference)
    if request.method == "POST":
        permit(policies.may_release(request.user, conference))
        with refusal_is_told(request):
            letters = release_and_tell(conference, before, by=request.user, read=request.POST.get("read"))
            told = ngettext(
                "The programme is published. %(n)d letter waits in the outbox.",
                "The programme is published. %(n)d letters wait in the outbox.", letters,
            )  # fmt: skip
            told = told % {"n": letters} if letters else _("The programme is published.")
            messages.success(request, told)
            return redirect(conference)
        return redirect("sharing:release", pk)
    return render(request, "sharing/release.html", release_context(request, conference, before))


@transaction.atomic
def release_and_tell(conference: Conference, before: Release | None, *, by: Person, read: str | None) -> int:
    """The programme and the letters about it: both, or neither. How many letters."""
    return telling.of_release(Release.make(conference, by=by, read=read), before, by=by)


def release_context(request, conference: Conference, before: Release | None) -> dict[str, Any]:
    rows = rows_of(conference)
    found = changes(before.rows if before else [], rows)
    hidden = hidden_in(conference, request.user)
    concerned = {change.idea for change in found if change.idea}
    return {
        "conference": conference,
        "before": before,
        "changes": [{"change": each, "is_hidden": each.idea in hidden} for each in found],
        "mark": mark_of(rows),
        "receivers": telling.members(concerned).count(),
        "may_release": policies.may_release(request.user, conference),
        "warnings": len(clashes(conference, conference.slots.select_related("hall").prefetch_related("speakers"))),
    }


@require_safe
def ready(request, pk):
    """Who lacks what, by name, and how many days are left."""
    conference = find(request, pk)
    rows = rows_for(request, conference)
    context = {
        "conference": conference,
        "rows": rows,
        "unready": [row for row in rows if not row.is_ready],
        "hidden": len(hidden_in(conference, request.user)),
        "parts": list(readiness.NAMES.values()),
        "can_change": conference.can_change(),
    }
    return render(request, "sharing/readiness.html", context)


def rows_for(request, conference: Conference) -> list[readiness.Readiness]:
    ideas = conference.projects().exclude(pk__in=hidden_in(conference, request.user))
    return readiness.of_all(conference, ideas)


@require_POST
def remind(request, pk):
    conference = find(request, pk)
    permit(policies.may_change(request.user, conference))

    letters = telling.of_missing(conference, rows_for(request, conference), by=request.user)

    if letters:
        told = ngettext(
            "%(n)d letter waits in the outbox until you have read it.",
            "%(n)d letters wait in the outbox until you have read them.", letters,
        )  # fmt: skip
        messages.success(request, told % {"n": letters})
    else:
        messages.info(request, _("Nobody owes anything that they have not had a letter about today."))
    return redirect("sharing:readiness", pk)
