"""Who guides which project: coupled, taken off, handed over in one act; and how many hours it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Sum
from django.utils.translation import gettext as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.models import changed

from . import telling
from .beginning import can_coach
from .models import GuidanceSession, Project

ZERO = Decimal(0)


def can_couple(project: Project, person: Person) -> Answer:
    if not project.is_alive:
        return No(_("The project has ended."))
    return can_coach(project.idea, person)


@transaction.atomic
def couple(project: Project, person: Person, *, by: Person) -> Part:
    """Let this coach guide the project. A letter to both sides waits in the outbox."""
    project.lock()
    ensure(can_couple(project, person))
    part = Part.give(project.idea, person, Part.Kind.COACH, by=by)
    telling.of_coupling(project, person, by=by)
    return part


def can_uncouple(project: Project, person: Person) -> Answer:
    if not project.coaches().filter(person=person).exists():
        return No(_("%(name)s does not guide this project.") % {"name": person.name})
    if project.sessions.coming().filter(coach=person).exists():
        return No(
            _("%(name)s has booked sessions here. Hand the project over, or cancel them.") % {"name": person.name}
        )
    return True


@transaction.atomic
def uncouple(project: Project, person: Person, *, by: Person) -> None:
    """The coach no longer guides it, and no other is named."""
    project.lock()
    ensure(can_uncouple(project, person))
    for part in project.coaches().filter(person=person):
        part.end(by=by)


def can_hand_over(project: Project, before: Person, after: Person) -> Answer:
    if not project.coaches().filter(person=before).exists():
        return No(_("%(name)s does not guide this project.") % {"name": before.name})
    return can_couple(project, after)


@transaction.atomic
def hand_over(projects: Iterable[Project], before: Person, after: Person, *, by: Person) -> int:
    """Another coach in the place of one, in all of these or none: with what is booked, and what they were to do."""
    count = 0
    for project in projects:
        project.lock()
        ensure(can_hand_over(project, before, after))
        for part in project.coaches().filter(person=before):
            part.end(by=by)
        Part.give(project.idea, after, Part.Kind.COACH, by=by)
        for session in project.sessions.booked().filter(coach=before):
            changed(session, coach=after)
        project.sessions.with_open_step().filter(next_step_owner=before).update(next_step_owner=after)
        Event.record("project.handed_over", project, by=by)
        telling.of_hand_over(project, before, after, by=by)
        count += 1
    return count


def hours_used(round: Round) -> dict[int, Decimal]:
    """Hours of sessions held, by the coach's key. One statement."""
    return _hours(GuidanceSession.objects.held().of_round(round), "coach")


def hours_booked(round: Round) -> dict[int, Decimal]:
    """Hours of sessions booked and ahead, by the coach's key. One statement."""
    return _hours(GuidanceSession.objects.coming().of_round(round), "coach")


def hours_of(project: Project) -> Decimal:
    """Hours of sessions held with one project. One statement."""
    return _hours(project.sessions.held(), "project").get(project.pk, Decimal(0))


def overview(round: Round, reader: Person) -> dict[str, Any]:
    """The coaches of a round with their hours and projects, and what nobody guides. Hours are those of all their
    sessions; projects are named where the reader leads them. Five statements."""
    used, booked = hours_used(round), hours_booked(round)
    led = Project.objects.led_by(reader).of_round(round).alive().select_related("idea").alphabetically()
    by_idea = {project.idea_id: project for project in led}
    theirs: dict[int, list[Project]] = {}
    parts = Part.objects.in_force().filter(kind=Part.Kind.COACH, idea__in=list(by_idea)).order_by("idea__title_key")
    guided = set()
    for person, idea in parts.values_list("person", "idea"):
        theirs.setdefault(person, []).append(by_idea[idea])
        guided.add(idea)
    roles = Role.objects.in_force().filter(round=round, kind=Role.Kind.COACH).select_related("person")
    rows = [
        CoachRow(role.person, role.hours, used.get(role.person_id, ZERO), booked.get(role.person_id, ZERO),
                 theirs.get(role.person_id, []))
        for role in roles.order_by("person__name_key")
    ]  # fmt: skip
    return {"coaches": rows, "unguided": [each for idea, each in by_idea.items() if idea not in guided]}


@dataclass
class CoachRow:
    person: Person
    hours: int | None  # agreed for the round; none: not agreed
    used: Decimal
    booked: Decimal
    projects: list[Project]

    @property
    def left(self) -> Decimal | None:
        """Neither used nor booked; may be negative."""
        return None if self.hours is None else self.hours - self.used - self.booked


def _hours(sessions, by: str) -> dict[int, Decimal]:
    length = ExpressionWrapper(F("appointment__ends_at") - F("appointment__starts_at"), DurationField())
    sums = sessions.order_by().values(by).annotate(length=Sum(length)).values_list(by, "length")
    return {key: in_hours(length) for key, length in sums}


def in_hours(length: timedelta) -> Decimal:
    """To the nearest quarter."""
    return Decimal(round_half_up(length.total_seconds() / 900)) / 4


def round_half_up(number: float) -> int:
    return int(number + 0.5)
