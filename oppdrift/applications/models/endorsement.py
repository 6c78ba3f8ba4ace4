"""The leader's backing, asked for by mail and answered without an account."""

import secrets

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history import letters
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person
from oppdrift.toolbox import answers
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

from .application import Application
from .promise import Promise


def new_token() -> str:
    return secrets.token_urlsafe(24)


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    def in_force(self) -> "EndorsementQuerySet":
        """Not taken back: one an application."""
        return self.filter(taken_back_at=None)

    def unanswered(self) -> "EndorsementQuerySet":
        return self.in_force().filter(answer="")

    def asked_of(self, person) -> "EndorsementQuerySet":
        return self.filter(person=person)


class Endorsement(models.Model):
    """A question to one leader. The newest of an application that is not taken back is the one that counts."""

    class Answer(models.TextChoices):
        SUPPORTS = "supports", _("Supports it")
        IF = "supports_if", _("Supports it, if …")
        NOT_NOW = "not_now", _("Not now")

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="endorsements")
    name = models.CharField(_("the leader's name"), max_length=200)
    address = models.EmailField(_("the leader's mail address"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = MomentField()
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours for the team in the year"), null=True, blank=True)
    words = models.TextField(_("in the leader's own words"), blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(taken_back_at=None), name="one_leader_is_asked_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="") | models.Q(answered_at__isnull=False), name="an_endorsement_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.application}"

    @property
    def record(self):
        return self.application.idea

    def get_absolute_url(self) -> str:
        """The leader's page, open to whoever holds the link."""
        return reverse("applications:endorse", args=[self.token])

    # Asking

    @classmethod
    def can_ask(cls, application: Application, address: str | None = None) -> answers.Answer:
        if application.is_withdrawn:
            return No(_("The application is withdrawn."))
        if application.is_late and not application.is_improving:
            return No(_("The deadline has passed."))
        asked = application.endorsements.in_force().first()
        if asked:
            return No(_("%(name)s has been asked. Take that back first.") % {"name": asked.name})
        leader = address and Person.objects.by_address(address)
        if leader and application.idea.team().filter(person=leader).exists():
            return No(_("They are in the team. Ask the leader of one of you."))
        return True

    @classmethod
    @transaction.atomic
    def ask(cls, application: Application, *, name: str, address: str, by: Person) -> "Endorsement":
        """Ask a leader for their backing, by a letter with a link that needs no account."""
        application.lock()
        ensure(cls.can_ask(application, address))
        leader = Person.objects.by_address(address)
        asked = cls.objects.create(
            application=application, name=name.strip(), address=address.strip(), person=leader, asked_by=by
        )
        # Whoever judges the idea would be barred from it by a part in it: that must be by their own act, the answer.
        if leader and not Idea.objects.led_or_judged_by(leader).filter(pk=application.idea_id).exists():
            Part.give(application.idea, leader, Part.Kind.ENDORSER, by=by)
        Event.record("endorsement.asked", asked, by=by)
        letters.write(
            "endorsement_request", to=leader or (asked.name, asked.address), key=f"endorsement:{asked.pk}",
            root=application.round, thing=application.idea, by=by, state="queued",
            deadline=application.deadline or _("the deadline"), link=asked.get_absolute_url(),
        )  # fmt: skip
        return asked

    def can_take_back(self) -> answers.Answer:
        return No(_("The question is taken back already.")) if self.taken_back_at else True

    @transaction.atomic
    def take_back(self, *, by: Person) -> None:
        """The team no longer asks this leader, and the link says so. An answer given is kept, and counts no more."""
        self.application.lock()
        self.refresh_from_db(fields=["taken_back_at"])
        ensure(self.can_take_back())
        changed(self, taken_back_at=now())
        Event.record("endorsement.taken_back", self, by=by)
        for promise in Promise.objects.in_force().filter(endorsement=self):
            promise.replace(by=by)
        parts = self.application.idea.parts.in_force().filter(kind=Part.Kind.ENDORSER, person=self.person_id)
        for part in parts:
            part.end(by=by)

    # Answering

    def can_answer(self) -> answers.Answer:
        if self.taken_back_at:
            return No(_("The team has taken the question back. Nothing more is asked of you."))
        if self.application.is_withdrawn:
            return No(_("The application is withdrawn. Nothing more is asked of you."))
        if self.application.is_late and not self.application.is_improving:
            return No(_("The deadline has passed, and the answer can no longer be changed."))
        return True

    def can_be_backed_by(self, leader: Person | None) -> answers.Answer:
        """Whoever reads it to judge it cannot stand behind it too: their scores would count."""
        judges = self.application.idea.parts.in_force().filter(person=leader, kind__in=Part.JUDGES)
        if leader and judges.exists():
            return No(_("You are asked to judge this application. First declare that you are disqualified."))
        return True

    @transaction.atomic
    def give_answer(self, answer: str, *, hours: int | None = None, words: str = "", by: Person | None = None) -> None:
        """What the leader says; may be said anew until the deadline. `by`: the leader, where they have an account."""
        self.application.lock()
        self.refresh_from_db(fields=["taken_back_at", "answer", "answered_at", "person"])
        ensure(self.can_answer())
        leader = by or self.person or Person.objects.by_address(self.address)
        ensure(self.can_be_backed_by(leader))
        if answer == self.Answer.IF and not words.strip():
            ensure(No(_("Write what must be in place for you to support it.")))
        first = not self.answer
        changed(self, answer=self.Answer(answer), hours=hours, words=words.strip(), answered_at=now(), person=leader)
        if leader:
            Part.give(self.application.idea, leader, Part.Kind.ENDORSER, by=leader)
        Event.record("endorsement.answered", self, by=leader, answer=self.answer, first=first)
        Promise.of_endorsement(self, by=leader)
