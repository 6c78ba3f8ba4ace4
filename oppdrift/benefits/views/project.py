"""A project's benefits on one page, and a new one."""

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppdrift.benefits import plan, section, telling
from oppdrift.benefits.forms import BenefitForm
from oppdrift.benefits.models import Benefit
from oppdrift.benefits.policies import may_begin
from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import permit

from .finding import find_idea, tried


@require_safe
def of(request, idea):
    """For those close to it."""
    idea = find_idea(request, idea)
    return render(request, "benefits/of.html", section.project(idea, request.user))


def new(request, idea):
    idea = find_idea(request, idea)
    permit(may_begin(request.user, idea))

    end = plan.end_of(idea)
    usual = [day for day, _months in plan.usual(end)]
    form = BenefitForm(request.POST or None, plan=usual, suggestions=suggested_owners(idea))
    if request.method == "POST" and form.is_valid() and tried(form, begin, idea, form, end, by=request.user):
        messages.success(request, _("The benefit is written down."))
        return redirect("benefits:of", idea.pk)
    return render(request, "benefits/new.html", {"form": form, **around(idea)})


@transaction.atomic
def begin(idea: Idea, form: BenefitForm, end, *, by: Person) -> None:
    """The benefit with its plan, its baseline and its owner: all, or nothing."""
    owner = form.cleaned_data.get("owner")
    benefit = Benefit.begin(idea, by=by, plan=plan.as_planned(form.days, end), owner=owner, **form.words)
    form.save_baseline(benefit, by=by)
    telling.of_owner(benefit, by=by)


def around(idea: Idea) -> dict:
    """What stands beside the form: what the application said."""
    return {"idea": idea, "application_said": section.words_of_application(idea)}


def suggested_owners(idea: Idea) -> QuerySet[Person]:
    """Leaders who stand by it already."""
    near = idea.parts.in_force().filter(kind__in=[Part.Kind.OWNER, Part.Kind.BENEFIT, Part.Kind.ENDORSER])
    return Person.objects.active().filter(pk__in=near.values("person"))
