"""Pages about ideas: the list, one idea, writing, the team."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.toolbox.answers import NotNow, permit

from . import listing
from .forms import IdeaForm, InviteForm, SearchForm
from .models import Idea
from .policies import may_change, may_end, may_invite, may_take_lead, may_take_up, may_withdraw

A_PAGE = 50


def ideas(request):
    """Ideas that are shared, and one's own."""
    person = request.user
    form = SearchForm(request.GET, seen=listing.seen_by(person))
    if form.is_asked:
        found: Any = listing.with_lead(form.found_in(listing.seen_by(person), person), person)
        paginator: Paginator[Idea] = Paginator(found, A_PAGE)
    else:
        paginator = Paginator(cast(Any, listing.everything.of(person)), A_PAGE)
        paginator.count = listing.number.first(person) or 0
    context = {
        "form": form,
        "page": paginator.get_page(request.GET.get("page")),
        "hidden": listing.hidden.first(person) or 0,
    }
    return render(request, "ideas/ideas.html", context)


def new(request):
    form = IdeaForm(request.POST or None, initial={"unit": request.user.unit_id})
    if request.method == "POST" and form.is_valid():
        idea = Idea.begin(by=request.user, shared=not form.cleaned_data["kept"], **form.words)

        messages.success(request, _("The idea is written down. Now you can invite colleagues into the team."))
        return redirect(idea)
    return render(request, "ideas/new.html", {"form": form})


def edit(request, pk):
    idea = find(request, pk)
    permit(may_change(request.user, idea))

    # The form gets an instance of its own: what does not fit must not stand on the page's idea.
    form = IdeaForm(request.POST or None, instance=Idea.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        idea.change(by=request.user, **{name: value for name, value in form.written().items() if name != "kept"})
        (idea.keep_to_team if form.cleaned_data["kept"] else idea.share)(by=request.user)

        messages.success(request, _("The idea is saved."))
        return redirect(idea)
    return render(request, "ideas/edit.html", {"form": form, "idea": idea})


def invite(request, pk):
    idea = find(request, pk)
    permit(may_invite(request.user, idea))

    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            part = idea.invite(form.cleaned_data["address"], name=form.cleaned_data["name"], by=request.user)
        except NotNow as refusal:
            form.add_error("address", str(refusal))
        else:
            told = _("%(name)s is in the team now, and gets a letter about it.")
            messages.success(request, told % {"name": part.person.name})
            return redirect(idea)
    return render(request, "ideas/invite.html", {"form": form, "idea": idea})


@require_POST
def end_part(request, pk, part):
    idea = find(request, pk)
    part = get_object_or_404(idea.team(), pk=part)
    permit(may_end(request.user, part))

    part.end(by=request.user)

    if part.person_id == request.user.pk:
        messages.success(request, _("You have left the team."))
        return redirect("ideas:ideas")
    messages.success(request, _("%(name)s is no longer in the team.") % {"name": part.person.name})
    return redirect(idea)


@require_POST
def take_lead(request, pk, part):
    idea = find(request, pk)
    part = get_object_or_404(idea.team(), pk=part)
    permit(may_take_lead(request.user, part))

    part.take_lead(by=request.user)

    messages.success(request, _("%(name)s is project lead now.") % {"name": part.person.name})
    return redirect(idea)


@require_POST
def withdraw(request, pk):
    idea = find(request, pk)
    permit(may_withdraw(request.user, idea))

    idea.withdraw(by=request.user)

    messages.success(request, _("The idea is withdrawn. You can take it up again here."))
    return redirect(idea)


@require_POST
def take_up(request, pk):
    idea = find(request, pk)
    permit(may_take_up(request.user, idea))

    idea.take_up(by=request.user)

    messages.success(request, _("The idea is back."))
    return redirect(idea)


def find(request, pk) -> Idea:
    """An idea this person sees."""
    return get_object_or_404(Idea.objects.seen_by(request.user).select_related("round", "unit"), pk=pk)
