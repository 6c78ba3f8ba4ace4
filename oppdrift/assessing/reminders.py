"""Drafts to those who still have something to assess; the lead reads them before they leave."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oppdrift.history import letters
from oppdrift.history.models import Event, Message
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.clock import today

from .queue import workloads


@transaction.atomic
def remind(round: Round, *, by: Person) -> list[Message]:
    """One letter to each who owes assessments, at most one a day. Returns the new ones."""
    written = []
    for assessor in [each.person for each in workloads(round, by) if each.missing]:
        letter = letters.write(
            "reminder_assessor",
            to=assessor,
            key=f"reminder_assessor-{round.pk}-{assessor.pk}-{today():%Y-%m-%d}",
            root=round,
            by=by,
            deadline=round.assess_by or _("as soon as you can"),
            link=reverse("assessing:queue"),
        )
        if letter:
            written.append(letter)
    if written:
        Event.record("assessing.reminded", round, by=by, letters=len(written))
    return written
