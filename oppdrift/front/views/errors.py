"""When something is refused, missing or broken: what it is and what to do, in the reader's language."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def refused(request, exception=None):
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def broken(request):
    # Without the request: what stands around every page may be what broke.
    return HttpResponseServerError(render_to_string("500.html"))
