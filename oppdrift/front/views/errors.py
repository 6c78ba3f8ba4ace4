"""When something is refused, missing or broken: what it is and what to do, in the reader's language."""

from django.shortcuts import render


def refused(request, exception=None):
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def broken(request):
    return render(request, "500.html", status=500)
