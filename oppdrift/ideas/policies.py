"""Who may do what with ideas."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No
from oppdrift.toolbox.once import is_remembered, once
from oppdrift.toolbox.prepared import prepared

from . import sight
from .models import Idea, Part

DECLARE_FIRST = gettext_lazy("Declare your impartiality first. Then you can read.")


def in_team(person: Person, idea: Idea) -> bool:
    if is_remembered():
        return idea.pk in sight.ties(person).team
    return idea.team().filter(person=person).exists()


class Stand(NamedTuple):
    """What one person is to one idea; see `sight`."""

    leads: bool = False
    is_cleared: bool = False
    judges: bool = False


@once
def stand(person: Person, idea: int) -> Stand:
    """How the person stands towards the idea of this key. One statement."""
    return Stand(*(_stand.first(person, idea) or ()))


@prepared
def _stand(person: Person, idea: int) -> QuerySet:
    asked = {"leads": sight.leading(person), "is_cleared": sight.cleared(person), "judges": sight.judging(person)}
    return Idea.objects.filter(pk=idea).annotate(**asked).values_list(*asked)


def leads(person: Person, idea: Idea) -> bool:
    return stand(person, idea.pk).leads


def must_declare(person: Person, idea: Idea) -> bool:
    """Leads it, and has not said yet whether they have ties to it: title, people and numbers are all they see."""
    if not idea.is_applying:
        return False
    known = stand(person, idea.pk)
    return known.leads and not known.is_cleared


def may_read(person: Person, idea: Idea) -> bool:
    """The idea's own two texts: colleagues where it is shared, else those who belong to it, lead or judge it."""
    return idea.shared or not must_declare(person, idea)


def may_change(person: Person, idea: Idea) -> Answer:
    """The team, in its own words."""
    if not in_team(person, idea):
        return No(_("Only the team can change the idea."))
    return idea.can_change()


def may_invite(person: Person, idea: Idea) -> Answer:
    """The team, or the lead who helps them."""
    if not (in_team(person, idea) or leads(person, idea)):
        return No(_("Only the team can invite somebody."))
    return idea.can_change()


def may_end(person: Person, part: Part) -> Answer:
    """One's own part in the team, or a team mate's; the lead may correct it."""
    if part.kind != Part.Kind.TEAM:
        return No(_("This part is not the team's to end."))
    if not (in_team(person, part.idea) or leads(person, part.idea)):
        return No(_("Only the team can change who is in it."))
    return part.can_end()


def may_take_lead(person: Person, part: Part) -> Answer:
    """The team agrees on its project lead."""
    if not (in_team(person, part.idea) or leads(person, part.idea)):
        return No(_("Only the team can change who is in it."))
    return part.can_take_lead()


def may_withdraw(person: Person, idea: Idea) -> Answer:
    if not in_team(person, idea):
        return No(_("Only the team can withdraw the idea."))
    return idea.can_withdraw()


def may_take_up(person: Person, idea: Idea) -> Answer:
    if not in_team(person, idea):
        return No(_("Only the team can take the idea up again."))
    return idea.can_take_up()
