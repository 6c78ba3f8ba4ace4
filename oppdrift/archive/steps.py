"""What those who bring in earlier rounds have begun and not finished."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from .models import Batch


def steps_for(person) -> list[Step]:
    """Files that were read and neither confirmed nor dropped."""
    if not person.runs_programme:
        return []
    return [
        Step(
            title=_("Finish bringing in %(name)s") % {"name": batch.name},
            why=_("The file is read, and nothing is changed before you confirm it or drop it."),
            url=reverse("archive:import", args=[batch.pk]),
            button=_("Look it over"),
            weight=-10,
        )
        for batch in _waiting(person)
    ]


@prepared
def _waiting(person) -> QuerySet[Batch]:
    return Batch.objects.filter(read_by=person, confirmed_at=None).only("pk", "name", "year")[:3]
