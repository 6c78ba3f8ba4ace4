"""For those who run the round: call people together, change, cancel, see who comes, materials."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.gatherings.forms import CancelForm, GatheringForm, MaterialForm, PersonForm
from oppdrift.gatherings.models import Gathering, Invitation, SignUp
from oppdrift.gatherings.policies import (
    may_arrange,
    may_cancel,
    may_change,
    may_see_participants,
    may_sign_others,
)
from oppdrift.history.models import File
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import No, NotNow, permit

from .visiting import find, show


def new(request):
    if not Round.objects.run_by(request.user).filter(closed_at=None).exists():
        permit(No(_("Only the programme lead can arrange this.")))

    form = GatheringForm(request.POST or None, person=request.user, initial=dict(request.GET.items()))
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        round = fields.pop("round")
        permit(may_arrange(request.user, round))
        gathering = Gathering.arrange(round, by=request.user, **fields)

        messages.success(request, _("People can sign up now."))
        return redirect(gathering)
    return render(request, "gatherings/new.html", {"form": form})


def change(request, pk):
    gathering = find(request, pk)
    permit(may_change(request.user, gathering))

    # The form gets an instance of its own: what does not fit must not stand on the page's gathering.
    own = Gathering.objects.select_related("appointment").get(pk=pk)
    form = GatheringForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        try:
            gathering.change(by=request.user, **form.written())
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(gathering)
    return render(request, "gatherings/change.html", {"form": form, "gathering": gathering})


def cancel(request, pk):
    gathering = find(request, pk)
    permit(may_cancel(request.user, gathering))

    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gathering.cancel(by=request.user, reason=form.cleaned_data["reason"])

        messages.success(request, _("It is cancelled, and those who were to come are told."))
        return redirect(gathering)
    told = gathering.sign_ups.active().count()
    return render(request, "gatherings/cancel.html", {"form": form, "gathering": gathering, "told": told})


@require_safe
def participants(request, pk):
    gathering = find(request, pk)
    permit(may_see_participants(request.user, gathering))
    return list_people(request, gathering, PersonForm())


def list_people(request, gathering: Gathering, form: PersonForm):
    signed_up = gathering.sign_ups.active().shown_to(request.user).select_related("person", "person__unit")
    here = SignUp.objects.active().filter(gathering=gathering).values("person")
    hidden = Invitation.objects.hidden_from(request.user).values("pk")
    invited = Invitation.objects.filter(gathering=gathering).exclude(pk__in=hidden)
    asked = invited.exclude(person__in=here).select_related("person")
    context = {
        "gathering": gathering,
        "appointment": gathering.appointment,
        "coming": list(signed_up.coming().order_by("person__name_key", "pk")),
        "waiting": list(signed_up.waiting()),
        "asked": list(asked.order_by("person__name_key", "pk")),
        "may_sign_others": may_sign_others(request.user, gathering),
        "form": form,
    }
    return render(request, "gatherings/participants.html", context)


@require_POST
def add(request, pk):
    """Sign somebody up by hand, or only invite them."""
    gathering = find(request, pk)
    permit(may_sign_others(request.user, gathering))

    form = PersonForm(request.POST)
    if not form.is_valid():
        return list_people(request, gathering, form)
    person = Person.objects.with_address(form.cleaned_data["address"], name=form.cleaned_data["name"])
    if request.POST.get("deed") == "invite":
        gathering.invite(person, by=request.user, letter=True)
        told = _("%(name)s is invited. The letter waits in the outbox until you have read it.")
    else:
        try:
            row = gathering.add(person, by=request.user)
        except NotNow as refusal:
            form.add_error("address", str(refusal))
            return list_people(request, gathering, form)
        has_place = row.state == SignUp.State.COMING
        told = _("%(name)s has a place.") if has_place else _("%(name)s is on the waiting list.")
    messages.success(request, told % {"name": person.name})
    return redirect("gatherings:participants", pk)


@require_POST
def take_off(request, pk, row):
    gathering = find(request, pk)
    permit(may_sign_others(request.user, gathering))
    row = get_object_or_404(gathering.sign_ups.active().shown_to(request.user).select_related("person"), pk=row)

    gathering.sign_off(row.person, by=request.user)

    messages.success(request, _("%(name)s is signed off.") % {"name": row.person.name})
    return redirect("gatherings:participants", pk)


@require_POST
def add_material(request, pk):
    gathering = find(request, pk)
    permit(may_change(request.user, gathering))

    form = MaterialForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            File.keep(form.cleaned_data["upload"], gathering, by=request.user, **form.status)
        except ValidationError as refusal:
            form.add_error("upload", refusal)
        else:
            messages.success(request, _("The file is added."))
            return redirect(gathering)
    return show(request, gathering, material_form=form)


@require_POST
def remove_material(request, pk, file):
    gathering = find(request, pk)
    permit(may_change(request.user, gathering))
    file = get_object_or_404(File.objects.of(gathering), pk=file)

    file.erase(by=request.user)

    messages.success(request, _("The file is removed."))
    return redirect(gathering)
