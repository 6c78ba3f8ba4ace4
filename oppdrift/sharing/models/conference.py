"""The conference: a gathering with a programme, in one room or in several at once."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Event
from oppdrift.ideas.models.finding import IdeaQuerySet
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.sharing.sight import projects
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.models import changed

BEFORE = dt.timedelta(days=7)  # so long before the day presentations are due unless somebody says otherwise


class ConferenceQuerySet(models.QuerySet["Conference"]):
    def published(self) -> "ConferenceQuerySet":
        """Whose programme anybody can read."""
        return self.exclude(published_at=None)

    def run_by(self, person) -> "ConferenceQuerySet":
        return self.filter(gathering__round__in=Round.objects.run_by(person))

    def coming_up(self) -> "ConferenceQuerySet":
        """Neither over nor cancelled."""
        return self.filter(gathering__appointment__ends_at__gt=now(), gathering__appointment__cancelled_at=None)


class Conference(models.Model):
    """What a gathering of that kind has besides: a programme, and what the projects hand in for it.

    Time, place, places and sign-up are the gathering's own.
    """

    gathering = models.OneToOneField(Gathering, models.CASCADE, primary_key=True, related_name="conference")
    due_at = models.DateTimeField(_("presentations are due"))
    published_at = models.DateTimeField(null=True, editable=False)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        ordering = ["gathering__appointment__starts_at"]

    def __str__(self) -> str:
        return str(self.gathering)

    @property
    def record(self) -> Round:
        return self.gathering.round

    @property
    def round(self) -> Round:
        return self.gathering.round

    @property
    def appointment(self):
        return self.gathering.appointment

    def get_absolute_url(self) -> str:
        return reverse("sharing:programme", args=[self.pk])

    @property
    def editing_url(self) -> str:
        return reverse("sharing:put_together", args=[self.pk])

    def lock(self) -> None:
        """One person at a time puts the programme together. Within a transaction."""
        list(Conference.objects.select_for_update().filter(pk=self.pk).values_list("pk"))
        self.refresh_from_db(fields=["due_at", "published_at"])

    def projects(self) -> IdeaQuerySet:
        """The ideas of its round that became a project, with money or with guidance only."""
        return projects().filter(round=self.round)

    @classmethod
    def can_begin(cls, gathering: Gathering) -> Answer:
        if gathering.kind != Gathering.Kind.CONFERENCE:
            return No(_("Only a conference has a programme."))
        if cls.objects.filter(pk=gathering.pk).exists():
            return No(_("The programme is begun already."))
        return gathering.can_change()

    @classmethod
    @transaction.atomic
    def begin(cls, gathering: Gathering, *, by: Person, due_at: dt.datetime | None = None) -> "Conference":
        """Begin the programme of this gathering."""
        gathering.lock()
        ensure(cls.can_begin(gathering))
        made = cls.objects.create(gathering=gathering, due_at=due_at or gathering.appointment.starts_at - BEFORE)
        Event.record("conference.begun", made, by=by)
        return made

    def can_change(self) -> Answer:
        if self.gathering.is_cancelled:
            return No(_("The conference is cancelled."))
        if self.appointment.is_over:
            return No(_("The conference is over."))
        return True

    @transaction.atomic
    def plan(self, *, due_at: dt.datetime, halls: Iterable[str], by: Person) -> None:
        """When presentations are due, and which rooms there are. What is planned in a room stays in the room of that
        name, wherever it stands in the list; a room that is used is renamed, never lost."""
        self.lock()
        ensure(self.can_change())
        names = list(dict.fromkeys(" ".join(name.split()) for name in halls if name.strip()))
        ensure(self.can_have(names))
        changed(self, due_at=due_at)
        rooms, lost = self._rooms_for(names)
        for order, (name, hall) in enumerate(zip(names, rooms, strict=True)):
            if hall:
                changed(hall, name=name, order=order)
            else:
                Hall.objects.create(conference=self, name=name, order=order)
        for hall in lost:
            hall.delete()
        Event.record("conference.planned", self, by=by, halls=len(names))

    def can_have(self, names: list[str]) -> Answer:
        _rooms, lost = self._rooms_for(names)
        if self.slots.filter(hall__in=lost).exists():
            return No(_("Something is planned in a room that you take away. Move it first."))
        return True

    def _rooms_for(self, names: list[str]) -> tuple[list["Hall | None"], list["Hall"]]:
        """For each name the room that has it, else one whose name is gone, else none; and the rooms that are left."""
        halls = {hall.name: hall for hall in self.halls.all()}
        free = [hall for name, hall in halls.items() if name not in names]
        rooms = [halls.get(name) or (free.pop(0) if free else None) for name in names]
        return rooms, free


class Hall(models.Model):
    """A room of the conference, or a track: what is in different halls goes on at once."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="halls")
    name = models.CharField(pgettext_lazy("of a conference", "room"), max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def record(self) -> Any:
        return self.conference.round
