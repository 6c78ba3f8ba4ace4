"""A refusal reaches the reader as a sentence, never as a stack of technical words."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from .answers import NotNow


class Refusals(MiddlewareMixin):
    """NotNow becomes 409, a permission denied 403; for htmx the sentence lands among the page's messages."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotNow):
            words = str(exception) or _("This cannot be done now.")
            return _piece(request, words, 409) if _swaps(request) else _page(request, words)
        if isinstance(exception, PermissionDenied) and _swaps(request):
            return _piece(request, str(exception) or _("You may not do this."), 403)
        return None


def _swaps(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not getattr(htmx, "boosted", False)


def _page(request: HttpRequest, words: str) -> HttpResponse:
    return render(request, "409.html", {"reason": words}, status=409)


def _piece(request: HttpRequest, words: str, status: int) -> HttpResponse:
    answer = render(request, "pieces/_messages.html", {"note": words}, status=status)
    answer["HX-Retarget"] = "#messages"
    answer["HX-Reswap"] = "innerHTML"
    return answer
