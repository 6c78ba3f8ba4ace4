"""The way on from a page of the decision that has nothing to show yet: to where the next step is made."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.pitching.models import PitchDay, Seat
from oppdrift.rounds.models import Round, Stage
from oppdrift.toolbox.addresses import reverse

from . import final
from .policies import is_counted, may_confirm, may_run, may_see_room


class Way(NamedTuple):
    url: str
    words: str


def to_results(round: Round, person: Person) -> Way | None:
    """While there are none: for who runs it to where the day is made or its voting closed, for the panel to a page of
    their own. One statement.
    """
    if not may_run(person, round):
        seat = Seat.objects.filter(day__round=round, person=person).first()
        return Way(seat.get_absolute_url(), _("Open your page")) if seat else None
    if not PitchDay.objects.filter(round=round).exists():
        return Way(reverse("pitching:day", args=[round.pk]), _("Make the pitch day"))
    return Way(reverse("pitching:host", args=[round.pk]), _("Go to the host page"))


def to_candidates(round: Round) -> Way | None:
    """Where those come from that are decided upon. For who runs the round."""
    if round.uses(Stage.SHORTLIST):
        return Way(reverse("assessing:shortlist", args=[round.pk]), _("To the shortlist"))
    if round.uses(Stage.CALL):
        return Way(reverse("applications:list", args=[round.pk]), _("To the applications"))
    return None


def to_protocol(round: Round, person: Person) -> Way | None:
    """While it cannot be made: to the voting that is open, else to what each can do about the decision."""
    if not is_counted(round):
        return to_results(round, person)
    if may_run(person, round):
        return Way(reverse("deciding:sitting", args=[round.pk]), _("To the preparation"))
    if may_confirm(person, round) and final.can_confirm(round, person):
        return Way(reverse("deciding:confirm", args=[round.pk]), _("Confirm the decision"))
    if may_see_room(person, round):
        return Way(reverse("deciding:room", args=[round.pk]), _("To the decision room"))
    return None
