"""What those who run a round see to here: measurements that nobody made, projects whose benefits nobody owns."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.assessing.queue import number_of
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import now, today
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from .menu import leads_projects
from .models import Benefit, Measurement
from .models.benefit import followed_up

PATIENCE = dt.timedelta(days=30)  # to the team and its owners, from when they know that they go on


def of_lead(person: Person) -> list[Step]:
    """One statement for those who run a round that follows projects up, none for others."""
    if not leads_projects(person):
        return []
    return [step for role in _counted(person, today().isoformat()) for step in _of(role)]


@prepared
def _counted(person: Person, day: str) -> QuerySet[Role]:
    led, round = Idea.objects.cleared_for(person).alive(), OuterRef("round")
    late = Measurement.objects.waiting().filter(due__lt=day, benefit__dropped_at=None)
    overdue = late.filter(benefit__idea__round=round, benefit__idea__in=led)
    known = Decision.objects.going_on().filter(idea=OuterRef("pk"), released_at__lt=now() - PATIENCE)
    agreed = Benefit.objects.in_force().filter(idea=OuterRef("pk"), owner__is_active=True, agreed_at__isnull=False)
    unowned = led.filter(Exists(known), ~Exists(agreed), followed_up(), round=round, round__closed_at=None)
    return (
        Role.objects.in_force()
        .filter(person=person, kind__in=Role.RUNS)
        .select_related("round")
        .annotate(overdue=number_of(overdue), unowned=number_of(unowned.exclude(source=Idea.Source.IMPORTED)))
        .order_by("pk")
    )


def _of(role: Any) -> Iterator[Step]:
    url, round = reverse("benefits:round", args=[role.round_id]), {"round": role.round.name}
    if role.overdue:
        title = ngettext("Ask after one measurement", "Ask after %(n)d measurements", role.overdue)
        why = _("%(round)s. Their day has passed, and nobody has measured or said why not.") % round
        yield Step(title % {"n": role.overdue}, why, url, _("See which"), weight=2)
    if role.unowned:
        title = ngettext(
            "Find an owner of benefits in one project", "Find owners of benefits in %(n)d projects", role.unowned
        )
        why = _("%(round)s. A month after the decision, no benefit is agreed with somebody who takes it out.") % round
        yield Step(title % {"n": role.unowned}, why, url, _("See which"), weight=2)
