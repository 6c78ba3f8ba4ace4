"""Who assesses what, given and taken away by the lead's hand."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.applications.models import Application
from oppdrift.history.models import Event
from oppdrift.ideas.models import Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.toolbox.answers import Answer, No, NotNow, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

from .standing import Standing


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self) -> "AssignmentQuerySet":
        return self.filter(ended_at=None)

    def of(self, assessor: Person) -> "AssignmentQuerySet":
        return self.filter(assessor=assessor)


class Assignment(models.Model):
    """An application given to an assessor. Taken away: ended, not erased."""

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="assignments")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = MomentField()
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["application__number", "id"]
        # This index and that of assessments hold all that a long queue is read from.
        indexes = [
            models.Index(
                fields=["assessor", "application"], condition=models.Q(ended_at=None), name="assignments_of_an_assessor"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"], condition=models.Q(ended_at=None), name="assigned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.assessor}"

    @property
    def record(self):
        return self.application.idea

    @classmethod
    def can_give(cls, application: Application, assessor: Person) -> Answer:
        who = {"name": assessor.name}
        if application.state != Application.State.SUBMITTED:
            return No(_("It is not handed in."))
        roles = Role.objects.in_force().filter(round=application.round_id, kind=Role.Kind.ASSESSOR)
        if not roles.filter(person=assessor).exists():
            return No(_("%(name)s is not an assessor of this round.") % who)
        idea = application.idea
        belongs = idea.parts.in_force().filter(person=assessor, kind__in=Part.BELONGS).exists()
        if belongs or idea.disqualifications.in_force().filter(person=assessor).exists():
            return No(_("%(name)s is disqualified here.") % who)
        if not idea.declarations.free().by(assessor).exists():
            return No(_("%(name)s has not declared to be without ties yet.") % who)
        return True

    @classmethod
    @transaction.atomic
    def give(cls, application: Application, assessor: Person, *, by: Person) -> "Assignment":
        """Ask the assessor for an assessment, and let them read. Given twice, the first stands."""
        application.idea.lock()
        if held := cls.objects.in_force().filter(application=application, assessor=assessor).first():
            return held
        ensure(cls.can_give(application, assessor))
        made = cls.objects.create(application=application, assessor=assessor, given_by=by)
        Part.give(application.idea, assessor, Part.Kind.ASSESSOR, by=by)
        Event.record("assignment.given", made, by=by)
        Standing.refresh(application)
        return made

    def can_end(self) -> Answer:
        if self.ended_at:
            return No(_("It has been taken away already."))
        if self.application.assessments.handed_in().by(self.assessor).filter(discounted_at=None).exists():
            return No(_("%(name)s has handed in an assessment, and it counts.") % {"name": self.assessor.name})
        return True

    @transaction.atomic
    def end(self, *, by: Person) -> None:
        """Take it away again; the assessor reads it no more."""
        self.application.idea.lock()
        self.refresh_from_db(fields=["ended_at"])
        ensure(self.can_end())
        self.close(by=by)
        for part in self.record.parts.in_force().filter(person=self.assessor_id, kind=Part.Kind.ASSESSOR):
            part.end(by=by)
        Standing.refresh(self.application)

    def close(self, *, by: Person) -> None:
        """The row alone; whoever calls holds the idea and sees to the rest."""
        changed(self, ended_at=now())
        Event.record("assignment.ended", self, by=by)

    @classmethod
    @transaction.atomic
    def rearrange(
        cls, *, give: Iterable[tuple[Application, Person]], end: Iterable["Assignment"], by: Person
    ) -> tuple[int, int]:
        """A whole table of changes, all or none. Returns how many were given and taken away."""
        given = ended = 0
        for application, assessor in give:
            with _named(application):
                cls.give(application, assessor, by=by)
            given += 1
        for assignment in end:
            with _named(assignment.application):
                assignment.end(by=by)
            ended += 1
        return given, ended


@contextmanager
def _named(application: Application) -> Iterator[None]:
    """A refusal among many says which application it is about."""
    try:
        yield
    except NotNow as error:
        raise NotNow(f"{application.idea.title}: {error}") from error
