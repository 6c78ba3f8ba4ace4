"""Who does what in the round."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppdrift.rounds.copying import proposed_roles
from oppdrift.rounds.forms import GoOnForm, HoursForm, RoleForm
from oppdrift.rounds.models import Role, Round, Stage

from .finding import round_to_edit


def roles(request, pk):
    found = round_to_edit(request, pk)
    form = RoleForm(request.POST or None, round=found, initial={"kind": request.GET.get("kind")})
    if request.method == "POST" and form.is_valid() and _gave(request, found, form):
        return redirect("rounds:roles", pk)
    return _show(request, found, form, GoOnForm(proposed=proposed_roles(found)))


def _show(request, found: Round, form: RoleForm, go_on: GoOnForm):
    given = list(found.roles.in_force().select_related("person", "person__unit"))
    surroundings = {
        "round": found,
        "form": form,
        "groups": [(kind.label, [role for role in given if role.kind == kind]) for kind in Role.Kind],
        "lacks_substitute": found.uses(Stage.ASSESSING) and not any(r.kind == Role.Kind.SUBSTITUTE for r in given),
        "go_on": go_on,
    }
    return render(request, "rounds/roles.html", surroundings)


@transaction.atomic
def _gave(request, round, form: RoleForm) -> bool:
    values = form.cleaned_data
    person = form.receiver()
    if not (answer := round.can_give_role(person, values["kind"])):
        form.add_error("who", str(answer))
        transaction.set_rollback(True)  # nobody new is made for a role they did not get
        return False
    role = round.give_role(person, values["kind"], by=request.user, hours=values["hours"])
    messages.success(
        request, _("%(name)s is %(role)s now.") % {"name": person.name, "role": role.get_kind_display().lower()}
    )
    return True


@require_POST
def give_proposed(request, pk):
    """The roles that were ticked of those people had in the earlier round."""
    found = round_to_edit(request, pk)
    go_on = GoOnForm(request.POST, proposed=proposed_roles(found))
    if not go_on.is_valid():
        return _show(request, found, RoleForm(round=found), go_on)
    given = 0
    for role in go_on.chosen:
        if found.can_give_role(role.person, role.kind):
            found.give_role(role.person, role.kind, by=request.user, hours=role.hours)
            given += 1
    messages.success(request, ngettext("%(n)d role is given.", "%(n)d roles are given.", given) % {"n": given})
    return redirect("rounds:roles", pk)


def role(request, pk, role):
    found = round_to_edit(request, pk)
    held = get_object_or_404(found.roles.in_force().select_related("person", "round"), pk=role)
    form = HoursForm(request.POST or None, initial={"hours": held.hours})
    if request.method == "POST" and form.is_valid():
        held.give_hours(form.cleaned_data["hours"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("rounds:roles", pk)
    return render(request, "rounds/role.html", {"round": found, "role": held, "form": form, "can_end": held.can_end()})


@require_POST
def end(request, pk, role):
    found = round_to_edit(request, pk)
    held = get_object_or_404(found.roles.in_force().select_related("person", "round"), pk=role)
    held.end(by=request.user)
    messages.success(request, _("%(name)s does not have the role any longer.") % {"name": held.person.name})
    if held.person == request.user and held.kind == Role.Kind.LEAD:
        return redirect("rounds:rounds")  # they cannot open this page any longer
    return redirect("rounds:roles", pk)
