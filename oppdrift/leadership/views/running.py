"""For who runs the round: units and people, modules, who came; and who has been through what in earlier rounds."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppdrift.gatherings.models import Gathering, SignUp
from oppdrift.leadership.forms import InviteForm
from oppdrift.leadership.models import Participation, Reflection, invite_to
from oppdrift.leadership.policies import may_ask_all, may_invite, may_look_back, may_note_presence, may_run
from oppdrift.leadership.taking_part import run_by
from oppdrift.leadership.through import Table, across_rounds
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import NotNow, permit

A_PAGE = 50


@require_safe
def round(request, pk):
    found = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_run(request.user, found))

    table = Table(found)
    shared = Reflection.objects.seen_by(request.user).filter(participation__round=found, shared_at__isnull=False)
    context = {
        "round": found,
        "units": table.units(),
        "modules": table.with_numbers(),
        "people": len(table.people),
        "shared": list(shared.select_related("participation__person", "participation__unit")[:A_PAGE]),
        "may_invite": may_invite(request.user, found),
        "others": [each for each in run_by(request.user) if each.pk != found.pk][:5],
    }
    return render(request, "leadership/round.html", context)


def invite(request, pk):
    found = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_invite(request.user, found))

    initial = {"kind": Participation.Kind.LEADER, **request.GET.dict()}
    form = InviteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = Person.objects.with_address(given["address"], name=given["name"])
        try:
            Participation.invite(found, given["unit"], person, given["kind"], by=request.user)
        except NotNow as refusal:
            form.add_error("address", str(refusal))
        else:
            told = _("%(name)s is invited. The letter waits in the outbox until you have read it.")
            messages.success(request, told % {"name": person.name})
            return redirect("leadership:round", pk)
    return render(request, "leadership/invite.html", {"form": form, "round": found})


@require_POST
def ask_all(request, pk):
    module = find(request, pk)
    permit(may_ask_all(request.user, module))

    asked = invite_to(module, by=request.user)

    told = ngettext("%(n)s letter waits in the outbox.", "%(n)s letters wait in the outbox.", asked) % {"n": asked}
    messages.success(request, told if asked else _("Everybody is asked already."))
    return redirect("leadership:round", module.round_id)


def presence(request, pk):
    """Who came. Those who had a place are ticked to begin with."""
    module = find(request, pk)
    permit(may_note_presence(request.user, module))

    people = list(Participation.objects.in_force().in_round(module.round).select_related("person", "unit"))
    if request.method == "POST":
        came = {int(key) for key in request.POST.getlist("came") if key.isdecimal()}
        with transaction.atomic():
            for row in people:
                SignUp.note_presence(module, row.person, row.person_id in came, by=request.user)

        messages.success(request, _("It is noted who came."))
        return redirect("leadership:round", module.round_id)
    places = {place.person_id: place for place in module.sign_ups.all()}
    units: dict[str, list] = {}
    for row in people:
        units.setdefault(row.unit.name, []).append((row, was_there(places.get(row.person_id))))
    return render(request, "leadership/presence.html", {"module": module, "units": units})


def was_there(place: SignUp | None) -> bool:
    """As it is noted; before that, as the person meant to."""
    if place is None:
        return False
    return place.came if place.came is not None else place.state == SignUp.State.COMING


@require_safe
def everybody(request):
    permit(may_look_back(request.user))

    page = Paginator(across_rounds(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "leadership/everybody.html", {"page": page})


def find(request, pk) -> Gathering:
    """A module this person sees."""
    seen = Gathering.objects.seen_by(request.user).filter(kind=Gathering.Kind.LUP_MODULE)
    return get_object_or_404(seen.select_related("appointment", "round"), pk=pk)
