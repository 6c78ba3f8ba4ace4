"""For those who take part: my modules, my methods, our promises."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.gatherings.models import SignUp
from oppdrift.ideas.models import Idea
from oppdrift.leadership.following import promises_of
from oppdrift.leadership.methods import METHODS
from oppdrift.leadership.models import Participation, Reflection, modules_of
from oppdrift.leadership.policies import may_end
from oppdrift.leadership.taking_part import going_on
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import permit


@require_safe
def mine(request):
    """The newest round one takes part in; its other participants from the same unit."""
    person = request.user
    rows = Participation.objects.in_force().of(person).alive().select_related("round", "unit")
    own = rows.order_by("-round__year", "-pk").first()
    if own is None:
        return render(request, "leadership/none.html", {"led": going_on(person)})
    reflections = list(ours(own, person))
    written = [each.method for each in reflections if each.participation_id == own.pk]
    context = {
        "own": own,
        "modules": own_modules(own),
        "mates": list(Participation.objects.in_force().filter(round=own.round, unit=own.unit).select_related("person")),
        "methods": [(card, written.count(card.key)) for card in METHODS.values()],
        "reflections": reflections,
        "promises": promises_of(person, own.round),
    }
    return render(request, "leadership/mine.html", context)


def own_modules(own: Participation) -> list:
    """Each with `state`: came, missed, coming, waiting, off, or nothing."""
    modules = list(modules_of(own.round).on().order_by("appointment__starts_at"))
    places = SignUp.objects.filter(gathering__in=modules, person=own.person_id)
    known = {place.gathering_id: place for place in places}
    for module in modules:
        place = known.get(module.pk)
        noted = place.came if place else None
        module.state = ("came" if noted else "missed") if noted is not None else (place.state if place else "")
    return modules


def ours(own: Participation, person) -> list[Reflection]:
    """Of the unit, with the names of ideas that the reader sees."""
    seen = Reflection.objects.seen_by(person).filter(participation__round=own.round, participation__unit=own.unit)
    rows = list(seen.select_related("participation__person", "idea"))
    visible = set(
        Idea.objects.seen_by(person)
        .filter(pk__in=[row.idea_id for row in rows if row.idea_id])
        .values_list("pk", flat=True)
    )
    for row in rows:
        row.shown_idea = row.idea if row.idea_id in visible else None
    return rows


@require_POST
def end(request, pk):
    """Step out, or, for the lead, end somebody's part."""
    row = get_object_or_404(Participation.objects.seen_by(request.user).select_related("round", "person"), pk=pk)
    permit(may_end(request.user, row))

    row.end(by=request.user)

    if row.person_id == request.user.pk:
        messages.success(request, _("You take part no longer."))
        return redirect("leadership:mine")
    messages.success(request, _("%(name)s takes part no longer.") % {"name": row.person.name})
    return redirect("leadership:round", row.round_id)


def newest_of(person) -> Participation | None:
    """Where somebody writes: their part in the newest round that goes on."""
    rows = Participation.objects.in_force().of(person).alive().filter(round__in=Round.objects.seen_by(person))
    return rows.order_by("-round__year", "-pk").select_related("round", "unit").first()
