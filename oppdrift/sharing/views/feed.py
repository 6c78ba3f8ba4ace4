"""The feed of what is told."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from oppdrift.sharing import feed as feeds


@login_not_required  # whoever follows the programme from outside
@require_safe
def feed(request):
    with translation.override(settings.LANGUAGE_CODE):
        document = feeds.atom(feeds.entries())
    response = HttpResponse(document, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "no-cache"  # a picture whose consent is taken back is gone from here at once
    return response
