"""What people owe here, and may do next."""

from oppdrift.people.models import Person
from oppdrift.toolbox.steps import Step

from .mutual import steps_of_asks
from .pages import steps_of_pages
from .talks import steps_of_talks


def steps_for(person: Person) -> list[Step]:
    """A statement for each kind of thing."""
    return [*steps_of_pages(person), *steps_of_talks(person), *steps_of_asks(person)]
