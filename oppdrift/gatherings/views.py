"""Pages about gatherings."""

from django.shortcuts import get_object_or_404, render

from .models import Gathering


def gatherings(request):
    return render(
        request, "gatherings/gatherings.html", {"coming": Gathering.objects.seen_by(request.user).coming_up()}
    )


def gathering(request, pk):
    gathering = get_object_or_404(Gathering.objects.seen_by(request.user), pk=pk)
    return render(request, "gatherings/gathering.html", {"gathering": gathering})
