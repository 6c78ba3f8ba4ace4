"""Unclear but promising: what is unclear, the invitation, and until when a clearer version may come."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.applications.models import Application, Version
from oppdrift.gatherings.models import Gathering
from oppdrift.history import letters
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox import dates
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, is_past, now
from oppdrift.toolbox.models import changed, is_among


class ImprovementQuerySet(models.QuerySet["Improvement"]):
    def invited(self) -> "ImprovementQuerySet":
        return self.exclude(invited_at=None)

    def being_prepared(self) -> "ImprovementQuerySet":
        return self.filter(invited_at=None)

    def in_round(self, round) -> "ImprovementQuerySet":
        return self.filter(application__round=round)

    def cleared_for(self, person) -> "ImprovementQuerySet":
        return self.filter(is_among(Idea.objects.cleared_for(person), "application__idea"))

    def with_versions(self) -> "ImprovementQuerySet":
        """With the numbers of the version the team was asked about and of the newest one."""
        versions = Version.objects.filter(application=models.OuterRef("application")).order_by("-number")
        asked_about = versions.filter(handed_in_at__lte=models.OuterRef("invited_at"))
        return self.annotate(
            asked_about=models.Subquery(asked_about.values("number")[:1]),
            newest=models.Subquery(versions.values("number")[:1]),
        )

    def seen_by(self, person) -> "ImprovementQuerySet":
        """By whoever leads the case; once invited, by those who belong to the idea or judge it."""
        if not person.is_authenticated:
            return self.none()
        own, judged = Idea.objects.of(person), Idea.objects.judged_by(person)
        told = models.Q(application__idea__in=own) | models.Q(application__idea__in=judged)
        led = models.Q(application__idea__in=Idea.objects.cleared_for(person))
        return self.filter(led | (models.Q(invited_at__isnull=False) & told))


class Improvement(models.Model):
    """The lead's verdict "unclear" on one application, with what the team is asked, gathered from the assessors."""

    application = models.OneToOneField("applications.Application", models.CASCADE, related_name="improvement")
    gathering = models.ForeignKey("gatherings.Gathering", models.SET_NULL, null=True, blank=True, related_name="+")
    unclear = models.TextField(_("what is unclear"))
    until = models.DateTimeField(_("a new version may come until"))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(null=True, editable=False)  # none: being prepared
    made_at = MomentField()

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        ordering = ["application__number"]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def record(self):
        return self.application.idea

    @property
    def has_new_version(self) -> bool:
        """Of a row from `with_versions()`: has the team handed in anew since it was invited?"""
        return bool(self.asked_about and self.newest > self.asked_about)  # type: ignore[attr-defined]

    @property
    def is_over(self) -> bool:
        """Has the time for a new version passed?"""
        return is_past(self.until)

    # Preparing: nobody but the lead sees it

    @classmethod
    def can_prepare(
        cls, application: Application, unclear: str, until: dt.datetime, gathering: Gathering | None
    ) -> Answer:
        if not application.is_handed_in:
            return No(_("Only an application that is handed in can be improved."))
        if cls.objects.invited().filter(application=application).exists():
            return No(_("The team is invited already."))
        if application.idea.decisions.released().exists():
            return No(_("The outcome is told. It is too late to improve the application."))
        if not unclear.strip():
            return No(_("Write what is unclear. The team will read it."))
        if is_past(until):
            return No(_("Choose a moment ahead."))
        if gathering and gathering.round_id != application.round_id:
            return No(_("The workshop belongs to another round."))
        return True

    @classmethod
    @transaction.atomic
    def prepare(
        cls,
        application: Application,
        *,
        unclear: str,
        until: dt.datetime,
        gathering: Gathering | None = None,
        by: Person,
    ) -> "Improvement":
        """Put down what the team is to be asked. Prepared again before the invitation, the new words stand."""
        application.lock()
        ensure(cls.can_prepare(application, unclear, until, gathering))
        values = {"unclear": unclear.strip(), "until": until, "gathering": gathering}
        row, is_new = cls.objects.update_or_create(application=application, defaults=values)
        if is_new:
            Event.record("unclear.prepared", row, by=by)
        return row

    def can_drop(self) -> Answer:
        return No(_("The team is invited already.")) if self.invited_at else True

    @transaction.atomic
    def drop(self, *, by: Person) -> None:
        """Not to be invited after all."""
        self._hold()
        ensure(self.can_drop())
        Event.record("unclear.dropped", self.application, by=by)
        self.delete()

    # Inviting

    def can_invite(self) -> Answer:
        if self.invited_at:
            return No(_("The team is invited already."))
        if self.application.idea.decisions.released().exists():
            return No(_("The outcome is told. It is too late to improve the application."))
        if not self.gathering:
            return No(_("Choose the workshop that the team is invited to."))
        if not self.gathering.can_change():
            return No(_("The workshop is cancelled. Choose another one."))
        if self.gathering.appointment.has_begun:
            return No(_("The workshop has begun. Choose another one."))
        return self.application.can_open_for_improvement(self.until)

    @transaction.atomic
    def invite(self, *, by: Person) -> None:
        """Open the application for a clearer version, and ask the team to the workshop.

        A letter to each waits in the outbox until the lead has read it.
        """
        self._hold()
        ensure(self.can_invite())
        changed(self, invited_at=now(), invited_by=by)
        self.application.open_for_improvement(self.until, by=by)
        Event.record("improvement.invited", self, by=by, until=self.until.isoformat())
        self._ask_team(self.gathering, by=by)

    def _ask_team(self, gathering: Any, *, by: Person) -> None:
        idea = self.application.idea
        for member in idea.team():
            gathering.invite(member.person, by=by, idea=idea)
            letters.write(
                "unclear_invitation", to=member.person, key=f"unclear_invitation:{self.pk}:{member.person_id}",
                root=self.application.round, thing=idea, by=by, unclear=self.unclear, deadline=self.until,
                when=gathering.appointment.when, place=gathering.appointment.where, until=answer_day(gathering),
                link=gathering.get_absolute_url(),
            )  # fmt: skip

    def can_prolong(self, until: dt.datetime) -> Answer:
        if not self.invited_at:
            return No(_("The team is not invited yet."))
        if self.application.idea.decisions.released().exists():
            return No(_("The outcome is told. It is too late to improve the application."))
        if until <= self.until:
            return No(_("Choose a moment later than the one the team has been told."))
        return self.application.can_open_for_improvement(until)

    @transaction.atomic
    def prolong(self, until: dt.datetime, *, by: Person) -> None:
        """More time for the clearer version. What the team has been asked stands."""
        self._hold()
        ensure(self.can_prolong(until))
        changed(self, until=until)
        self.application.open_for_improvement(until, by=by)

    def _hold(self) -> None:
        """One deed at a time about this application."""
        self.application.lock()
        self.refresh_from_db(fields=["invited_at", "until", "unclear", "gathering"])


def answer_day(gathering: Gathering) -> dt.date:
    """The team says whether it comes by the day before, or today if that has passed."""
    starts = gathering.appointment.starts_at
    return dates.date_of(max(starts - dt.timedelta(days=1), now()))
