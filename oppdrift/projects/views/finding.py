"""Finding things among what the person may see."""

from typing import Any

from django.shortcuts import get_object_or_404

from oppdrift.projects.models import Project
from oppdrift.rounds.models import Round


def find(request, pk: int) -> Project:
    """A project this person sees."""
    seen = Project.objects.seen_by(request.user).select_related("idea__round", "owner", "grant", "decision")
    return get_object_or_404(seen, pk=pk)


def find_round(request, pk: int) -> Round:
    return get_object_or_404(Round.objects.seen_by(request.user), pk=pk)


def about(project: Project, **more: Any) -> dict[str, Any]:
    """What every page of one project shows above its heading."""
    return {"project": project, "idea": project.idea, "round": project.round, **more}
