"""An assessor before an application: which version lies there, and may they read and judge it?"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from oppdrift.applications.models import Application, Endorsement, Version
from oppdrift.ideas import sight
from oppdrift.ideas.models import Decision
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.rounds.models.role import rounds_held_by
from oppdrift.toolbox.answers import Answer, No
from oppdrift.toolbox.prepared import prepared

from .assignment import Assignment
from .declaration import Declaration


@dataclass
class Desk:
    version: Version  # the newest
    before: Version | None  # the one before it
    is_mine: bool
    is_barred: bool
    answer: str  # what the person declared; "" before that
    settled_as: str
    is_over: bool  # what came of it is told
    support: dict[str, Any] | None  # what the leader of the team has said, or been asked

    @property
    def application(self) -> Application:
        return self.version.application

    @classmethod
    def of(cls, application: int, person: Person) -> "Desk | None":
        """None unless it is handed in, in a round where the person is an assessor. One statement."""
        if rounds_held_by(person, [Role.Kind.ASSESSOR]) == []:
            return None
        version, before = [*_newest(application, person), None, None][:2]
        if not version:
            return None
        return cls(
            version, before, version.is_mine, version.is_barred,
            version.answer or "", version.settled_as or "", version.is_over, version.support,
        )  # fmt: skip

    @property
    def is_free(self) -> bool:
        if self.is_barred:
            return False
        return self.settled_as == "impartial" if self.settled_as else self.answer == "none"

    def can_read(self) -> Answer:
        """Text, scores and comments."""
        if self.is_barred:
            return No(_("You are disqualified here. You see neither the text nor the assessments."))
        if not self.answer:
            return No(_("Declare your impartiality first. Then you can read."))
        if not self.is_free:
            return No(_("You are unsure about your impartiality. You can read once the programme lead has settled it."))
        if not self.is_mine:
            return No(_("This application is not assigned to you."))
        return True

    def can_assess(self) -> Answer:
        if not (answer := self.can_read()):
            return answer
        if self.application.round.closed_at:
            return No(_("The round is closed."))
        if self.is_over:
            return No(_("The outcome is told. The assessments stand as they are."))
        return True


@prepared
def _newest(application: int, person: Person) -> QuerySet:
    """The two newest versions, with what `Desk` says of the person."""
    assignments = Assignment.objects.in_force().filter(application=OuterRef("application"))
    declared = Declaration.objects.filter(idea=OuterRef("application__idea"), person=person)
    said = JSONObject(**{name: name for name in ("name", "answer", "hours", "words")})
    endorsements = Endorsement.objects.in_force().filter(application=OuterRef("application"))
    return (
        Version.objects.filter(application=application, application__state=Application.State.SUBMITTED)
        .filter(application__round__in=rounds_held_by(person, [Role.Kind.ASSESSOR]))
        .select_related("application__idea", "application__round", "edition")
        .annotate(
            is_mine=Exists(assignments.filter(assessor=person)),
            is_barred=is_barred("application__idea", person),
            answer=Subquery(declared.values("answer")),
            settled_as=Subquery(declared.values("settled_as")),
            is_over=is_over("application__round"),
            support=Subquery(endorsements.annotate(said=said).values("said")[:1]),
        )
        .order_by("-number")[:2]
    )


def is_barred(idea: str, person: Person) -> Q:
    """Disqualified from the idea in this column, or belonging to it."""
    return Q(**{f"{idea}__in": sight.disqualified(person)}) | Q(**{f"{idea}__in": sight.belonging(person)})


def is_over(round: str) -> Exists:
    """Is anything of the round in this column told, at the shortlist or, without one, the decision itself?

    From then on no assessment changes.
    """
    return Exists(Decision.objects.released().filter(idea__round=OuterRef(round)))
