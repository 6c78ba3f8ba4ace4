"""Who may do what in the leadership programme."""

from django.utils.translation import gettext as _

from oppdrift.applications.models import Promise
from oppdrift.gatherings.models import Gathering, SignUp
from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.rounds.models.stage import Stage
from oppdrift.toolbox.answers import Answer, No

from .models import FollowUp, Participation, Reflection


def runs(person: Person, round: Round) -> bool:
    return any(role.kind in Role.RUNS and role.round_id == round.pk for role in roles_held_by(person))


def may_run(person: Person, round: Round) -> Answer:
    """See who takes part and what they have been through."""
    if not runs(person, round):
        return No(_("Only the programme lead sees all who take part."))
    return True if round.uses(Stage.LEADERSHIP) else No(_("This round has no leadership programme."))


def may_look_back(person: Person) -> Answer:
    """Across rounds: who runs one of them, or the programme."""
    if person.runs_programme or any(role.kind in Role.RUNS for role in roles_held_by(person)):
        return True
    return No(_("Only the programme lead sees all who take part."))


def may_invite(person: Person, round: Round) -> Answer:
    if not runs(person, round):
        return No(_("Only the programme lead invites to the leadership programme."))
    return Participation.can_invite(round)


def may_end(person: Person, row: Participation) -> Answer:
    """The lead, or whoever takes part."""
    if row.person_id != person.pk and not runs(person, row.round):
        return No(_("Only the programme lead ends somebody’s part."))
    return row.can_end()


def may_note_presence(person: Person, module: Gathering) -> Answer:
    if not runs(person, module.round):
        return No(_("Only the programme lead notes who came."))
    return SignUp.can_note_presence(module)


def may_ask_all(person: Person, module: Gathering) -> Answer:
    """Invite those to a module who are not asked yet."""
    if not runs(person, module.round):
        return No(_("Only the programme lead invites to the leadership programme."))
    return No(_("It is over. Nobody more can be asked.")) if module.appointment.is_over else module.can_change()


def may_reflect(person: Person, row: Participation | None) -> Answer:
    """Whoever takes part, about what they have tried."""
    if row is None or row.person_id != person.pk:
        return No(_("Only those who take part in the leadership programme write here."))
    return Reflection.can_write(row)


def may_keep(person: Person, reflection: Reflection) -> Answer:
    """Change, share, keep or erase it: whoever wrote it."""
    if reflection.participation.person_id != person.pk:
        return No(_("Only whoever wrote the reflection decides about it."))
    return True


def may_follow_up(person: Person, promise: Promise) -> Answer:
    """Whoever gave it, the team of its own promise, and who leads the idea."""
    idea = promise.idea
    gave = promise.person_id == person.pk or _speaks_for(person, promise)
    if not gave and not Idea.objects.cleared_for(person).filter(pk=idea.pk).exists():
        return No(_("Only whoever gave the promise says how it goes."))
    if not is_followed(promise):
        return No(_("This round has no leadership programme."))
    return FollowUp.can_say(promise)


def is_followed(promise: Promise) -> bool:
    """By the leadership programme where the round has one; what was agreed for a project in any case."""
    round, agreed = promise.idea.round, promise.source == Promise.Source.AGREEMENT
    return bool(round and (round.uses(Stage.LEADERSHIP) or (agreed and round.uses(Stage.PROJECTS))))


def _speaks_for(person: Person, promise: Promise) -> bool:
    """The team for the team; owner and endorsing leader for the leader."""
    kinds = {
        Promise.Giver.TEAM: [Part.Kind.TEAM],
        Promise.Giver.LEADER: [Part.Kind.OWNER, Part.Kind.ENDORSER],
    }.get(Promise.Giver(promise.giver), [])
    return promise.idea.parts.in_force().filter(person=person, kind__in=kinds).exists()
