"""Finding the round somebody edits, in the first breath of every view here."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from oppdrift.rounds.models import Round
from oppdrift.rounds.policies import may_edit
from oppdrift.toolbox.answers import ensure, permit


def round_to_edit(request: HttpRequest, pk: int) -> Round:
    """A round this person leads: 404 when they may not see it, 403 when they see it and do not lead it."""
    found = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may_edit(request.user, found))  # type: ignore[arg-type]
    return found


def round_to_change(request: HttpRequest, pk: int) -> Round:
    """The same, for forms that make no sense once the round is closed."""
    found = round_to_edit(request, pk)
    ensure(found.can_change())
    return found
