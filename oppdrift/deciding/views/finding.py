"""What several pages begin with."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404

from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import Answer, permit

from ..room import Room


def find_round(request: Any, pk: int, may: Callable[[Person, Round], Answer]) -> Round:
    round = get_object_or_404(Round.objects.seen_by(request.user), pk=pk)
    permit(may(request.user, round))
    return round


def without(request: Any) -> list[int]:
    """Keys of ideas left out of the screen, from the address."""
    return [int(key) for key in request.GET.getlist("without") if key.isdecimal() and len(key) < 19]


def room_of(request: Any, round: Round) -> Room:
    return Room(round, request.user, without(request))
