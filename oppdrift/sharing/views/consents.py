"""Who has said yes to being in a picture; and the page by which they take it back, open to whoever holds the link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from oppdrift.history.models import File
from oppdrift.sharing.forms.stories import ConsentForm
from oppdrift.sharing.models import Consent, Showcase, Story
from oppdrift.sharing.policies.stories import may_keep_consents, may_withdraw_for
from oppdrift.toolbox.answers import permit


def consents(request, file):
    """Those of one picture, and a form for one more."""
    found = find(request, file)
    permit(may_keep_consents(request.user, found))

    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        consent = Consent.record_yes(found, by=request.user, **form.cleaned_data)

        told = _("%(name)s’s yes is written down. They get a letter with a link to take it back.")
        if not consent.address:
            told = _("%(name)s’s yes is written down.")
        messages.success(request, told % {"name": consent.name})
        return redirect("sharing:consents", file)
    rows = list(Consent.objects.filter(file=found))
    return render(request, "sharing/consents.html", {"file": found, "thing": found.thing, "rows": rows, "form": form})


@require_POST
def withdraw(request, pk):
    """For somebody who has said so to whoever keeps the picture."""
    consent = get_object_or_404(Consent.objects.select_related("file"), pk=pk, file__isnull=False)
    thing: Any = find(request, consent.file_id).thing
    permit(may_withdraw_for(request.user, consent))

    consent.withdraw(by=request.user)

    messages.success(request, _("The consent is taken back, and the picture is erased."))
    return redirect(thing.get_absolute_url())


@login_not_required  # the link is the key: it was sent to whoever is in the picture, who may have no account here
@never_cache
def consent(request, token):
    """Looking changes nothing, since mail scanners open links; the button takes the yes back."""
    found = get_object_or_404(Consent.objects.select_related("file"), token=token)
    if request.method == "POST":
        permit(found.can_withdraw())
        found.withdraw(by=request.user if request.user.is_authenticated else None)

        messages.success(request, _("Your consent is taken back, and the picture is erased."))
        return redirect(found)
    context = {"consent": found, "thing": found.file and found.file.thing}
    response = render(request, "sharing/consent.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def find(request, pk) -> File:
    """A picture of something this person sees."""
    file = get_object_or_404(File, pk=pk)
    thing = file.thing
    if not isinstance(thing, Story | Showcase):
        raise Http404
    if not type(thing).objects.seen_by(request.user).filter(pk=thing.pk).exists():
        raise Http404
    return file
