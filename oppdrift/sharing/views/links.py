"""Links between projects: of a round, of one project, and how they are decided."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppdrift.ideas.models import Idea
from oppdrift.projects.forms import MeetForm
from oppdrift.rounds.models import Round
from oppdrift.sharing import suggesting
from oppdrift.sharing.forms.mutual import ConceptsForm, ConfirmForm, JoinForm
from oppdrift.sharing.models import ConceptList, Link
from oppdrift.sharing.network import drawn
from oppdrift.sharing.policies.mutual import may_call, may_confirm, may_dismiss, may_edit_concepts, may_join, may_look
from oppdrift.sharing.reasons import in_sentences, prepared
from oppdrift.sharing.sight import projects
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import permit


@require_safe
def links(request, pk):
    """What is confirmed between the round's projects, and, for those whom it concerns, what is suggested."""
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    rows = prepared(Link.objects.seen_by(request.user).of_round(round), request.user)
    arranges = bool(may_look(request.user, round))
    for link in rows:
        link.may_call = arranges and link.round == round and bool(link.can_call())
    by_state = {state: [link for link in rows if link.state == state] for state in Link.State.values}
    context = {
        "round": round,
        "confirmed": by_state["confirmed"],
        "suggested": by_state["suggested"],
        "dismissed": by_state["dismissed"],
        "network": drawn(by_state["confirmed"]),
        "may_look": arranges,
        "may_edit_concepts": may_edit_concepts(request.user),
        "has_projects": projects().filter(round=round).exists(),
    }
    return render(request, "sharing/links.html", context)


@require_POST
def look(request, pk):
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_look(request.user, round))

    found = suggesting.look(round, by=request.user)

    told = ngettext("%(n)s suggestion was found.", "%(n)s suggestions were found.", found) % {"n": found}
    messages.success(request, told if found else _("Nothing stood out. Links can still be made by hand."))
    return redirect("sharing:links", pk)


def confirm(request, pk):
    link = find(request, pk)
    permit(may_confirm(request.user, link))

    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        link.confirm(form.cleaned_data["kind"], words=form.cleaned_data["words"], by=request.user)

        messages.success(request, _("The link is confirmed. Both projects see it."))
        return redirect(place_of(link))
    context = {"link": link, "form": form, "place": place_of(link), "sentences": in_sentences(link.reasons)}
    return render(request, "sharing/confirm.html", context)


@require_POST
def dismiss(request, pk):
    link = find(request, pk)
    permit(may_dismiss(request.user, link))

    link.dismiss(by=request.user)

    messages.success(request, _("The link is dismissed, and will not be suggested again."))
    return redirect(place_of(link))


def call_together(request, pk):
    """A session for the two projects: when, where, and who of them."""
    link = find(request, pk)
    permit(may_call(request.user, link))

    first = {"title": f"{link.idea_a.title} – {link.idea_b.title}"[:150], "description": link.words,
             "parts": ["team", "coach"]}  # fmt: skip
    form = MeetForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        asked = link.call_together(by=request.user, **form.cleaned_data)

        told = ngettext(
            "One person is asked. The letter waits in the outbox.",
            "%(n)d people are asked. The letters wait in the outbox.",
            asked,
        )
        messages.success(request, told % {"n": asked})
        return redirect(place_of(link))
    return render(request, "sharing/call_together.html", {"link": link, "form": form, "place": place_of(link)})


def join(request, idea):
    """Link one's own project to another by hand."""
    idea = get_object_or_404(Idea.objects.seen_by(request.user), pk=idea)
    permit(may_join(request.user, idea))

    form = JoinForm(request.POST or None, idea=idea, person=request.user)
    if request.method == "POST" and form.is_valid():
        Link.join(idea, form.cleaned_data["other"], form.cleaned_data["kind"], words=form.cleaned_data["words"],
                  by=request.user)  # fmt: skip

        messages.success(request, _("The link is made. Both projects see it."))
        return redirect(idea)
    return render(request, "sharing/join.html", {"idea": idea, "form": form})


def concepts(request):
    permit(may_edit_concepts(request.user))

    form = ConceptsForm(request.POST or None, initial={"text": ConceptList.in_force()})
    if request.method == "POST" and form.is_valid():
        ConceptList.write(form.cleaned_data["text"], by=request.user)

        messages.success(request, _("The concepts are saved. They count the next time links are looked for."))
        return redirect("sharing:concepts")
    return render(request, "sharing/concepts.html", {"form": form})


def find(request, pk) -> Link:
    """A link this person sees."""
    seen = Link.objects.seen_by(request.user).select_related("idea_a__round", "idea_b__round", "session__appointment")
    return get_object_or_404(seen, pk=pk)


def place_of(link: Link) -> str:
    """Where it stands among others: the later round of the two, where the work goes on."""
    return reverse("sharing:links", args=[link.round.pk]) if link.round else link.idea_a.get_absolute_url()
