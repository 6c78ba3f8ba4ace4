"""Letters of the leadership programme."""

from typing import TYPE_CHECKING

from oppdrift.history import letters
from oppdrift.people.models import Person
from oppdrift.toolbox.addresses import reverse

if TYPE_CHECKING:
    from .models import Participation


def of_invitation(row: "Participation", *, by: Person) -> None:
    """Waits in the outbox: it is the lead's own letter."""
    letters.write(
        "lup_invitation", to=row.person, key=f"lup_invitation:{row.pk}", root=row.round, by=by,
        place=row.unit.name, link=reverse("leadership:mine"),
    )  # fmt: skip
