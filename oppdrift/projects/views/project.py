"""The page of a project for those close to it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from .finding import about, find


@require_safe
def project(request, pk):
    found = find(request, pk)
    grant = getattr(found, "grant", None)
    context = about(found, grant=grant, team=list(found.idea.team()), coaches=list(found.coaches()))
    return render(request, "projects/project.html", context)
