"""Somebody's word on their ties to an idea, given before any text is read; settled by the lead for who is unsure."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.applications.models import Application
from oppdrift.history.models import Event
from oppdrift.ideas.models import Clearance, Disqualification, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.toolbox.answers import Answer as Reply
from oppdrift.toolbox.answers import No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

from .assignment import Assignment
from .standing import Standing


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    def free(self) -> "DeclarationQuerySet":
        """No ties, by one's own word or as settled."""
        own_word = models.Q(answer=Declaration.Answer.NONE, settled_as="")
        return self.filter(own_word | models.Q(settled_as=Declaration.Settled.IMPARTIAL))

    def unsettled(self) -> "DeclarationQuerySet":
        return self.filter(answer=Declaration.Answer.UNSURE, settled_as="")

    def by(self, person: Person) -> "DeclarationQuerySet":
        return self.filter(person=person)


class Declaration(models.Model):
    """One person, one idea. Without one that is `free` nobody, the lead included, reads the text or judges it."""

    class Answer(models.TextChoices):
        NONE = "none", pgettext_lazy("impartiality", "No ties")
        DISQUALIFIED = "disqualified", pgettext_lazy("impartiality", "Disqualified")
        UNSURE = "unsure", pgettext_lazy("impartiality", "Unsure")

    class Settled(models.TextChoices):
        IMPARTIAL = "impartial", pgettext_lazy("impartiality", "Impartial")
        DISQUALIFIED = "disqualified", pgettext_lazy("impartiality", "Disqualified")

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="declarations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="declarations")
    answer = models.CharField(_("answer"), max_length=12, choices=Answer)
    ground = models.CharField(_("ground"), max_length=10, choices=Disqualification.Ground, blank=True)
    relation = models.CharField(_("what it is about"), max_length=300, blank=True)  # read by oneself and the settler
    declared_at = MomentField()
    settled_as = models.CharField(_("settled as"), max_length=12, choices=Settled, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["declared_at"]
        indexes = [
            models.Index(
                fields=["idea"], condition=models.Q(answer="unsure", settled_as=""), name="declarations_to_settle"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["idea", "person"], name="one_declaration_per_person_and_idea"),
            models.CheckConstraint(
                condition=~models.Q(answer="disqualified") | ~models.Q(ground=""), name="a_disqualified_person_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(settled_as="") | ~models.Q(settled_reason=""), name="a_settled_declaration_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.idea}: {self.get_answer_display()}"

    @property
    def record(self):
        return self.idea

    @property
    def is_free(self) -> bool:
        if self.settled_as:
            return self.settled_as == self.Settled.IMPARTIAL
        return self.answer == self.Answer.NONE

    @property
    def is_unsettled(self) -> bool:
        return self.answer == self.Answer.UNSURE and not self.settled_as

    @property
    def bars(self) -> bool:
        """Disqualified, by one's own word or as settled."""
        return not self.is_free and not self.is_unsettled

    @classmethod
    def can_declare(cls, idea: Idea, person: Person, answer: str, ground: str = "") -> Reply:
        known = cls.objects.filter(idea=idea, person=person).first()
        if answer not in cls.Answer.values:
            return No(_("Choose one of the answers."))
        if answer == cls.Answer.DISQUALIFIED and not ground:
            return No(_("Choose why you are disqualified."))
        barred = idea.disqualifications.in_force().filter(person=person).exists()
        if (barred or (known and known.bars)) and answer != cls.Answer.DISQUALIFIED:
            return No(_("You are disqualified here. Only the programme lead can change that."))
        if answer == cls.Answer.UNSURE and leads(person, idea):
            return No(_("You lead the round. If in doubt, say you are disqualified; then the substitute has the case."))
        if idea.parts.in_force().filter(person=person, kind__in=Part.BELONGS).exists():
            return No(_("You belong to this idea yourself, and judge it no more than that."))
        return True

    @classmethod
    @transaction.atomic
    def declare(cls, idea: Idea, answer: str, *, by: Person, ground: str = "", relation: str = "") -> "Declaration":
        """Give one's word, or change it. A tie found later takes one's scores out of the totals, visibly."""
        idea.lock()
        ensure(cls.can_declare(idea, by, answer, ground))
        if answer == cls.Answer.NONE:
            ground = relation = ""
        said = {"answer": answer, "ground": ground, "relation": relation.strip()}
        row: Declaration | None = cls.objects.filter(idea=idea, person=by).first()
        if row and all(getattr(row, name) == value for name, value in said.items()):
            return row
        is_first, row = row is None, row or cls(idea=idea, person=by)
        for name, value in said.items():
            setattr(row, name, value)
        row.declared_at, row.settled_as, row.settled_by, row.settled_at, row.settled_reason = now(), "", None, None, ""
        row.save()
        Event.record("declaration.given" if is_first else "declaration.changed", row, by=by, answer=answer)
        if answer == cls.Answer.DISQUALIFIED:
            row._take_out(by=by)
        elif answer == cls.Answer.UNSURE:
            row._suspend(by=by)
        elif is_first:
            Clearance.give(idea, by)  # nothing is assigned, or given, before somebody has said this
        else:
            row._let_in(by=by)
        return row

    def can_settle(self, answer: str, reason: str) -> Reply:
        if answer not in self.Settled.values:
            return No(_("Choose one of the answers."))
        if not reason.strip():
            return No(_("Write the reason."))
        if self.settled_as == answer:
            return No(_("It is settled so already."))
        return True

    @transaction.atomic
    def settle(self, answer: str, *, reason: str, by: Person, ground: str = "") -> None:
        """Decide for somebody who is unsure, or correct what was said."""
        self.idea.lock()
        self.refresh_from_db()
        ensure(self.can_settle(answer, reason))
        if answer == self.Settled.DISQUALIFIED and not self.ground:
            self.ground = ground or Disqualification.Ground.OTHER
        changed(
            self,
            ground=self.ground,
            settled_as=answer,
            settled_reason=reason.strip(),
            settled_by=by,
            settled_at=now(),
        )
        Event.record("declaration.settled", self, by=by, settled_as=answer)
        if answer == self.Settled.DISQUALIFIED:
            self._take_out(by=by)
        else:
            self._let_in(by=by)

    # What follows from it. The idea is locked by whoever calls.

    def _take_out(self, *, by: Person) -> None:
        """Barred from now on: assignments end, scores given stay to be seen and count no more."""
        Disqualification.declare(self.idea, self.person, ground=self.ground, relation=self.relation, by=by)
        for assignment in Assignment.objects.in_force().filter(application__idea=self.idea, assessor=self.person):
            assignment.close(by=by)
        self._suspend(by=by)
        application = self._application()
        if not application:
            return
        for assessment in application.assessments.given().by(self.person).filter(discounted_at=None):
            changed(assessment, discounted_at=now())
            Event.record("assessment.discounted", assessment, by=by)
        Standing.refresh(application)

    def _suspend(self, *, by: Person) -> None:
        """The text is closed to the person while it is not known whether they may read it."""
        Clearance.take_away(self.idea, self.person)
        for part in self.idea.parts.in_force().filter(person=self.person, kind=Part.Kind.ASSESSOR):
            part.end(by=by)

    def _let_in(self, *, by: Person) -> None:
        """Free: what was given counts, and what is still assigned may be read."""
        for row in Disqualification.objects.in_force().filter(idea=self.idea, person=self.person):
            row.end(by=by)
        Clearance.give(self.idea, self.person)
        application = self._application()
        if not application:
            return
        for assessment in application.assessments.by(self.person).exclude(discounted_at=None):
            changed(assessment, discounted_at=None)
            Event.record("assessment.counted_again", assessment, by=by)
        if application.assignments.in_force().of(self.person).exists():
            Part.give(self.idea, self.person, Part.Kind.ASSESSOR, by=by)
        Standing.refresh(application)

    def _application(self) -> Application | None:
        return Application.objects.filter(idea=self.idea).first()


def leads(person: Person, idea: Idea) -> bool:
    """Is the person the lead of the idea's round, or the substitute?"""
    kinds = [Role.Kind.LEAD, Role.Kind.SUBSTITUTE]
    return Role.objects.in_force().filter(round=idea.round_id, person=person, kind__in=kinds).exists()
