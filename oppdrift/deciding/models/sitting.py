"""The meeting that decides: what it plans with, why it chose as it did, and who has confirmed it."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.ideas import sight
from oppdrift.ideas.models import Decision, Disqualification, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Role, Round
from oppdrift.toolbox import dates
from oppdrift.toolbox.answers import No, ensure
from oppdrift.toolbox.clock import OSLO, MomentField, now
from oppdrift.toolbox.models import changed

DAYS_TO_ANSWER = 14
CLOSES_AT = dt.time(16)


class Sitting(models.Model):
    """One of a round. Its row is held by whoever decides, confirms or releases, so that these never happen at once.

    `reason` holds for the decision as a whole: why so many, and what is read by teams that have no reason of their own.
    """

    round = models.OneToOneField("rounds.Round", models.CASCADE, related_name="+")
    hours_each = models.PositiveSmallIntegerField(_("hours of guidance for each project"), null=True, blank=True)
    answer_by = models.DateTimeField(_("the teams answer by"))
    present = models.TextField(_("who was there"), blank=True)  # a name a line, beside the panel of a pitch day
    reason = models.TextField(_("reason"), blank=True)
    reason_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    counter_signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who confirms"),
    )  # fmt: skip
    seed = models.PositiveIntegerField(editable=False)  # of the draws of `toolbox.separation`
    begun_at = MomentField()

    class Meta:
        ordering = ["round"]

    def __str__(self) -> str:
        return str(self.round)

    @property
    def record(self) -> Round:
        return self.round

    @classmethod
    def held(cls, round: Round) -> "Sitting":
        """Within a transaction: the row, made if it is not there, and nobody else's until the end."""
        cls.objects.get_or_create(round=round, defaults=begins_as(round))
        row = cls.objects.select_for_update().get(round=round)
        row.round = round
        return row

    @classmethod
    def of(cls, round: Round) -> "Sitting":
        """To be read: the row, or what it would be."""
        found = cls.objects.filter(round=round).select_related("counter_signer").first()
        row = found or cls(round=round, **begins_as(round))
        row.round = round
        return row

    @classmethod
    @transaction.atomic
    def plan(cls, round: Round, *, by: Person, **fields: Any) -> "Sitting":
        """Set these: hours for each, who was there, who confirms. (The day to answer has letters: see `final`.)"""
        sitting = cls.held(round)
        ensure(not round.closed_at or No(gettext("The round is closed.")))
        different = {name: value for name, value in fields.items() if getattr(sitting, name) != value}
        if different:
            changed(sitting, **different)
            Event.record("sitting.planned", sitting, by=by, fields=" ".join(different))
        return sitting

    def confirmation(self) -> "Confirmation | None":
        """The one in force of what waits for release."""
        return self.confirmations.in_force().select_related("by").first() if self.pk else None

    def unconfirm(self, *, by: Person) -> None:
        """Something has been changed since: it must be confirmed anew."""
        for confirmation in self.confirmations.in_force():
            changed(confirmation, ended_at=now())
            Event.record("sitting.unconfirmed", self, by=by)


def begins_as(round: Round) -> dict[str, Any]:
    """The seed is the round's own number, which nobody chooses, and is kept, so that the finding stays what it was."""
    return {"answer_by": usual_answer_by(round), "seed": round.pk}


def usual_answer_by(round: Round) -> dt.datetime:
    """Two weeks after the day that the round names for its decision, or after today if that is later."""
    named = round.milestones.filter(kind=Milestone.Kind.DECISION).first()
    day = max([dates.date_of(now())] + ([dates.date_of(named.at)] if named else []))
    return dt.datetime.combine(day + dt.timedelta(days=DAYS_TO_ANSWER), CLOSES_AT, tzinfo=OSLO)


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def in_force(self) -> "ConfirmationQuerySet":
        """Nothing was changed since, and it is not told yet."""
        return self.filter(ended_at=None, released_at=None)

    def released(self) -> "ConfirmationQuerySet":
        return self.exclude(released_at=None)


class Confirmation(models.Model):
    """A second person has seen the decisions that wait, and says that this is what was decided."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="confirmations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = MomentField()
    decisions = models.PositiveSmallIntegerField()  # how many it is about
    ended_at = models.DateTimeField(null=True, editable=False)  # something was changed after it
    released_at = models.DateTimeField(null=True, editable=False)  # what it is about was told

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting"],
                condition=models.Q(ended_at=None, released_at=None),
                name="one_confirmation_in_force_per_sitting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting}: {self.by}"

    @property
    def record(self) -> Round:
        return self.sitting.round


def barred_rounds(person: Person) -> models.QuerySet:
    """Keys of rounds in which something is decided that the person is disqualified from or belongs to."""
    decided = Decision.objects.in_force().at(Decision.Stage.FINAL).values("idea")
    return Idea.objects.filter(sight.barred(person), pk__in=decided, round__isnull=False).order_by().values("round")


def rounds_read_whole(person: Person) -> models.QuerySet[Round]:
    """Rounds whose decision the person may read all of: they lead it, sit in the panel, have confirmed it, have decided
    in it as substitute or run the programme, and nothing bars them from any part of it."""
    rounds = Round.objects.all()
    if not person.runs_programme:
        roles = Role.objects.in_force().filter(person=person)
        judged = roles.filter(kind__in=[Role.Kind.LEAD, Role.Kind.PANEL])
        rounds = rounds.filter(models.Q(pk__in=judged.values("round")) | models.Q(pk__in=had_a_part(person)))
    return rounds.exclude(pk__in=barred_rounds(person))


def had_a_part(person: Person) -> models.QuerySet:
    """Keys of the rounds whose decision the person has confirmed, or, as substitute, made a part of."""
    substituted = Role.objects.in_force().filter(person=person, kind=Role.Kind.SUBSTITUTE).values("round")
    made = Decision.objects.in_force().at(Decision.Stage.FINAL).filter(made_by=person)
    confirmed = Confirmation.objects.filter(by=person).values("sitting__round")
    decided = made.filter(idea__round__in=substituted).values("idea__round")
    return Round.objects.filter(models.Q(pk__in=confirmed) | models.Q(pk__in=decided)).order_by().values("pk")


def keepers(round: Round) -> models.QuerySet[Person]:
    """Who can make the protocol where its leads are barred: who confirmed, and the substitute who decided."""
    decided = Decision.objects.in_force().at(Decision.Stage.FINAL).filter(idea__round=round)
    substitutes = Role.objects.in_force().filter(round=round, kind=Role.Kind.SUBSTITUTE).values("person")
    confirmed = Confirmation.objects.filter(sitting__round=round).values("by")
    asked = models.Q(pk__in=confirmed) | models.Q(pk__in=substitutes) & models.Q(pk__in=decided.values("made_by"))
    ideas = decided.values("idea")
    by_law = Disqualification.objects.in_force().filter(idea__in=ideas).values("person")
    as_member = Part.objects.in_force().filter(idea__in=ideas, kind__in=Part.BELONGS, person__isnull=False)
    free = (
        Person.objects.filter(asked, is_active=True).exclude(pk__in=by_law).exclude(pk__in=as_member.values("person"))
    )
    return free.order_by("name_key")


def no_lead_reads_whole(round: "models.OuterRef") -> models.Q:
    """Is every lead of the round barred from something that is decided in it?"""
    decided = Decision.objects.in_force().at(Decision.Stage.FINAL).values("idea")
    theirs = {"person": OuterRef("person"), "idea__in": decided, "idea__round": OuterRef("round")}
    by_law = Disqualification.objects.in_force().filter(**theirs)
    as_member = Part.objects.in_force().filter(**theirs, kind__in=Part.BELONGS)
    leads = Role.objects.in_force().filter(round=round, kind=Role.Kind.LEAD)
    return ~models.Q(Exists(leads.filter(~Exists(by_law), ~Exists(as_member))))
