"""«Vi vil kopiere dette»: four questions for anybody, and a button that confirms them."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppdrift.benefits import telling
from oppdrift.benefits.forms import CopyForm
from oppdrift.benefits.models import Adoption
from oppdrift.ideas.models import Idea
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import ensure

QUESTIONS = ("organisation", "kind", "name", "address")


@login_not_required  # whoever would like to copy a solution works somewhere else and has no account
@never_cache
def copy(request, idea):
    """Only for solutions that have an open page. What is asked is held back until the address has answered."""
    idea = get_object_or_404(Idea.objects.published().select_related("round"), pk=idea)
    person = request.user if request.user.is_authenticated else None
    form, after = CopyForm(request.POST or None, person=person), reverse("benefits:copy_sent") + f"?of={idea.pk}"
    if request.method == "POST" and form.is_valid():
        if form.is_trapped:
            return redirect(after)  # as if it had gone well, so that a machine learns nothing
        if may_ask(request, form.cleaned_data["address"]):
            ask(idea, form)
            return redirect(after)
        form.add_error(None, _("We have just had several questions from you. Wait an hour, then try again."))
    return render(request, "benefits/copy.html", {"form": form, "idea": idea, "open_page": settings.OPEN_PAGE})


@transaction.atomic
def ask(idea: Idea, form: CopyForm) -> None:
    """Write it down, and a letter to the address."""
    said = {name: form.cleaned_data[name] for name in QUESTIONS}
    asked = Adoption.ask(idea, language=get_language() or "nb", **said)
    telling.of_copy_to_confirm(asked)


def may_ask(request, address: str) -> bool:
    """So many an hour from one network address, so many a day to one mail address."""
    return bool(ratelimit.consume(request, action="ask_to_copy", key=address))


@login_not_required  # where the form leads
@require_safe
def sent(request):
    """With the way back to the project."""
    of = request.GET.get("of", "")
    idea = Idea.objects.published().filter(pk=of).first() if of.isdecimal() and len(of) < 10 else None
    return render(request, "benefits/copy_sent.html", {"idea": idea, "open_page": settings.OPEN_PAGE})


@login_not_required  # the link is in a letter to somebody without account; the token is the key
@never_cache
def confirm(request, token):
    """Looking changes nothing, since mail scanners open links; the button confirms. A page that was taken off since is
    found by no link either."""
    shown = Adoption.objects.filter(idea__in=Idea.objects.published())
    asked = get_object_or_404(shown.select_related("idea__round"), token=token)
    if request.method == "POST":
        ensure(asked.can_confirm())
        with transaction.atomic():
            asked.confirm()
            telling.of_copy_confirmed(asked)

        messages.success(request, _("Thank you. Those who have the solution have got a letter, and get in touch."))
        return redirect("benefits:confirm", token)
    context = {
        "asked": asked, "idea": asked.idea, "can_confirm": bool(asked.can_confirm()), "open_page": settings.OPEN_PAGE,
    }  # fmt: skip
    response = render(request, "benefits/confirm.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
