"""Joint gatherings and tailored sessions: asking the right people, and noting who came."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from oppdrift.gatherings.models import Gathering, SignUp
from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import No, ensure
from oppdrift.toolbox.clock import now

from .models import Project

KINDS = (Gathering.Kind.JOINT, Gathering.Kind.TAILORED)
LATELY = dt.timedelta(days=60)
EVERY_PART = (Part.Kind.TEAM.value, Part.Kind.OWNER.value, Part.Kind.COACH.value)


@transaction.atomic
def call(
    round: Round, projects: Iterable[Project], parts: Iterable[str], *, by: Person, **fields: Any
) -> tuple[Gathering, int]:
    """A gathering by invitation, and a letter to each who is asked, in the outbox. Returns how many they are."""
    gathering = Gathering.arrange(round, by=by, by_invitation=True, **fields)
    return gathering, invite(gathering, [project.idea for project in projects], parts, by=by)


def invite(gathering: Gathering, ideas: Iterable[Idea], parts: Iterable[str], *, by: Person) -> int:
    """Ask those with such a part in these ideas, who are not asked yet."""
    known = set(gathering.invitations.values_list("person", flat=True))
    wanted = Part.objects.in_force().filter(idea__in=list(ideas), kind__in=list(parts), person__is_active=True)
    asked = 0
    for part in wanted.select_related("person", "idea").order_by("idea__title_key", "pk"):
        if part.person_id not in known:
            known.add(part.person_id)
            gathering.invite(part.person, by=by, idea=part.idea, letter=True)
            asked += 1
    return asked


@transaction.atomic
def invite_missing(gathering: Gathering, *, by: Person) -> int:
    """Those who have come to the projects since; to a tailored session those of its own projects only."""
    ensure(not gathering.appointment.is_over or No(_("It is over. Nobody more can be asked.")))
    ideas = Idea.objects.cleared_for(by).filter(project__state__in=["running", "on_hold"], round=gathering.round)
    if gathering.kind == Gathering.Kind.TAILORED:
        ideas = ideas.filter(invitations__gathering=gathering).distinct()
    return invite(gathering, ideas, EVERY_PART, by=by)


def with_presence(gatherings: QuerySet) -> Any:
    """With `asked_count` and `came_count`."""
    return gatherings.annotate(
        asked_count=Count("invitations", distinct=True),
        came_count=Count("sign_ups", Q(sign_ups__came=True), distinct=True),
    )


def to_note(coach: Person) -> list[Gathering]:
    """Gatherings held lately in the rounds of the coach's projects, so that they can say who of theirs came."""
    rounds = Project.objects.coached_by(coach).values("idea__round")
    seen = Gathering.objects.seen_by(coach).on().filter(round__in=rounds, kind__in=KINDS)
    lately = seen.filter(appointment__starts_at__lte=now(), appointment__starts_at__gte=now() - LATELY)
    return list(lately.select_related("appointment").order_by("-appointment__starts_at")[:3])


@dataclass
class Group:
    """The people of one project at a gathering."""

    project: Project
    people: list[Any] = field(default_factory=list)  # Parts, each with `came` and `is_coming`


def expected(gathering: Gathering, reader: Person) -> list[Group]:
    """Teams, owners and coaches of the projects that are asked, or of all when nobody is asked in particular. A person
    stands with the first of their projects. Four statements."""
    projects = Project.objects.of_round(gathering.round_id)
    projects = (projects.led_by(reader) | projects.coached_by(reader)).select_related("idea").alphabetically()
    asked = set(gathering.invitations.exclude(idea=None).values_list("idea", flat=True))
    groups = {each.idea_id: Group(each) for each in projects if not asked or each.idea_id in asked}
    came = dict(SignUp.objects.filter(gathering=gathering).values_list("person", "came"))
    coming = set(gathering.sign_ups.coming().values_list("person", flat=True))
    parts = Part.objects.in_force().filter(idea__in=list(groups), kind__in=EVERY_PART).select_related("person")
    seen: set[int] = set()
    place = {idea: number for number, idea in enumerate(groups)}
    for part in sorted(
        parts, key=lambda each: (place[each.idea_id], EVERY_PART.index(each.kind), each.person.name_key)
    ):
        if part.person_id not in seen:
            seen.add(part.person_id)
            part.came, part.is_coming = came.get(part.person_id), part.person_id in coming
            groups[part.idea_id].people.append(part)
    return [group for group in groups.values() if group.people]


@transaction.atomic
def note(gathering: Gathering, groups: Iterable[Group], came: set[int], *, by: Person) -> None:
    """Of the people in these groups, those whose keys are in `came` were there; the others were not."""
    for group in groups:
        for part in group.people:
            SignUp.note_presence(gathering, part.person, part.person_id in came, by=by)
