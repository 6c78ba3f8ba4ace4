"""What the list of a round's projects shows, at a constant number of statements."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value

from oppdrift.applications.models import Endorsement
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.models import sums_of
from oppdrift.toolbox.prepared import prepared

from .beginning import unanswered, unstarted
from .models import Agreement, Project, Report
from .models.asking import silent_before


@prepared
def rows(round: Round, reader: Person) -> QuerySet[Project]:
    """By title."""
    this = OuterRef("pk")
    coach = Part.objects.in_force().filter(idea=OuterRef("idea"), kind=Part.Kind.COACH)
    lead = Part.objects.in_force().filter(idea=OuterRef("idea"), kind=Part.Kind.TEAM, leads=True)
    reports = Report.objects.filter(project=this)
    return (
        Project.objects.led_by(reader)
        .of_round(round)
        .with_contact()
        .with_guidance()
        .annotate(
            coach_name=Subquery(coach.values("person__name")[:1]),
            lead_name=Subquery(lead.values("person__name")[:1]),
            agreed=Subquery(Agreement.objects.agreed().filter(project=this).values("number")[:1]),
            open_state=Subquery(Agreement.objects.open().filter(project=this).values("state")[:1]),
            description=Subquery(reports.filter(kind=Report.Kind.DESCRIPTION).values("state")[:1]),
            final=Subquery(reports.filter(kind=Report.Kind.FINAL).values("state")[:1]),
        )
        .select_related("idea__round", "owner", "grant")
        .order_by("idea__title_key", "pk")
    )


def counts(round: Round, reader: Person) -> dict[str, int]:
    """Numbers for heading and notes. One statement."""
    [sums] = _counts(round, reader, silent_before(round))
    found = {name: number or 0 for some in sums for name, number in some.items()}
    return found | {"alive": found["running"] - found["silent"]}


@prepared
def _counts(round: Round, reader: Person, heard_before: dt.datetime) -> QuerySet:
    here, cleared = OuterRef("pk"), Idea.objects.cleared_for(reader)
    is_coached = Exists(Part.objects.in_force().filter(idea=OuterRef("idea"), kind=Part.Kind.COACH))
    is_running = Q(state="running")
    led = Project.objects.led_by(reader).of_round(here).with_contact()
    to_start, to_answer = Q(pk__in=unstarted().values("pk")), Q(pk__in=unanswered().values("pk"))
    decided = Decision.objects.filter(to_start | to_answer, idea__round=here, idea__in=cleared)
    return Round.objects.filter(pk=round.pk).values_list(
        sums_of(
            led,
            all=Value(1),
            running=is_running,
            on_hold=Q(state="on_hold"),
            silent=is_running & Q(contact_at__lt=heard_before),
            without_coach=is_running & ~Q(is_coached),
            ended=Q(state__in=["finished", "stopped"]),
        ),
        sums_of(decided, to_start=to_start, unanswered=to_answer),
        sums_of(
            Project.objects.of_round(here),
            hidden=Q(idea__in=Idea.objects.hidden_from(reader)),
            undeclared=Q(idea__in=Idea.objects.led_by(reader)) & ~Q(idea__in=cleared),
        ),
    )


def suggested_owners(decisions: Sequence[Decision]) -> dict[int, tuple[str, str]]:
    """(name, mail address) of the leader who stood behind each application, by the idea's key. One statement."""
    stands_behind = [Endorsement.Answer.SUPPORTS, Endorsement.Answer.IF]
    said = Endorsement.objects.in_force().filter(
        application__idea__in=[one.idea_id for one in decisions], answer__in=stands_behind
    )
    return {
        row.application.idea_id: (row.person.name, row.person.email) if row.person else (row.name, row.address)
        for row in said.select_related("application", "person")
    }
