"""What a page is about, among what this person sees; and what goes wrong in a verb, said in the form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404

from oppdrift.benefits.models import Benefit, Measurement
from oppdrift.ideas.models import Idea
from oppdrift.toolbox.answers import NotNow


def find_idea(request, pk) -> Idea:
    """An idea that the person belongs to or leads."""
    close = Idea.objects.of(request.user) | Idea.objects.cleared_for(request.user)
    return get_object_or_404(close.select_related("round", "unit"), pk=pk)


def find_benefit(request, pk) -> Benefit:
    seen = Benefit.objects.seen_by(request.user).select_related("idea__round", "idea__unit", "owner", "claim_unit")
    return get_object_or_404(seen, pk=pk)


def find_measurement(request, pk) -> Measurement:
    seen = Benefit.objects.seen_by(request.user).values("pk")
    rows = Measurement.objects.filter(benefit__in=seen).select_related("benefit__idea__round", "benefit__owner")
    return get_object_or_404(rows, pk=pk)


def tried(form: forms.BaseForm, deed: Callable[..., Any], *args: Any, field: str | None = None, **kwargs: Any) -> bool:
    """Do it; a refusal becomes an error of the form, so that nothing typed is lost."""
    try:
        deed(*args, **kwargs)
    except NotNow as refusal:
        form.add_error(field, str(refusal))
        return False
    return True
