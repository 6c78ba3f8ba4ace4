"""Who may do what with rehearsals and the pitch day. What the panel may do is the seat's to say, see `Ballot`."""

from django.utils.translation import gettext as _

from oppdrift.gatherings.models import Gathering
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.answers import Answer, No

from .models import PitchDay, Rehearsal


def runs(person: Person, round: Round) -> bool:
    return any(role.round_id == round.pk and role.kind in Role.RUNS for role in roles_held_by(person))


def may_arrange(person: Person, round: Round) -> Answer:
    """Those who run the round. The running order is for all to see on the day, so nobody is barred from making it."""
    return True if runs(person, round) else No(_("Only those who run the round arrange the pitch day."))


def may_host(person: Person, day: PitchDay) -> Answer:
    """Whoever runs the round, one at a time. A host sees who is done and how many have answered, and no points."""
    return True if runs(person, day.round) else No(_("Only those who run the round host the pitch day."))


def may_make_slots(person: Person, gathering: Gathering) -> Answer:
    if not runs(person, gathering.round):
        return No(_("Only those who run the round make slots for rehearsals."))
    return Rehearsal.can_make(gathering)


def teams_of(person: Person, round: Round | None = None) -> list[Idea]:
    """Ideas in whose team the person is. One statement."""
    parts = Part.objects.in_force().filter(person=person, kind=Part.Kind.TEAM)
    ideas = Idea.objects.filter(pk__in=parts.values("idea"))
    return list(ideas.filter(round=round) if round else ideas)


def may_book(person: Person, rehearsal: Rehearsal, idea: Idea) -> Answer:
    """Anybody in the team, for the team."""
    if not in_team(person, idea):
        return No(_("Only the team books its rehearsal."))
    return rehearsal.can_book(idea)


def may_give_back(person: Person, rehearsal: Rehearsal) -> Answer:
    if rehearsal.idea is None or not in_team(person, rehearsal.idea):
        return No(_("Only the team gives back its rehearsal."))
    return rehearsal.can_give_back()


def in_team(person: Person, idea: Idea) -> bool:
    return idea.parts.in_force().filter(person=person, kind=Part.Kind.TEAM).exists()


def belongs(person: Person, idea: Idea | None) -> bool:
    return idea is not None and Idea.objects.of(person).filter(pk=idea.pk).exists()


def may_run_clock(person: Person, rehearsal: Rehearsal) -> Answer:
    """The team, the practice panel, or whoever runs the round: somebody in the room holds the phone."""
    if not (answer := rehearsal.can_run()):
        return answer
    if belongs(person, rehearsal.idea) or runs(person, rehearsal.gathering.round):
        return True
    if Rehearsal.objects.practised_by(person).filter(pk=rehearsal.pk).exists():
        return True
    return No(_("Only those who are at the rehearsal hold its clock."))


def may_advise(person: Person, rehearsal: Rehearsal) -> Answer:
    return rehearsal.can_advise(person)


def may_read_feedback(person: Person, idea: Idea) -> Answer:
    """Those who belong to the idea, and who leads the case, once the final decision is told."""
    close = Idea.objects.of(person) | Idea.objects.cleared_for(person)
    if not close.filter(pk=idea.pk).exists():
        return No(_("Only the team reads what the panel says to it."))
    if not is_told(idea):
        return No(_("What the panel says is told together with the decision."))
    return True


def is_told(idea: Idea) -> bool:
    return Decision.objects.known().at(Decision.Stage.FINAL).filter(idea=idea).exists()
