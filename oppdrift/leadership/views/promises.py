"""What the leader promised beside what the team promised, and how it goes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.applications.models import Promise
from oppdrift.ideas.models import Idea
from oppdrift.leadership.following import with_words
from oppdrift.leadership.forms import FollowUpForm
from oppdrift.leadership.models import FollowUp
from oppdrift.leadership.policies import may_follow_up
from oppdrift.toolbox.answers import permit


@require_safe
def promises(request, idea):
    idea = get_object_or_404(read_by(request.user), pk=idea)
    return show(request, idea)


def show(request, idea: Idea, *, wrong: FollowUpForm | None = None):
    order = [Promise.Giver.LEADER, Promise.Giver.TEAM, Promise.Giver.PROGRAMME]
    rows = with_words(Promise.objects.seen_by(request.user).in_force().about(idea))
    rows.sort(key=lambda promise: order.index(Promise.Giver(promise.giver)))
    cards = []
    for promise in rows:
        form = FollowUpForm(promise=promise) if may_follow_up(request.user, promise) else None
        cards.append((promise, wrong if wrong and wrong.promise.pk == promise.pk else form))
    return render(request, "leadership/promises.html", {"idea": idea, "cards": cards})


@require_POST
def say(request, pk):
    promise = get_object_or_404(Promise.objects.seen_by(request.user).in_force().select_related("idea__round"), pk=pk)
    permit(may_follow_up(request.user, promise))

    form = FollowUpForm(request.POST, promise=promise)
    if not form.is_valid():
        return show(request, promise.idea, wrong=form)
    FollowUp.say(promise, by=request.user, **form.cleaned_data)

    messages.success(request, _("It is written down."))
    return redirect("leadership:promises", promise.idea_id)


def read_by(person):
    """Ideas whose promises the person may read."""
    return (Idea.objects.of(person) | Idea.objects.cleared_for(person)).select_related("round").distinct()
