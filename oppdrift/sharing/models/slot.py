"""What is in the programme of a conference: talks by projects, and what is for everybody."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File as Upload
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event, File
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.filekinds import PDF, kind_of
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.text import fold

from .conference import Conference, Hall
from .speaker import Speaker


class SlotQuerySet(models.QuerySet["Slot"]):
    def talks(self) -> "SlotQuerySet":
        """Those that projects give."""
        return self.exclude(idea=None)

    def seen_by(self, person) -> "SlotQuerySet":
        """Talks in the making: by those who belong to the idea, and who leads its case."""
        if not person.is_authenticated:
            return self.none()
        own, led = Idea.objects.of(person), Idea.objects.cleared_for(person)
        return self.filter(models.Q(idea__in=own) | models.Q(idea__in=led))

    def counted(self) -> "SlotQuerySet":
        """With how many are to speak, and how many of them have not said yes to being named."""
        speakers: Any = Speaker.objects.filter(slot=models.OuterRef("pk")).order_by().values("slot")
        named, unasked = (
            rows.annotate(n=models.Count("pk")).values("n") for rows in (speakers, speakers.filter(agreed_at=None))
        )
        return self.annotate(named=Coalesce(models.Subquery(named), 0), unasked=Coalesce(models.Subquery(unasked), 0))

    def in_order(self) -> "SlotQuerySet":
        """By time, room by room; what has no time yet comes last."""
        return self.order_by(models.F("starts_at").asc(nulls_last=True), "hall__order", "pk")


class Slot(models.Model):
    """A stretch of the programme. With an idea it is that project's talk, else opening, lunch, a debate.

    It lies within the gathering's appointment, so it owns none itself. Without a hall it is for everybody.
    """

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="slots")
    idea = models.ForeignKey("ideas.Idea", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=150)
    abstract = models.TextField(_("what it is about"), blank=True)
    hall = models.ForeignKey(Hall, models.SET_NULL, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(pgettext_lazy("length", "minutes"), default=10)
    slides = models.ForeignKey("history.File", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SlotQuerySet.as_manager()

    # What `counted()` adds to a row.
    named: int
    unasked: int

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "idea"], condition=~models.Q(idea=None), name="one_talk_per_project"
            ),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="a_slot_takes_time"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def record(self) -> Any:
        return self.idea or self.conference.round

    def get_absolute_url(self) -> str:
        return reverse("sharing:talk", args=[self.pk])

    @property
    def ends_at(self) -> dt.datetime | None:
        return self.starts_at and self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def when(self) -> str:
        """kl. 10.00–10.15"""
        return dates.hours(self.starts_at, self.ends_at) if self.starts_at and self.ends_at else ""

    # Putting the programme together

    @classmethod
    @transaction.atomic
    def add(cls, conference: Conference, *, title: str, by: Person, **fields: Any) -> "Slot":
        """Put something into the programme."""
        conference.lock()
        ensure(conference.can_change())
        made = cls.objects.create(conference=conference, title=" ".join(title.split()), **fields)
        Event.record("slot.added", made, by=by)
        return made

    @classmethod
    @transaction.atomic
    def add_projects(cls, conference: Conference, *, minutes: int, by: Person) -> int:
        """A talk for each project that has none, one after the other from where the programme ends. How many."""
        conference.lock()
        ensure(conference.can_change())
        known = cls.objects.filter(conference=conference).talks().values("idea")
        ideas = list(conference.projects().exclude(pk__in=known).alphabetically())
        start = end_of(conference)
        for place, idea in enumerate(ideas):
            starts_at = start + dt.timedelta(minutes=minutes * place)
            cls.add(conference, title=idea.title, idea=idea, starts_at=starts_at, minutes=minutes, by=by)
        return len(ideas)

    @transaction.atomic
    def change(self, *, by: Person, **fields: Any) -> None:
        """New words, time, length or room."""
        self.conference.lock()
        ensure(self.conference.can_change())
        different = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if different:
            changed(self, **different)
            Event.record("slot.changed", self, by=by)

    @transaction.atomic
    def swap(self, *, earlier: bool, by: Person) -> None:
        """Change places with its neighbour in the same room. Both together take the time that they took."""
        self.conference.lock()
        ensure(self.conference.can_change())
        self.refresh_from_db(fields=["starts_at", "minutes", "hall"])
        if not (other := self.neighbour(earlier=earlier)):
            return
        first, last = (other, self) if earlier else (self, other)
        start, end = first.starts_at, last.ends_at
        assert end is not None, "neighbours have a time"
        changed(last, starts_at=start)
        changed(first, starts_at=end - dt.timedelta(minutes=first.minutes))
        if not earlier:
            self.starts_at = first.starts_at
        Event.record("slot.moved", self, by=by)

    def neighbour(self, *, earlier: bool) -> "Slot | None":
        if not self.starts_at:
            return None
        same = Slot.objects.filter(conference=self.conference_id, hall=self.hall_id).exclude(pk=self.pk)
        if earlier:
            before = models.Q(starts_at__lt=self.starts_at) | models.Q(starts_at=self.starts_at, pk__lt=self.pk)
            return same.filter(before).order_by("-starts_at", "-pk").first()
        after = models.Q(starts_at__gt=self.starts_at) | models.Q(starts_at=self.starts_at, pk__gt=self.pk)
        return same.filter(after).order_by("starts_at", "pk").first()

    @transaction.atomic
    def remove(self, *, by: Person) -> None:
        """Take it out of the programme, slides and all."""
        self.conference.lock()
        ensure(self.conference.can_change())
        Event.record("slot.removed", self.conference, by=by)
        if self.slides:
            self.slides.erase(by=by)
        self.delete()

    # What the project hands in

    @transaction.atomic
    def put_slides(self, upload: Upload, *, by: Person) -> None:
        """The slides instead of those before. Raises ValidationError for anything but a PDF."""
        if kind_of(upload) is not PDF:  # type: ignore[arg-type]
            raise ValidationError(_("Hand in the slides as a PDF. Then they look the same on every machine."))
        before, kept = self.slides, File.keep(upload, self, by=by)
        changed(self, slides=kept)
        Event.record("slot.slides_handed_in", self, by=by)
        if before:
            before.erase(by=by)

    @transaction.atomic
    def name_speaker(self, *, person: Person | None = None, name: str = "", address: str = "", by: Person) -> Speaker:
        """Somebody will speak. Their name is shown to the world when they have said yes to that; with an address they
        get a link by which they do so, or take it away."""
        name = " ".join(name.split()) or (person.name if person else "")
        ensure(self.can_name(name))
        made = Speaker.write_down(self, person=person, name=name, address="" if person else address.strip(), by=by)
        if person == by:
            made.agree(by=by)
        return made

    def can_name(self, name: str) -> Answer:
        if not name:
            return No(_("Write who speaks."))
        if any(fold(each.name) == fold(name) for each in self.speakers.all()):
            return No(_("%(name)s speaks already.") % {"name": name})
        return True


def end_of(conference: Conference) -> dt.datetime:
    """When the last thing in the programme is over; the conference's beginning while it is empty."""
    ends = [slot.ends_at for slot in conference.slots.all() if slot.ends_at]
    return max(ends, default=conference.appointment.starts_at)
