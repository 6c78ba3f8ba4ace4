"""Reminders of measurements: some days before, and once when it is late. Also when the round is long closed.

They are drafts in the outbox, since nothing leaves before it is read. Where nobody leads the case any more, nobody
would read them, and they leave by themselves.
"""

import datetime as dt

from django.db import transaction

from oppdrift.history import letters
from oppdrift.history.models import Message
from oppdrift.people.models import Person
from oppdrift.toolbox.clock import today

from .models import Measurement, reminding

BEFORE = dt.timedelta(days=14)
LATE = dt.timedelta(days=14)


def write_due() -> int:
    """Write the reminders whose time has come. Can be repeated: each is written once. Returns how many are new."""
    waiting = Measurement.objects.due_by(today() + BEFORE).filter(
        benefit__dropped_at=None, benefit__idea__withdrawn_at=None
    )
    new = 0
    for one in waiting.select_related("benefit__idea__round", "benefit__owner").order_by("due", "pk"):
        assert one.due is not None
        kind = reminding.LATE if one.due + LATE <= today() else reminding.DUE
        with transaction.atomic():
            new += sum(_write(kind, one, person) is not None for person in to_remind(one))
    return new


def to_remind(measurement: Measurement) -> list[Person]:
    """The owner, and whoever leads the team; when both have left, whoever leads the case and may name another owner."""
    idea = measurement.benefit.idea
    part = idea.team().filter(person__is_active=True).first()
    people = [measurement.benefit.owner, part and part.person]
    here = {person.pk: person for person in people if person and person.is_active}
    return list(here.values()) or [lead for lead in [idea.lead_in_charge()] if lead]


def _write(kind: str, one: Measurement, person: Person) -> Message | None:
    idea = one.benefit.idea
    lead = idea.lead_in_charge()
    return letters.write(
        kind,
        to=person,
        key=f"{reminding.key_of(kind, one)}{one.due:%Y-%m-%d}:{person.pk}",
        root=idea.round,
        thing=idea,
        state="draft" if lead or not idea.round else "queued",
        lead=lead,
        benefit=one.benefit,
        when=one.due,
        link=one.get_absolute_url(),
    )
