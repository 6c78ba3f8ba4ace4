"""What somebody thought after having tried a method. Read by their unit, and by the lead when they say so."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.leadership.methods import METHODS, Method
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

from .participation import Participation


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    def of(self, person) -> "ReflectionQuerySet":
        return self.filter(participation__person=person)

    def seen_by(self, person) -> "ReflectionQuerySet":
        """By those who take part from the same unit in the same round; shared ones by who runs it, but not about an
        idea that is hidden from them."""
        if not person.is_authenticated:
            return self.none()
        mates = (
            Participation.objects.in_force()
            .of(person)
            .filter(round=models.OuterRef("participation__round"), unit=models.OuterRef("participation__unit"))
        )
        run = models.Q(shared_at__isnull=False, participation__round__in=Round.objects.run_by(person))
        led = models.Q(idea=None) | models.Q(idea__in=Idea.objects.cleared_for(person))
        return self.filter(models.Q(participation__person=person) | models.Exists(mates) | (run & led))


class Reflection(models.Model):
    """Three short answers about one method, tried on an idea of one's own or on everyday work."""

    participation = models.ForeignKey("leadership.Participation", models.PROTECT, related_name="reflections")
    method = models.CharField(max_length=20)  # key of a card
    idea = models.ForeignKey("ideas.Idea", models.SET_NULL, null=True, blank=True, related_name="+")
    tried = models.TextField(_("What did you try?"))
    saw = models.TextField(_("What did you see?"))
    differently = models.TextField(_("What will you do differently?"), blank=True)
    written_at = MomentField()
    changed_at = MomentField()
    shared_at = models.DateTimeField(null=True, editable=False)

    objects = ReflectionQuerySet.as_manager()

    shown_idea: Idea | None  # where a list knows that its reader sees it

    class Meta:
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return f"{self.method}, {self.written_at:%Y-%m-%d}"

    @property
    def record(self) -> Round:
        return self.participation.round

    @property
    def card(self) -> Method:
        return METHODS[self.method]

    @classmethod
    def can_write(cls, participation: Participation) -> Answer:
        return True if participation.is_in_force else No(_("You take part no longer."))

    @classmethod
    @transaction.atomic
    def write(
        cls, participation: Participation, method: str, *, by: Person, idea: Idea | None = None, **words: str
    ) -> "Reflection":
        """Keep what was tried, seen and will be done differently."""
        ensure(cls.can_write(participation))
        made = cls.objects.create(participation=participation, method=METHODS[method].key, idea=idea, **words)
        Event.record("reflection.written", made, by=by, method=method)
        return made

    @transaction.atomic
    def change(self, *, by: Person, **fields) -> None:
        different = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if different:
            changed(self, **different, changed_at=now())
            Event.record("reflection.changed", self, by=by)

    def can_share(self) -> Answer:
        return No(_("The programme lead can read it already.")) if self.shared_at else True

    @transaction.atomic
    def share(self, *, by: Person) -> None:
        """Let the programme lead read it."""
        ensure(self.can_share())
        changed(self, shared_at=now())
        Event.record("reflection.shared", self, by=by)

    def can_keep(self) -> Answer:
        return True if self.shared_at else No(_("Only your unit reads it already."))

    @transaction.atomic
    def keep(self, *, by: Person) -> None:
        """Keep it to the unit again."""
        ensure(self.can_keep())
        changed(self, shared_at=None)
        Event.record("reflection.kept", self, by=by)

    @transaction.atomic
    def erase(self, *, by: Person) -> None:
        """Take it away. That there was one is remembered, what it said is not."""
        Event.record("reflection.erased", self, by=by)
        self.delete()
