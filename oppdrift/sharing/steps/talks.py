"""Steps before a conference: teams hand in what is missing, those who run the round ask for it and publish."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.ideas import sight
from oppdrift.ideas.models import Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.rounds.models.role import rounds_held_by
from oppdrift.sharing import readiness
from oppdrift.sharing.models import Conference, Consent, Slot
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

AHEAD = dt.timedelta(days=60)  # a conference further ahead is not yet somebody's next step
PUBLISHED_BY = dt.timedelta(days=14)  # so long before the day people want to know the programme


def steps_of_talks(person: Person) -> list[Step]:
    """One statement, whatever the number of talks."""
    team, barred = sight.ties(person).team, {*sight.ties(person).barred, *sight.ties(person).own}
    steps: list[Step] = []
    led: dict[Conference, list[readiness.Readiness]] = {}
    for slot in _slots(person):
        row = _readiness(slot)
        if slot.idea_id in team:
            steps += _of_team(row, slot)
        elif slot.idea_id not in barred:
            led.setdefault(slot.conference, []).append(row)
    return steps + [step for conference, rows in led.items() for step in _of_lead(conference, rows)]


@prepared
def _slots(person: Person) -> QuerySet[Slot]:
    """Of conferences that are near: the talks of the person's teams, and all of the rounds they run."""
    team = Part.objects.in_force().filter(person=person, kind=Part.Kind.TEAM).values("idea")
    runs = rounds_held_by(person, [*Role.RUNS])
    near = Conference.objects.coming_up().filter(gathering__appointment__starts_at__lte=now() + AHEAD)
    given = Consent.objects.in_force().filter(file=OuterRef("idea__showcase__picture"))
    return (
        Slot.objects.talks()
        .filter(Q(idea__in=team) | Q(conference__gathering__round__in=runs), conference__in=near)
        .counted()
        .annotate(has_consent=Exists(given))
        .select_related("idea__showcase", "conference__gathering__round", "conference__gathering__appointment")
        .order_by("conference", "pk")
    )


def _readiness(slot: Slot) -> readiness.Readiness:
    assert slot.idea is not None
    if showcase := getattr(slot.idea, "showcase", None):
        showcase.has_consent = slot.has_consent  # type: ignore[attr-defined]
        showcase.idea = slot.idea
    return readiness.of(slot.idea, slot, showcase)


def _of_team(row: readiness.Readiness, slot: Slot) -> Iterator[Step]:
    if row.is_ready:
        return
    due = slot.conference.due_at
    words = {"day": dates.long_date(due), "title": row.idea.title, "missing": row.missing_in_words}
    title = _("Hand in what is missing for «%(title)s» by %(day)s")
    why = _("The conference still lacks this from you: %(missing)s.")
    yield Step(title % words, why % words, slot.get_absolute_url(), _("See what is missing"), due=due, weight=1)


def _of_lead(conference: Conference, rows: list[readiness.Readiness]) -> Iterator[Step]:
    starts_at = conference.appointment.starts_at
    if not conference.published_at:
        yield Step(
            _("Publish the programme of the conference"),
            _("%(conference)s is %(day)s. People decide by the programme whether to come.")
            % {"conference": conference, "day": dates.day(starts_at)},
            conference.editing_url,
            _("Put the programme together"),
            due=starts_at - PUBLISHED_BY,
        )
    if unready := [row for row in rows if not row.is_ready]:
        title = ngettext(
            "Ask a project for what is missing for the conference",
            "Ask %(n)d projects for what is missing for the conference", len(unready),
        )  # fmt: skip
        yield Step(
            title % {"n": len(unready)},
            _("It is due %(day)s. Something is missing from %(projects)s.")
            % {"day": dates.day(conference.due_at), "projects": ", ".join(f"«{row.idea.title}»" for row in unready)},
            reverse("sharing:readiness", args=[conference.pk]),
            _("See who lacks what"),
            due=conference.due_at,
        )
