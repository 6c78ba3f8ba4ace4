"""What can be asked about projects as a whole."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Coalesce, Greatest

from oppdrift.gatherings.models import SignUp
from oppdrift.ideas.models import Idea, Part
from oppdrift.rounds.models import Round
from oppdrift.toolbox.clock import now

from .check_in import CheckIn
from .report import ReportVersion
from .session import GuidanceSession

if TYPE_CHECKING:
    from .project import Project  # noqa: F401


def silent_before(round: Round) -> dt.datetime:
    """Whoever of that round has not been heard of since then is silent."""
    return now() - round.silent_after


class ProjectQuerySet(models.QuerySet["Project"]):
    def seen_by(self, person) -> "ProjectQuerySet":
        """By those who belong to it (team, owner, endorsing leader, coach), and who leads it; not by its judges."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(idea__in=Idea.objects.of(person)) | models.Q(idea__in=Idea.objects.cleared_for(person))
        )

    def led_by(self, person) -> "ProjectQuerySet":
        """Those the person handles as programme lead, having said that they have no ties to them."""
        return self.filter(idea__in=Idea.objects.cleared_for(person))

    def of(self, person) -> "ProjectQuerySet":
        """The person's own: they belong to it."""
        return self.filter(idea__in=Idea.objects.of(person))

    def coached_by(self, person) -> "ProjectQuerySet":
        return self.coached_by_key(person.pk)

    def coached_by_key(self, person: int) -> "ProjectQuerySet":
        coached = Part.objects.in_force().filter(person=person, kind=Part.Kind.COACH)
        return self.filter(idea__in=coached.values("idea"))

    def of_round(self, round) -> "ProjectQuerySet":
        return self.filter(idea__round=round)

    def alive(self) -> "ProjectQuerySet":
        """Running, or on hold."""
        return self.filter(state__in=["running", "on_hold"])

    def running(self) -> "ProjectQuerySet":
        return self.filter(state="running")

    def funded(self) -> "ProjectQuerySet":
        return self.filter(kind="funded")

    def with_contact(self) -> "ProjectQuerySet":
        """With `contact_at`: when it was last heard of. A session held, a gathering somebody of the team came to,
        something written or handed in; else its start."""
        this = models.OuterRef("pk")
        held = GuidanceSession.objects.held().filter(project=this).order_by("-appointment__starts_at")
        written = CheckIn.objects.filter(project=this).order_by("-at")
        reported = ReportVersion.objects.filter(report__project=this).order_by("-handed_in_at")
        in_team = {"person__parts__kind": Part.Kind.TEAM, "person__parts__until": None}
        met = SignUp.objects.present().filter(person__parts__idea=models.OuterRef("idea"), **in_team)
        moments = [
            held.values("appointment__starts_at"),
            met.order_by("-gathering__appointment__starts_at").values("gathering__appointment__starts_at"),
            written.values("at"),
            reported.values("handed_in_at"),
        ]
        a_moment = models.DateTimeField()
        since = models.F("started_at")
        known = [Coalesce(models.Subquery(each[:1]), since, output_field=a_moment) for each in moments]
        return self.annotate(contact_at=Greatest(since, *known, output_field=a_moment))

    def with_guidance(self) -> "ProjectQuerySet":
        """With `next_session` (its moment), and of the session held last its next step while that is not done:
        `step`, `step_by` (whose) and `step_due`."""
        this = models.OuterRef("pk")
        coming = GuidanceSession.objects.coming().filter(project=this)
        last = GuidanceSession.objects.with_open_step().filter(project=this).latest_first()
        return self.annotate(
            next_session=models.Subquery(coming.values("appointment__starts_at")[:1]),
            next_session_pk=models.Subquery(coming.values("pk")[:1]),
            step=models.Subquery(last.values("next_step")[:1]),
            step_by=models.Subquery(last.values("next_step_owner__name")[:1]),
            step_due=models.Subquery(last.values("next_step_due")[:1]),
        )

    def silent(self) -> "ProjectQuerySet":
        """Running, and not heard of for as long as its round has set."""
        until = models.F("contact_at") + models.F("idea__round__silent_after")
        silent_at = models.ExpressionWrapper(until, models.DateTimeField())
        return self.running().with_contact().annotate(silent_at=silent_at).filter(silent_at__lt=now())

    def alphabetically(self) -> "ProjectQuerySet":
        return self.order_by("idea__title_key", "pk")
