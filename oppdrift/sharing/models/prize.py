"""Prizes of a round, and who got them for what."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

# What a round begins with: (bokmål, nynorsk, what it is for in both). Data from the first use on.
USUAL = (
    ("Årets innovasjon", "Årets innovasjon", "Nytt, nyttig og nyttiggjort.", "Nytt, nyttig og nyttiggjort."),
    (
        "Stjel med stil", "Stel med stil",
        "Til dem som best har tatt i bruk noe andre har laget.",
        "Til dei som best har teke i bruk noko andre har laga.",
    ),
    (
        "Beste feil", "Beste feil",
        "Til dem som har lært mest av noe som ikke gikk, og fortalt om det.",
        "Til dei som har lært mest av noko som ikkje gjekk, og fortalt om det.",
    ),
)  # fmt: skip


class Prize(models.Model):
    """One prize of one round. Its name is a name: in English pages it stands as the municipality calls it."""

    round = models.ForeignKey("rounds.Round", models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    name_nn = models.CharField(_("name in nynorsk"), max_length=80, blank=True)
    what_for = models.CharField(_("what it is given for"), max_length=200, blank=True)
    what_for_nn = models.CharField(_("what it is given for, in nynorsk"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="one_prize_of_a_name_a_round")]

    def __str__(self) -> str:
        return self.called

    @property
    def record(self) -> Round:
        return self.round

    @property
    def language(self) -> str:
        """nb or nn: what it is called by on this page."""
        return "nn" if get_language() == "nn" and self.name_nn else "nb"

    @property
    def called(self) -> str:
        return self.name_nn if self.language == "nn" else self.name

    @property
    def given_for(self) -> str:
        return (self.what_for_nn if self.language == "nn" else "") or self.what_for

    @classmethod
    @transaction.atomic
    def begin(cls, round: Round, *, by: Person) -> None:
        """Give the round the usual prizes, when it has none."""
        if cls.objects.filter(round=round).exists():
            return
        for order, (name, name_nn, what_for, what_for_nn) in enumerate(USUAL):
            cls.put(round, name=name, name_nn=name_nn, what_for=what_for, what_for_nn=what_for_nn, order=order, by=by)

    @classmethod
    @transaction.atomic
    def put(cls, round: Round, *, by: Person, **fields) -> "Prize":
        made = cls.objects.create(round=round, **fields)
        Event.record("prize.added", made, by=by)
        return made

    @transaction.atomic
    def change(self, *, by: Person, **fields) -> None:
        different = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if different:
            changed(self, **different)
            Event.record("prize.changed", self, by=by)

    def can_remove(self) -> Answer:
        return No(_("Somebody has got it.")) if self.awards.exists() else True

    @transaction.atomic
    def remove(self, *, by: Person) -> None:
        ensure(self.can_remove())
        Event.record("prize.removed", self.round, by=by)
        self.delete()


class AwardQuerySet(models.QuerySet["Award"]):
    def announced(self) -> "AwardQuerySet":
        """What everybody may know, of ideas that are not withdrawn."""
        return self.filter(announced_at__lte=now(), idea__withdrawn_at=None)

    def seen_by(self, person) -> "AwardQuerySet":
        """Announced ones by anybody; others by those who lead the idea."""
        announced = models.Q(announced_at__lte=now(), idea__withdrawn_at=None)
        if not person.is_authenticated:
            return self.filter(announced)
        return self.filter(announced | models.Q(idea__in=Idea.objects.cleared_for(person)))


class Award(models.Model):
    """A prize given to an idea, with the reason that is read aloud."""

    prize = models.ForeignKey("sharing.Prize", models.PROTECT, related_name="awards")
    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = MomentField()
    announced_at = models.DateTimeField(null=True, editable=False)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["prize__order", "at", "id"]
        constraints = [models.UniqueConstraint(fields=["prize", "idea"], name="a_prize_goes_to_an_idea_once")]

    def __str__(self) -> str:
        return f"{self.prize}: {self.idea}"

    @property
    def record(self) -> Idea:
        return self.idea

    @classmethod
    def can_give(cls, prize: Prize, idea: Idea, reason: str) -> Answer:
        if idea.withdrawn_at:
            return No(_("The idea is withdrawn."))
        if not reason.strip():
            return No(_("Write the reason. It is read aloud."))
        if cls.objects.filter(prize=prize, idea=idea).exists():
            return No(_("They have this prize already."))
        return True

    @classmethod
    @transaction.atomic
    def give(cls, prize: Prize, idea: Idea, *, reason: str, by: Person) -> "Award":
        """Decide who gets it. Nobody else sees it until it is announced."""
        ensure(cls.can_give(prize, idea, reason))
        made = cls.objects.create(prize=prize, idea=idea, reason=reason.strip(), by=by)
        Event.record("award.given", prize.round, by=by)  # not on the idea, whose team reads its history
        return made

    def can_announce(self) -> Answer:
        return No(_("It is announced already.")) if self.announced_at else True

    @transaction.atomic
    def announce(self, *, by: Person) -> None:
        """From now on everybody can read it."""
        ensure(self.can_announce())
        changed(self, announced_at=now())
        Event.record("award.announced", self, by=by)

    @transaction.atomic
    def take_back(self, *, by: Person) -> None:
        """It was a mistake."""
        Event.record("award.taken_back", self.prize.round, by=by)
        self.delete()
