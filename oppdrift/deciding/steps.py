"""What people owe here, and may do next."""

from oppdrift.people.models import Person
from oppdrift.toolbox.steps import Step


def steps_for(person: Person) -> list[Step]:
    return []
