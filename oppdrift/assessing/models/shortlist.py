"""What the shortlist of a round carries beside its decisions, and the teams' answers to what they are offered."""

import datetime as dt

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Round
from oppdrift.toolbox import dates
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import OSLO, is_past, now
from oppdrift.toolbox.models import changed

DAYS_TO_ANSWER = 7
CLOSES_AT = dt.time(16)


class Shortlist(models.Model):
    """One of a round. Its row is held by whoever decides or releases, so that these never happen at once."""

    round = models.OneToOneField("rounds.Round", models.CASCADE, related_name="+")
    answer_by = models.DateTimeField(_("the teams answer by"))
    places_reason = models.TextField(_("why not as many as planned"), blank=True)

    class Meta:
        ordering = ["round"]

    def __str__(self) -> str:
        return str(self.round)

    @property
    def record(self) -> Round:
        return self.round

    @classmethod
    def held(cls, round: Round) -> "Shortlist":
        """Within a transaction: the row, made if it is not there, and nobody else's until the end."""
        cls.objects.get_or_create(round=round, defaults={"answer_by": usual_answer_by(round)})
        row = cls.objects.select_for_update().get(round=round)
        row.round = round
        return row

    @classmethod
    def of(cls, round: Round) -> "Shortlist":
        """To be read: the row, or what it would be."""
        row = cls.objects.filter(round=round).first() or cls(round=round, answer_by=usual_answer_by(round))
        row.round = round
        return row


def usual_answer_by(round: Round) -> dt.datetime:
    """A week after the day that the round names for its shortlist, or after today if that is later."""
    named = round.milestones.filter(kind=Milestone.Kind.SHORTLIST).first()
    day = max([dates.date_of(now())] + ([dates.date_of(named.at)] if named else []))
    return dt.datetime.combine(day + dt.timedelta(days=DAYS_TO_ANSWER), CLOSES_AT, tzinfo=OSLO)


class OfferAnswerQuerySet(models.QuerySet["OfferAnswer"]):
    def open(self) -> "OfferAnswerQuerySet":
        """Told to the team, in force, and not answered."""
        return self.told().filter(answer="")

    def told(self) -> "OfferAnswerQuerySet":
        return self.filter(decision__in=Decision.objects.known())

    def at(self, stage: str) -> "OfferAnswerQuerySet":
        return self.filter(decision__stage=stage)

    def taken_up(self) -> "OfferAnswerQuerySet":
        """A project has started from the yes."""
        return self.filter(answer=OfferAnswer.Choice.YES, settled_at__isnull=False)

    def turned_down(self, stage: str) -> "OfferAnswerQuerySet":
        """A team that is admitted at this stage says no, and whoever leads has not said yet what follows."""
        no = {"answer": OfferAnswer.Choice.NO, "decision__outcome": Decision.Outcome.ADMITTED}
        return self.told().at(stage).filter(settled_at=None, **no)

    def seen_by(self, person) -> "OfferAnswerQuerySet":
        """By those who belong to the idea, and who leads the case."""
        if not person.is_authenticated:
            return self.none()
        own, led = Idea.objects.of(person), Idea.objects.cleared_for(person)
        return self.told().filter(models.Q(decision__idea__in=own) | models.Q(decision__idea__in=led))


class OfferAnswer(models.Model):
    """A decision that offers something (a place in the pitch, money, guidance) and what the team says, by a date."""

    class Choice(models.TextChoices):
        YES = "yes", pgettext_lazy("answer to an offer", "Yes")
        NO = "no", pgettext_lazy("answer to an offer", "No")

    OFFERS = (Decision.Outcome.ADMITTED, Decision.Outcome.GUIDANCE)

    decision = models.OneToOneField("ideas.Decision", models.CASCADE, related_name="offer")
    until = models.DateTimeField(_("answer by"))
    answer = models.CharField(_("answer"), max_length=3, choices=Choice, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(null=True, editable=False)
    # Since when nothing waits for it: it is known who takes the place of a no; a project has started from a yes.
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = OfferAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["until", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="") | models.Q(at__isnull=False), name="an_answered_offer_says_when"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.get_answer_display()}"

    @property
    def record(self):
        return self.decision.idea

    @property
    def is_over(self) -> bool:
        return is_past(self.until)

    @property
    def is_taken_up(self) -> bool:
        """A project has started from the yes."""
        return self.answer == self.Choice.YES and self.settled_at is not None

    @classmethod
    def make(cls, decision: Decision, until: dt.datetime) -> "OfferAnswer":
        """What the decision offers. Once a project has started, the yes it started from stands for corrections too."""
        made = cls.objects.create(decision=decision, until=until)
        told = Decision.objects.known().at(decision.stage).filter(idea=decision.idea_id)
        if before := cls.objects.taken_up().filter(decision__in=told).first():
            made._carry_on(before)
        return made

    def can_give(self) -> Answer:
        if not Decision.objects.known().filter(pk=self.decision_id).exists():
            return No(_("There is no offer to answer."))
        if self.is_taken_up:
            return No(_("The project is under way. Talk to the programme lead if something has changed."))
        if self.is_over:
            return No(_("The day to answer has passed. Talk to the programme lead."))
        return True

    @transaction.atomic
    def give(self, answer: str, *, by: Person) -> None:
        """Yes or no to the offer, for the whole team; may be changed until the day has passed or a project started."""
        self._hold()
        ensure(self.can_give())
        if self.answer == answer:
            return
        changed(self, answer=self.Choice(answer).value, by=by, at=now(), settled_at=None)
        verb = "offer.accepted" if answer == self.Choice.YES else "offer.turned_down"
        Event.record(verb, self, by=by, outcome=self.decision.outcome)

    def can_go_on(self) -> Answer:
        if self.answer != self.Choice.NO:
            return No(_("The team has not said no."))
        if self.settled_at:
            return No(_("It is settled already."))
        return True

    @transaction.atomic
    def go_on(self, *, by: Person) -> None:
        """After a no: another team has the place, or nobody gets it."""
        self._hold()
        ensure(self.can_go_on())
        changed(self, settled_at=now())
        Event.record(f"{self.decision.stage}.went_on", self, by=by)

    def can_take_up(self) -> Answer:
        if self.answer != self.Choice.YES:
            return No(_("A project starts from a decision that the team has been told and has said yes to."))
        return True

    @transaction.atomic
    def take_up(self) -> None:
        """A project starts from the yes, so from now on it stands."""
        self._hold()
        ensure(self.can_take_up())
        changed(self, settled_at=now())
        # Corrections that are decided and not told yet carry the yes on.
        pending = Decision.objects.pending().at(self.decision.stage).filter(idea=self.decision.idea_id)
        for waiting in type(self).objects.filter(decision__in=pending):
            waiting._carry_on(self)

    def _carry_on(self, before: "OfferAnswer") -> None:
        changed(self, answer=before.answer, by=before.by, at=before.at, settled_at=before.settled_at)

    def _hold(self) -> None:
        """One deed at a time about this offer. Within a transaction."""
        fresh = type(self).objects.select_for_update().get(pk=self.pk)
        self.answer, self.until, self.settled_at = fresh.answer, fresh.until, fresh.settled_at
