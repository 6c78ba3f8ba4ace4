"""What the list of a round's projects shows, at a constant number of statements."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from oppdrift.applications.models import Endorsement
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round

from .beginning import unanswered, unstarted
from .models import Agreement, Project, Report
from .models.asking import ProjectQuerySet, silent_before


def rows(round: Round, reader: Person) -> ProjectQuerySet:
    """One statement, by title."""
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


def counts(round: Round, reader: Person) -> dict[str, Any]:
    """Numbers for heading and notes. Three statements."""
    led = Project.objects.led_by(reader).of_round(round)
    coached = Part.objects.in_force().filter(idea=OuterRef("idea"), kind=Part.Kind.COACH)
    found: dict[str, Any] = led.with_contact().annotate(is_coached=Exists(coached)).aggregate(
        all=Count("pk"),
        running=Count("pk", filter=Q(state="running")),
        on_hold=Count("pk", filter=Q(state="on_hold")),
        silent=Count("pk", filter=Q(state="running", contact_at__lt=silent_before(round))),
        without_coach=Count("pk", filter=Q(state="running", is_coached=False)),
        ended=Count("pk", filter=Q(state__in=["finished", "stopped"])),
    )  # fmt: skip
    found["alive"] = found["running"] - found["silent"]
    of_led = {"idea__round": round, "idea__in": Idea.objects.cleared_for(reader)}
    decided = Decision.objects.filter(Q(pk__in=unstarted().values("pk")) | Q(pk__in=unanswered().values("pk")))
    found |= decided.filter(**of_led).aggregate(
        to_start=Count("pk", filter=Q(pk__in=unstarted().values("pk"))),
        unanswered=Count("pk", filter=Q(pk__in=unanswered().values("pk"))),
    )
    leading = Q(idea__in=Idea.objects.led_by(reader)) & ~Q(idea__in=Idea.objects.cleared_for(reader))
    return found | Project.objects.of_round(round).aggregate(
        hidden=Count("pk", filter=Q(idea__in=Idea.objects.hidden_from(reader))),
        undeclared=Count("pk", filter=leading),
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
