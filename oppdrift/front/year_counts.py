"""What rounds have come to, counted for all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from oppdrift.applications.models import Application
from oppdrift.assessing.models import Assignment, OfferAnswer
from oppdrift.assessing.models.assignment import AssignmentQuerySet
from oppdrift.assessing.queue import OWING, former_assessors, held, left_behind, owed
from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Event
from oppdrift.ideas import sight
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.projects.models import Project
from oppdrift.rounds.models import Round
from oppdrift.toolbox.models import counted_if, number_of, sum_of
from oppdrift.toolbox.prepared import prepared

State = Application.State
Rows = TypeVar("Rows", bound=QuerySet)


@dataclass
class Counts:
    """Of one round."""

    ideas: int
    drafts: int
    refused_late: int  # teams that tried after the deadline and did not get an extension
    handed_in: int
    invited: int  # to improve
    improved: int  # of these: have come back with a new version
    asked: int  # assessments, of newest versions
    owing: int  # of these: neither given nor abstained from
    shortlisted: int  # teams invited to pitch, as far as it is released, and not turned down by them
    told: int  # decisions that are released
    admitted: int  # projects that go on, as far as it has been told, and not turned down by them
    granted: int  # kroner to these
    projects: int  # started, and neither finished nor stopped
    silent: int  # of these: not heard of for longer than the round says
    gatherings: list[Gathering] = field(default_factory=list)  # not cancelled, with how many come

    @property
    def done(self) -> int:
        return self.asked - self.owing


def counts_of(rounds: Iterable[Round], reader: Person | None) -> dict[int, Counts]:
    """By the keys of the rounds, in two statements.

    For a reader who is disqualified from an idea they are counted without it, so that nothing follows by subtraction;
    assessments also without ideas that the reader belongs to, since who assesses one's own is not to be reckoned out.
    """
    keys = [round.pk for round in rounds]
    found = {key: Counts(*numbers) for key, *numbers in _counts(keys, reader)}
    for gathering in _gatherings(keys):
        found[gathering.round_id].gatherings.append(gathering)
    return found


@prepared
def _counts(rounds: list[int], reader: Person | None) -> QuerySet:
    ideas = _open_to(reader, Idea.objects.filter(round=OuterRef("pk")), "pk")
    applications = _open_to(reader, Application.objects.in_round(OuterRef("pk")), "idea")
    decisions = _open_to(reader, Decision.objects.filter(idea__round=OuterRef("pk")), "idea")
    projects = _open_to(reader, Project.objects.filter(idea__round=OuterRef("pk")), "idea")
    drafts = applications.filter(state=State.DRAFT)
    about = {"root_type": ContentType.objects.get_for_model(Idea), "root_id": OuterRef("idea")}
    invited = applications.filter(improvement__invited_at__isnull=False)
    judged = _without_own(reader, applications.handed_in(), "idea")
    # What lies with people who are no longer assessors is nobody's to deliver.
    some_left, theirs = Exists(former_assessors(OuterRef("pk"))), left_behind(_assigned(reader, OuterRef("pk")))
    invited_to_pitch = decisions.known().at(Decision.Stage.SHORTLIST).filter(outcome=Decision.Outcome.ADMITTED)
    turned_down = OfferAnswer.objects.filter(decision=OuterRef("pk"), answer=OfferAnswer.Choice.NO)
    admitted = (
        decisions.known().at(Decision.Stage.FINAL).filter(~Exists(turned_down), outcome=Decision.Outcome.ADMITTED)
    )
    return Round.objects.filter(pk__in=rounds).values_list(
        "pk",  # and then as `Counts` has them
        number_of(ideas.filter(withdrawn_at=None)),
        number_of(drafts),
        number_of(drafts.filter(Exists(Event.objects.filter(verb="application.refused_late", **about)))),
        number_of(applications.handed_in()),
        number_of(invited),
        number_of(invited.filter(newest__gt=1)),
        sum_of(judged, "standing__assigned") - counted_if(some_left, theirs),
        sum_of(judged, OWING) - counted_if(some_left, owed(theirs)),
        number_of(invited_to_pitch.filter(~Exists(turned_down))),
        number_of(decisions.released()),
        number_of(admitted),
        sum_of(admitted, "amount"),
        number_of(projects.alive()),
        number_of(projects.silent()),
    )


@prepared
def _gatherings(rounds: list[int]) -> QuerySet[Gathering]:
    found = Gathering.objects.filter(round__in=rounds, appointment__cancelled_at=None)
    return found.counted().select_related("appointment")


@prepared
def late_in(round: Round, reader: Person | None) -> QuerySet:
    """Name of each assessor who owes something, and how much, the one with most first."""
    owing = owed(held(_assigned(reader, round))).values("assessor", "assessor__name")
    return owing.annotate(n=Count("pk")).order_by("-n", "assessor__name_key").values_list("assessor__name", "n")


def _assigned(reader: Person | None, round: Any) -> AssignmentQuerySet:
    """What is assigned of handed-in applications, as far as the reader may reckon with it."""
    rows = Assignment.objects.in_force().filter(application__round=round, application__state=State.SUBMITTED)
    return _without_own(reader, _open_to(reader, rows, "application__idea"), "application__idea")


def _open_to(reader: Person | None, rows: Rows, idea: str) -> Rows:
    return rows if reader is None else rows.filter(~Q(**{f"{idea}__in": sight.disqualified(reader)}))


def _without_own(reader: Person | None, rows: Rows, idea: str) -> Rows:
    return rows if reader is None else rows.filter(~Q(**{f"{idea}__in": sight.belonging(reader)}))
