"""The municipality's own colours: one CSS file beside the data, loaded after ours."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control


@login_not_required  # colours are no secret, and strangers see the first page
@cache_control(max_age=3600, public=True)
def theme(request: HttpRequest) -> FileResponse:
    """The file that THEME_FILE names; its name is a setting and never comes from an address."""
    path = Path(settings.DATA) / settings.THEME_FILE
    if not settings.THEME_FILE or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="text/css; charset=utf-8")
