"""Who else has taken the solution into use, or would like to: the spread of an idea, receiver by receiver."""

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.people.models import Unit as OwnUnit
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now, today
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.text import fold


def new_token() -> str:
    return secrets.token_urlsafe(24)


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def confirmed(self) -> "AdoptionQuerySet":
        """Recorded by somebody known, or asked for by a stranger whose address answered."""
        return self.exclude(confirmed_at=None)

    def in_use(self) -> "AdoptionQuerySet":
        """They have begun: tested at least, and not dropped."""
        return self.confirmed().filter(state__in=Adoption.TAKEN)

    def public(self) -> "AdoptionQuerySet":
        """What anybody may read: of published ideas, and only where somebody of ours has seen it begun. Without the
        names of contacts, which no open page shows."""
        return self.in_use().filter(idea__in=Idea.objects.published())

    def of(self, idea: Idea) -> "AdoptionQuerySet":
        return self.filter(idea=idea)

    def seen_by(self, person) -> "AdoptionQuerySet":
        """With contact, by those who belong to the idea, whoever leads it, and whoever recorded it. What a stranger
        asks for is held back from all until their address has answered."""
        if not person.is_authenticated:
            return self.none()
        own, led = Idea.objects.of(person), Idea.objects.cleared_for(person)
        return self.confirmed().filter(Q(idea__in=own) | Q(idea__in=led) | Q(recorded_by=person))


class Adoption(models.Model):
    """One receiver of a solution: a unit of our own, or another organisation. Each step has its date."""

    class Kind(models.TextChoices):
        COPY = "copy", _("Copy it as it is")
        ADAPTATION = "adaptation", _("Adapt it to our own")
        INSPIRATION = "inspiration", _("Be inspired by it")

    class State(models.TextChoices):
        INTERESTED = "interested", pgettext_lazy("adoption", "Interested")
        TESTING = "testing", pgettext_lazy("adoption", "Testing it")
        IN_USE = "in_use", pgettext_lazy("adoption", "In use")
        CHANGED = "changed", pgettext_lazy("adoption", "Works in a new way")
        DROPPED = "dropped", pgettext_lazy("adoption", "Did not go on")

    TAKEN = (State.TESTING, State.IN_USE, State.CHANGED)
    STEPS = (State.INTERESTED, State.TESTING, State.IN_USE, State.CHANGED)

    idea = models.ForeignKey("ideas.Idea", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.CharField(_("organisation"), max_length=150, blank=True)  # when it is no unit of ours
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.COPY)
    state = models.CharField(max_length=10, choices=State, default=State.INTERESTED)
    interested_on = models.DateField(null=True, blank=True)
    testing_on = models.DateField(null=True, blank=True)
    in_use_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    dropped_why = models.TextField(blank=True)
    what = models.CharField(_("what they use"), max_length=200, blank=True)
    effect = models.TextField(_("the effect there"), blank=True)
    contact_name = models.CharField(_("contact"), max_length=150, blank=True)
    contact_address = models.EmailField(_("mail address"), blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nb")  # to write to the contact in
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = MomentField()
    confirmed_at = models.DateTimeField(null=True, editable=False)  # none: a stranger's, held back

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["interested_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(unit=None) & ~Q(organisation="")) | (Q(unit__isnull=False) & Q(organisation="")),
                name="an_adoption_is_by_one_receiver",
            ),
            models.UniqueConstraint(
                fields=["idea", "unit"], condition=Q(unit__isnull=False), name="a_unit_adopts_an_idea_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_why=""), name="what_did_not_go_on_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.receiver

    def get_absolute_url(self) -> str:
        return reverse("benefits:adoption", args=[self.pk])

    @property
    def record(self):
        return self.idea

    @property
    def receiver(self) -> str:
        return self.unit.name if self.unit else self.organisation

    @property
    def is_own(self) -> bool:
        """By a unit of ours."""
        return self.unit_id is not None

    @property
    def dates(self) -> list[tuple[str, dt.date]]:
        """(step, date) of the steps that were taken, in their order."""
        taken = [(state.value, getattr(self, f"{state}_on")) for state in (*self.STEPS, self.State.DROPPED)]
        return [(state, day) for state, day in taken if day]

    @property
    def steps(self) -> list[tuple[str, dt.date]]:
        """The same with their names."""
        return [(str(self.State(state).label), day) for state, day in self.dates]

    @property
    def begun_on(self) -> dt.date | None:
        """When they first tried it."""
        return min(filter(None, (self.testing_on, self.in_use_on, self.changed_on)), default=None)

    # Recorded by somebody known

    @classmethod
    def can_record(cls, idea: Idea, unit: OwnUnit | None, organisation: str = "") -> Answer:
        if idea.withdrawn_at:
            return No(_("The idea is withdrawn."))
        if unit and unit.pk == idea.unit_id:
            return No(_("That is the unit the solution comes from."))
        if unit and cls.objects.filter(idea=idea, unit=unit).exists():
            return No(_("%(unit)s is in the list already.") % {"unit": unit.name})
        others = cls.objects.confirmed().filter(idea=idea, unit=None).values_list("organisation", flat=True)
        if organisation.strip() and fold(organisation) in map(fold, others):
            return No(_("%(unit)s is in the list already.") % {"unit": organisation.strip()})
        return True

    @classmethod
    @transaction.atomic
    def write_down(
        cls, idea: Idea, *, by: Person, unit: OwnUnit | None = None, organisation: str = "",
        state: str = State.INTERESTED, on: dt.date | None = None, **fields: Any,
    ) -> "Adoption":  # fmt: skip
        """Somebody has taken it up, or would like to."""
        idea.lock()
        ensure(cls.can_record(idea, unit, organisation))
        row = cls(idea=idea, unit=unit, organisation=organisation.strip(), recorded_by=by, **fields)
        row._step(state, on or today())
        row.confirmed_at = now()
        row.save()
        Event.record("adoption.written", row, by=by, kind=row.kind, state=row.state)
        return row

    def can_change(self) -> Answer:
        return True if self.confirmed_at else No(_("They have not confirmed it yet."))

    @transaction.atomic
    def change(self, *, by: Person, **fields: Any) -> None:
        """What they use, how it went there, whom to call."""
        ensure(self.can_change())
        different = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if different:
            changed(self, **different)
            Event.record("adoption.changed", self, by=by, fields=" ".join(sorted(different)))

    def can_move(self, state: str, on: dt.date, why: str = "") -> Answer:
        if not (answer := self.can_change()):
            return answer
        if on > today():
            return No(_("A step that has not been taken has no date yet."))
        if state == self.State.DROPPED and not why.strip():
            return No(_("Write why it did not go on. Others learn from it."))
        before = [getattr(self, f"{each}_on") for each in self.STEPS[: self._place(state)]]
        if any(day and day > on for day in before):
            return No(_("An earlier step has a later date."))
        return True

    @transaction.atomic
    def move(self, state: str, on: dt.date, *, by: Person, why: str = "") -> None:
        """They have come to this step, on this day; or they did not go on."""
        self.refresh_from_db(from_queryset=Adoption.objects.select_for_update(of=("self",)))
        ensure(self.can_move(state, on, why))
        self._step(state, on)
        self.dropped_why = why.strip() if state == self.State.DROPPED else ""
        self.save()
        Event.record("adoption.moved", self, by=by, state=state)

    def _place(self, state: str) -> int:
        return self.STEPS.index(self.State(state)) if state in self.STEPS else len(self.STEPS)

    def _step(self, state: str, on: dt.date) -> None:
        """Stand at this step; later ones, once noted, are taken back."""
        for each in (*self.STEPS[self._place(state) + 1 :], self.State.DROPPED):
            setattr(self, f"{each}_on", None)
        self.state = state
        setattr(self, f"{state}_on", on)

    # Asked for by a stranger

    @classmethod
    def can_ask(cls, idea: Idea) -> Answer:
        return True if idea.is_published else No(_("This solution has no open page."))

    @classmethod
    @transaction.atomic
    def ask(cls, idea: Idea, *, organisation: str, kind: str, name: str, address: str, language: str) -> "Adoption":
        """A stranger would like to copy it. Held back from everybody until the address answers."""
        ensure(cls.can_ask(idea))
        return cls.objects.create(
            idea=idea, organisation=organisation.strip(), kind=kind, contact_name=name.strip(), language=language,
            contact_address=address.strip().lower(), interested_on=today(),
        )  # fmt: skip

    def can_confirm(self) -> Answer:
        return No(_("It is confirmed already.")) if self.confirmed_at else True

    @transaction.atomic
    def confirm(self) -> None:
        """The address answered: those who have the solution may know of it."""
        self.refresh_from_db(from_queryset=Adoption.objects.select_for_update(of=("self",)))
        ensure(self.can_confirm())
        changed(self, confirmed_at=now())
        Event.record("adoption.asked", self, by=None, kind=self.kind)
