"""What rounds have come to, counted for all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

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
from oppdrift.toolbox.models import counted_if, number_of, sums_of
from oppdrift.toolbox.prepared import prepared

State = Application.State
Rows = TypeVar("Rows", bound=QuerySet)


@dataclass
class Counts:
    """Of one round."""

    ideas: int
    projects: int  # started, and neither finished nor stopped
    silent: int  # of these: not heard of for longer than the round says
    drafts: int
    refused_late: int  # teams that tried after the deadline and did not get an extension
    handed_in: int
    invited: int  # to improve
    improved: int  # of these: have come back with a new version
    asked: int  # assessments, of newest versions
    owing: int  # of these: neither given nor abstained from
    told: int  # decisions that hold
    shortlisted: int  # teams invited to pitch, as far as it is released, and not turned down by them
    admitted: int  # projects that go on, as far as it has been told, and not turned down by them
    granted: int  # kroner to these
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
    found = {}
    for key, nobodys, owed_by_nobody, counted, *sums in _counts(keys, reader):
        numbers = counted | {name: number or 0 for some in sums for name, number in some.items()}
        numbers["asked"] -= nobodys
        numbers["owing"] -= owed_by_nobody
        found[key] = Counts(**numbers)
    for gathering in _gatherings(keys):
        found[gathering.round_id].gatherings.append(gathering)
    return found


@prepared
def _counts(rounds: list[int], reader: Person | None) -> QuerySet:
    """Key of each round, what lies with people who are no longer assessors and is nobody's to deliver, what of that is
    owed; then numbers by name, as `Counts` has them. Whatever can be summed in one walk through the rows is."""
    ideas = _open_to(reader, Idea.objects.filter(round=OuterRef("pk")), "pk")
    projects = _open_to(reader, Project.objects.filter(idea__round=OuterRef("pk")), "idea")
    some_left, theirs = Exists(former_assessors(OuterRef("pk"))), left_behind(_assigned(reader, OuterRef("pk")))
    numbers = JSONObject(
        ideas=number_of(ideas.filter(withdrawn_at=None)),
        projects=number_of(projects.alive()),
        silent=number_of(projects.silent()),
    )
    return Round.objects.filter(pk__in=rounds).values_list(
        "pk", counted_if(some_left, theirs), counted_if(some_left, owed(theirs)), numbers,
        _of_applications(reader), _of_decisions(reader),
    )  # fmt: skip


def _of_applications(reader: Person | None) -> Subquery:
    applications = _open_to(reader, Application.objects.in_round(OuterRef("pk")), "idea")
    is_draft, is_handed_in = Q(state=State.DRAFT), Q(state=State.SUBMITTED)
    about = {"root_type": ContentType.objects.get_for_model(Idea), "root_id": OuterRef("idea")}
    came_late = Exists(Event.objects.filter(verb="application.refused_late", **about))
    is_invited = Q(improvement__invited_at__isnull=False)
    is_judged = is_handed_in & _not_own(reader, "idea")
    return sums_of(
        applications,
        drafts=is_draft,
        refused_late=is_draft & Q(came_late),
        handed_in=is_handed_in,
        invited=is_invited,
        improved=is_invited & Q(newest__gt=1),
        asked=Case(When(is_judged, then=F("standing__assigned")), default=0),
        owing=Case(When(is_judged, then=OWING), default=0),
    )


def _of_decisions(reader: Person | None) -> Subquery:
    decisions = _open_to(reader, Decision.objects.known().filter(idea__round=OuterRef("pk")), "idea")
    turned_down = Exists(OfferAnswer.objects.filter(decision=OuterRef("pk"), answer=OfferAnswer.Choice.NO))
    goes_on = Q(outcome=Decision.Outcome.ADMITTED) & ~Q(turned_down)
    is_admitted = Q(stage=Decision.Stage.FINAL) & goes_on
    return sums_of(
        decisions,
        told=Value(1),
        shortlisted=Q(stage=Decision.Stage.SHORTLIST) & goes_on,
        admitted=is_admitted,
        granted=Case(When(is_admitted, then=F("amount")), default=0),
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
    return _open_to(reader, rows, "application__idea").filter(_not_own(reader, "application__idea"))


def _open_to(reader: Person | None, rows: Rows, idea: str) -> Rows:
    return rows if reader is None else rows.filter(~Q(**{f"{idea}__in": sight.disqualified(reader)}))


def _not_own(reader: Person | None, idea: str) -> Q:
    return Q() if reader is None else ~Q(**{f"{idea}__in": sight.belonging(reader)})
