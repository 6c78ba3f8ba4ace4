"""Method cards, and reflections on having tried one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.ideas.models import Idea
from oppdrift.leadership.forms import ReflectionForm
from oppdrift.leadership.methods import METHODS, Method
from oppdrift.leadership.models import Reflection
from oppdrift.leadership.policies import may_keep, may_reflect
from oppdrift.toolbox.answers import permit

from .mine import newest_of


@require_safe
def methods(request):
    return render(request, "leadership/methods.html", {"methods": list(METHODS.values())})


@require_safe
def method(request, key):
    """One card, as it lies on the table."""
    card, own = card_of(key), newest_of(request.user)
    tried = Reflection.objects.of(request.user).filter(method=card.key) if own else []
    context = {"card": card, "may_reflect": bool(may_reflect(request.user, own)), "tried": list(tried)}
    return render(request, "leadership/method.html", context)


def reflect(request, key):
    card, own = card_of(key), newest_of(request.user)
    permit(may_reflect(request.user, own))

    form = ReflectionForm(request.POST or None, person=request.user, initial={"idea": request.GET.get("idea")})
    if own and request.method == "POST" and form.is_valid():
        made = Reflection.write(own, card.key, by=request.user, **form.cleaned_data)

        messages.success(request, _("The reflection is saved. Those of your unit who take part can read it."))
        return redirect("leadership:reflection", made.pk)
    return render(request, "leadership/reflect.html", {"form": form, "card": card})


@require_safe
def reflection(request, pk):
    found = find(request, pk)
    idea = found.idea
    sees_idea = idea is not None and Idea.objects.seen_by(request.user).filter(pk=idea.pk).exists()
    context = {"reflection": found, "may_keep": bool(may_keep(request.user, found)), "sees_idea": sees_idea}
    return render(request, "leadership/reflection.html", context)


def change(request, pk):
    found = find(request, pk)
    permit(may_keep(request.user, found))

    # The form gets an instance of its own: what does not fit must not stand on the page's reflection.
    own = Reflection.objects.get(pk=pk)
    form = ReflectionForm(request.POST or None, person=request.user, instance=own)
    if request.method == "POST" and form.is_valid():
        found.change(by=request.user, **form.written())

        messages.success(request, _("The changes are saved."))
        return redirect("leadership:reflection", pk)
    return render(request, "leadership/reflect.html", {"form": form, "card": found.card, "reflection": found})


@require_POST
def share(request, pk):
    found = find(request, pk)
    permit(may_keep(request.user, found) and found.can_share())

    found.share(by=request.user)

    messages.success(request, _("The programme lead can read it now."))
    return redirect("leadership:reflection", pk)


@require_POST
def keep(request, pk):
    found = find(request, pk)
    permit(may_keep(request.user, found) and found.can_keep())

    found.keep(by=request.user)

    messages.success(request, _("Only your unit reads it now."))
    return redirect("leadership:reflection", pk)


@require_POST
def erase(request, pk):
    found = find(request, pk)
    permit(may_keep(request.user, found))

    found.erase(by=request.user)

    messages.success(request, _("The reflection is erased."))
    return redirect("leadership:mine")


def card_of(key: str) -> Method:
    if key not in METHODS:
        raise Http404
    return METHODS[key]


def find(request, pk) -> Reflection:
    """One that this reader sees."""
    seen = Reflection.objects.seen_by(request.user).select_related(
        "participation__person", "participation__unit", "idea"
    )
    return get_object_or_404(seen, pk=pk)
