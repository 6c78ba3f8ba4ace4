"""Who may do what with ideas."""

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No

from .models import Idea, Part


def in_team(person: Person, idea: Idea) -> bool:
    return idea.team().filter(person=person).exists()


def leads(person: Person, idea: Idea) -> bool:
    return Idea.objects.led_by(person).filter(pk=idea.pk).exists()


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
