"""Does somebody take part, or run it? Menu and steps both ask, and most people never have."""

from django.db.models import QuerySet

from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round, Stage
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.once import once
from oppdrift.toolbox.prepared import prepared

from .models import Participation


@once
def takes_part(person: Person) -> bool:
    """Now, in a round that goes on. Nobody is asked for who was never invited."""
    return person.has_taken_part and bool(_own(person))


@prepared
def _own(person: Person) -> QuerySet[Participation]:
    return Participation.objects.in_force().of(person).alive()


def run_by(person: Person) -> list[Round]:
    """The published rounds with the programme that the person leads or substitutes the lead of, the newest first."""
    rounds = {role.round for role in roles_held_by(person) if role.kind in Role.RUNS}
    found = [each for each in rounds if each.published_at and each.uses(Stage.LEADERSHIP)]
    return sorted(found, key=lambda each: (each.year, each.pk), reverse=True)


def going_on(person: Person) -> Round | None:
    """Of those that are alive the newest past its deadline, for leaders take part with their teams; else the newest."""
    alive = [each for each in run_by(person) if each.is_alive]
    return next((each for each in alive if each.deadline_is_past), alive[0] if alive else None)
