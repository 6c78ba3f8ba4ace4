"""Who else takes a solution up: written down, followed, given up."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.benefits.forms import AdoptionForm, MoreForm, MoveForm
from oppdrift.benefits.models import Adoption
from oppdrift.benefits.policies import may_follow, may_record, may_record_for_anybody, units_led_by
from oppdrift.ideas.models import Idea
from oppdrift.toolbox.answers import permit

from .finding import tried


def write_down(request, idea):
    """By team and lead for anybody; by a leader of ours for their own unit, of any solution they can see."""
    idea = get_object_or_404(Idea.objects.seen_by(request.user).select_related("round"), pk=idea)
    permit(may_record(request.user, idea))

    own_units = None if may_record_for_anybody(request.user, idea) else units_led_by(request.user)
    form = AdoptionForm(request.POST or None, own_units=own_units)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, Adoption.write_down, idea, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("It is in the list now."))
        return redirect("benefits:of", idea.pk) if own_units is None else redirect(idea)
    return render(request, "benefits/write_down.html", {"form": form, "idea": idea})


def adoption(request, pk):
    """What they use, how it went there, whom to call."""
    found = find(request, pk)
    permit(may_follow(request.user, found))

    form = MoreForm(request.POST or None, instance=Adoption.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        found.change(by=request.user, **form.written())

        messages.success(request, _("It is saved."))
        return redirect(found)
    return show(request, found, form, MoveForm(adoption=found))


@require_POST
def move(request, pk):
    found = find(request, pk)
    permit(may_follow(request.user, found))

    form = MoveForm(request.POST, adoption=found)
    if form.is_valid():
        said = form.cleaned_data
        if tried(form, found.move, said["state"], said["on"], why=said["why"], by=request.user):
            messages.success(request, _("The step is noted."))
            return redirect(found)
    return show(request, found, MoreForm(instance=Adoption.objects.get(pk=pk)), form)


def show(request, found: Adoption, form: MoreForm, move_form: MoveForm):
    context = {"adoption": found, "idea": found.idea, "form": form, "move_form": move_form}
    return render(request, "benefits/adoption.html", context)


def find(request, pk) -> Adoption:
    """One this person sees, or whose unit they lead."""
    seen = Adoption.objects.seen_by(request.user) | Adoption.objects.confirmed().filter(unit__leader=request.user)
    return get_object_or_404(seen.select_related("idea__round", "unit"), pk=pk)
