"""Drafts to those who are late, or have something left when the deadline is near; the lead reads them first."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oppdrift.history import letters
from oppdrift.history.models import Event, Message
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import now, today

from .queue import Workload, workloads

NEAR = dt.timedelta(days=5)  # before the deadline; whoever has something left earlier than that is on time
NAMED = 3


def starts_at(round: Round) -> dt.datetime | None:
    """From when somebody may be reminded. Without a deadline: any time."""
    return round.assess_by - NEAR if round.assess_by else None


def to_remind(round: Round, people: Sequence[Workload]) -> list[Workload]:
    """Those of them who are late or soon will be."""
    starts = starts_at(round)
    return [] if starts and now() < starts else [each for each in people if each.missing]


def named(people: Sequence[Workload]) -> str:
    """“Emil Fjeldstad and Berit Haugland”; of many, the first ones and how many more."""
    names = [each.person.name for each in people]
    if len(names) > NAMED:
        few, rest = names[: NAMED - 1], len(names) - NAMED + 1
        words = ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", rest)
        return words % {"names": ", ".join(few), "n": rest}
    if len(names) > 1:
        return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    return "".join(names)


@transaction.atomic
def remind(round: Round, *, by: Person) -> list[Message]:
    """One letter to each who is late or soon will be, at most one a day. Returns the new ones."""
    written = []
    for assessor in [each.person for each in to_remind(round, workloads(round, by))]:
        letter = letters.write(
            "reminder_assessor",
            to=assessor,
            key=f"reminder_assessor-{round.pk}-{assessor.pk}-{today():%Y-%m-%d}",
            root=round,
            by=by,
            deadline=round.assess_by or gettext_lazy("as soon as you can"),
            link=reverse("assessing:queue"),
        )
        if letter:
            written.append(letter)
    if written:
        Event.record("assessing.reminded", round, by=by, letters=len(written))
    return written
