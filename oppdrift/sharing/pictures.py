"""A picture that goes with an open page, and with the yes of whoever is in it."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from oppdrift.history.models import File


def answer_with(request: HttpRequest, picture: File) -> HttpResponseBase:
    """The picture, or that the browser has it already."""
    try:
        content = picture.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=picture.media_type)
    # Asked for anew each time: a yes that is taken back takes the picture off at once.
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["ETag"] = f'"{picture.sha256}"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response)  # type: ignore[arg-type]
    if answer is not response:
        content.close()
    return answer  # type: ignore[return-value]
