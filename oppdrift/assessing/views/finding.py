"""On the way to a page about one application."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from oppdrift.applications.models import Application
from oppdrift.ideas.policies import must_declare
from oppdrift.people.requests import SignedInRequest
from oppdrift.toolbox.addresses import reverse


def declare_first(request: SignedInRequest, application: Application) -> HttpResponse | None:
    """To the page of declarations, for whoever leads the case and has said nothing yet; else nothing."""
    if request.method != "GET" or not must_declare(request.user, application.idea):
        return None
    return redirect(f"{reverse(settings.DECLARE_PAGE, args=[application.round_id])}?from={application.pk}")
