"""Pages about ideas."""

from django.shortcuts import get_object_or_404, render

from .models import Idea


def idea(request, pk):
    idea = get_object_or_404(Idea.objects.seen_by(request.user).select_related("round", "unit"), pk=pk)
    return render(request, "ideas/idea.html", {"idea": idea})
