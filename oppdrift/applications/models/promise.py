"""What somebody has promised an idea: hours, help, work. Followed up by later rooms, kept or not kept with words."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

if TYPE_CHECKING:
    from .endorsement import Endorsement


class PromiseQuerySet(models.QuerySet["Promise"]):
    def in_force(self) -> "PromiseQuerySet":
        """Not taken back, and no later promise has taken its place."""
        return self.filter(replaced_at=None)

    def open(self) -> "PromiseQuerySet":
        """In force, and nobody has said yet whether it was kept."""
        return self.in_force().filter(outcome="")

    def about(self, idea: Idea) -> "PromiseQuerySet":
        return self.filter(idea=idea)

    def by_leaders(self) -> "PromiseQuerySet":
        return self.filter(giver=Promise.Giver.LEADER)

    def seen_by(self, person) -> "PromiseQuerySet":
        """By those who belong to the idea, and who leads it."""
        if not person.is_authenticated:
            return self.none()
        own, led = Idea.objects.of(person), Idea.objects.cleared_for(person)
        return self.filter(models.Q(idea__in=own) | models.Q(idea__in=led))


class Promise(models.Model):
    """One giver's promise to one idea. A new one takes the place of the giver's last; nothing is written over."""

    class Giver(models.TextChoices):
        TEAM = "team", _("The team")
        LEADER = "leader", _("The leader")
        PROGRAMME = "programme", _("The programme")

    class Source(models.TextChoices):
        ENDORSEMENT = "endorsement", _("The leader’s support")
        AGREEMENT = "agreement", _("The agreement")

    class Outcome(models.TextChoices):
        KEPT = "kept", pgettext_lazy("a promise", "Kept")
        NOT_KEPT = "not_kept", pgettext_lazy("a promise", "Not kept")

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="promises")
    giver = models.CharField(max_length=10, choices=Giver)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)  # who gave it, also where they have no account
    text = models.TextField(_("what is promised"), blank=True)
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    due = models.DateField(pgettext_lazy("a date", "by"), null=True, blank=True)  # none: as long as the project lasts
    source = models.CharField(max_length=12, choices=Source)
    endorsement = models.ForeignKey(
        "applications.Endorsement", models.SET_NULL, null=True, blank=True, related_name="promises"
    )
    given_at = MomentField()
    replaced_at = models.DateTimeField(null=True, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    words = models.TextField(_("how it went"), blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "giver"], condition=models.Q(replaced_at=None), name="one_promise_per_giver_in_force"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="") | models.Q(settled_at__isnull=False), name="a_settled_promise_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:40]}"

    @property
    def record(self) -> Idea:
        return self.idea

    @classmethod
    @transaction.atomic
    def give(
        cls,
        idea: Idea,
        giver: str,
        *,
        source: str,
        by: Person | None,
        person: Person | None = None,
        name: str = "",
        text: str = "",
        hours: int | None = None,
        due: dt.date | None = None,
        endorsement: "Endorsement | None" = None,
    ) -> "Promise | None":
        """Promise this, instead of what the same giver promised before. None when there is nothing in it."""
        idea.lock()
        name = name or (person.name if person else "")
        said = {"person": person, "name": name, "text": text.strip(), "hours": hours, "due": due, "source": source}
        last = cls.objects.in_force().filter(idea=idea, giver=giver).first()
        if last and all(getattr(last, field) == value for field, value in said.items()):
            return last
        if last:
            last.replace(by=by)
        if not said["text"] and hours is None:
            return None
        made = cls.objects.create(idea=idea, giver=giver, endorsement=endorsement, **said)
        Event.record("promise.given", made, by=by, giver=giver)
        return made

    @classmethod
    def of_endorsement(cls, endorsement: "Endorsement", *, by: Person | None) -> "Promise | None":
        """The hours and words a leader stands behind the application with; none when they do not."""
        stands_behind = endorsement.answer in (endorsement.Answer.SUPPORTS, endorsement.Answer.IF)
        return cls.give(
            endorsement.record,
            cls.Giver.LEADER,
            source=cls.Source.ENDORSEMENT,
            by=by,
            person=endorsement.person,
            name=endorsement.name,
            text=endorsement.words if stands_behind else "",
            hours=endorsement.hours if stands_behind else None,
            endorsement=endorsement,
        )

    @transaction.atomic
    def replace(self, *, by: Person | None) -> None:
        """It no longer holds: taken back, or another one takes its place."""
        if self.replaced_at is None:
            changed(self, replaced_at=now())
            Event.record("promise.replaced", self, by=by, giver=self.giver)

    def can_settle(self, outcome: str = "", words: str = "") -> Answer:
        if self.replaced_at:
            return No(_("Another promise has taken its place."))
        if outcome == self.Outcome.NOT_KEPT and not words.strip():
            return No(_("Write what happened instead."))
        return True

    @transaction.atomic
    def settle(self, outcome: str, *, words: str = "", by: Person) -> None:
        """Kept or not kept, with words. May be said anew when more is known."""
        self.idea.lock()
        self.refresh_from_db(fields=["replaced_at", "outcome"])
        ensure(self.can_settle(outcome, words))
        outcome = self.Outcome(outcome).value
        changed(self, outcome=outcome, words=words.strip(), settled_by=by, settled_at=now())
        Event.record(f"promise.{outcome}", self, by=by, giver=self.giver)
