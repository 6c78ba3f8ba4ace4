"""The leader's support: the team asks, the leader answers by the link in the letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from oppdrift.toolbox.answers import ensure, permit

from ..forms import AskForm, EndorseForm
from ..models import Application, Endorsement
from ..policies import may_ask_endorsement, may_take_back
from ..sections import Form
from .writing import find


def ask(request, pk):
    application = find(request, pk)
    permit(may_ask_endorsement(request.user, application))
    form = AskForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid():
        asked = Endorsement.ask(
            application, name=form.cleaned_data["name"], address=form.cleaned_data["address"], by=request.user
        )
        messages.success(
            request, _("The question is on its way to %(name)s. Write on meanwhile.") % {"name": asked.name}
        )
        return redirect(application)
    return render(request, "applications/ask.html", {"application": application, "form": form})


@require_POST
def take_back(request, pk):
    seen = Application.objects.seen_by(request.user)
    rows = Endorsement.objects.in_force().filter(application__in=seen).select_related("application__idea")
    asked = get_object_or_404(rows, pk=pk)
    permit(may_take_back(request.user, asked))

    asked.take_back(by=request.user)

    messages.success(request, _("The question is taken back. You can ask somebody else."))
    return redirect("applications:ask", asked.application_id)


@login_not_required  # the leader has the link from the letter and needs no account; the token is the key
@never_cache
def endorse(request, token):
    """What is asked, and the answer. Looking changes nothing; only the button answers."""
    asked = get_object_or_404(
        Endorsement.objects.select_related("application__idea", "application__round"), token=token
    )
    answer = asked.can_answer()
    values = {"answer": asked.answer, "hours": asked.hours, "words": asked.words} if asked.answer else None
    form = EndorseForm(request.POST or None, initial=values)
    if request.method == "POST":
        ensure(answer)
        if form.is_valid():
            signed_in = request.user if request.user.is_authenticated and request.user == asked.person else None
            asked.give_answer(**form.cleaned_data, by=signed_in)

            messages.success(request, _("Thank you. The team sees your answer now."))
            return redirect(asked)
    context = {
        "asked": asked,
        "application": asked.application,
        "refusal": "" if answer else str(answer),
        "form": form,
        "team": list(asked.application.idea.team()),
        "text": None
        if asked.taken_back_at or asked.application.is_withdrawn
        else Form(asked.application, request.user),
    }
    response = render(request, "applications/endorse.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
