"""Who has to do with an idea, as what, from when, by whose act; and who may judge it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

if TYPE_CHECKING:
    from .idea import Idea


class InForce(models.QuerySet):
    def in_force(self):
        return self.filter(models.Q(until=None) | models.Q(until__gt=now()))


class Part(models.Model):
    """A person's relation to an idea. Later rooms write these; who may see what is asked of them alone."""

    class Kind(models.TextChoices):
        TEAM = "team", _("Team")
        OWNER = "owner", _("Project owner")
        ENDORSER = "endorser", _("Endorsing leader")
        ASSESSOR = "assessor", _("Assessor")
        PANEL = "panel", _("Panel member")
        COACH = "coach", _("Coach")
        BENEFIT = "benefit", _("Benefit owner")  # takes a benefit of it out in the line

    BELONGS = (Kind.TEAM, Kind.OWNER, Kind.ENDORSER, Kind.COACH, Kind.BENEFIT)
    JUDGES = (Kind.ASSESSOR, Kind.PANEL)

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="parts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=10, choices=Kind)
    leads = models.BooleanField(default=False)  # the team's project lead
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = MomentField()
    until = models.DateTimeField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ["-leads", "since", "id"]
        indexes = [models.Index(fields=["person", "kind"], name="parts_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "person", "kind"], condition=models.Q(until=None), name="a_part_is_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"

    @property
    def record(self):
        return self.idea

    @classmethod
    @transaction.atomic
    def give(cls, idea: "Idea", person: Person, kind: str, *, by: Person | None) -> "Part":
        """Let the person have this part in the idea; the one in force when they have it already."""
        idea.lock()
        if held := idea.parts.in_force().filter(person=person, kind=kind).first():
            return held
        leads = kind == cls.Kind.TEAM and not idea.parts.in_force().filter(kind=kind).exists()
        part = cls.objects.create(idea=idea, person=person, kind=kind, leads=leads, given_by=by)
        Event.record(f"part.{kind}_given", part, by=by)
        return part

    def can_end(self) -> Answer:
        if self.until and self.until <= now():
            return No(_("This part has ended already."))
        if self.kind == self.Kind.TEAM and not self.others_in_team().exists():
            return No(_("Nobody else is in the team. Invite a colleague first, or withdraw the idea."))
        return True

    @transaction.atomic
    def end(self, *, by: Person | None) -> None:
        """Let the part end now. When the project lead leaves, the one who has been there longest takes over."""
        self.idea.lock()
        self.refresh_from_db(fields=["until", "leads"])
        ensure(self.can_end())
        led = self.leads
        changed(self, until=now(), leads=False)
        if led and (heir := self.others_in_team().first()):
            changed(heir, leads=True)
        Event.record(f"part.{self.kind}_ended", self, by=by, own=bool(by and by.pk == self.person_id))

    def can_take_lead(self) -> Answer:
        if self.kind != self.Kind.TEAM or (self.until and self.until <= now()):
            return No(_("Only somebody in the team can be project lead."))
        if self.leads:
            return No(_("They are the project lead already."))
        return True

    @transaction.atomic
    def take_lead(self, *, by: Person) -> None:
        """Make this member the project lead instead of whoever is."""
        self.idea.lock()
        self.refresh_from_db(fields=["until", "leads"])
        ensure(self.can_take_lead())
        for part in self.others_in_team().filter(leads=True):
            changed(part, leads=False)
        changed(self, leads=True)
        Event.record("part.lead_taken", self, by=by)

    def others_in_team(self) -> "InForce":
        return self.idea.parts.in_force().filter(kind=self.Kind.TEAM).exclude(pk=self.pk)


class Disqualification(models.Model):
    """Somebody may not judge an idea. What they would see as a judge is hidden; what they see as belonging stays.

    `ground` is general words of law; `relation` is read by the person and whoever settled it, nobody else.
    """

    class Ground(models.TextChoices):
        PARTY = "party", _("is part of the matter themselves")
        FAMILY = "family", _("is close family of somebody in the team")
        ROLE = "role", _("leads or represents the unit that applies")
        OTHER = "other", _("has another special tie to it")

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="disqualifications")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="disqualifications")
    ground = models.CharField(_("ground"), max_length=10, choices=Ground)
    relation = models.CharField(_("relation"), max_length=300, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = MomentField()
    until = models.DateTimeField(null=True, blank=True)  # found to be wrong: ended, not erased

    objects = InForce.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "person"], condition=models.Q(until=None), name="disqualified_once_per_idea"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.idea}"

    @property
    def record(self):
        return self.idea

    @classmethod
    @transaction.atomic
    def declare(
        cls, idea: "Idea", person: Person, *, ground: str, relation: str = "", by: Person
    ) -> "Disqualification":
        """The person may not judge the idea, by their own word or as settled by somebody else.

        Said twice, the first stands. What it takes away is asked of `sight` from this moment on.
        """
        idea.lock()
        if known := cls.objects.in_force().filter(idea=idea, person=person).first():
            return known
        row = cls.objects.create(idea=idea, person=person, ground=ground, relation=relation.strip(), settled_by=by)
        Event.record("disqualification.declared", row, by=by, ground=ground)
        return row

    def can_end(self) -> Answer:
        if self.until and self.until <= now():
            return No(_("It has ended already."))
        return True

    @transaction.atomic
    def end(self, *, by: Person) -> None:
        """It was found to be wrong: from now on the person may judge. The row stays."""
        self.idea.lock()
        self.refresh_from_db(fields=["until"])
        ensure(self.can_end())
        changed(self, until=now())
        Event.record("disqualification.ended", self, by=by)


class Clearance(models.Model):
    """Somebody has no ties to an idea, by their own word or as settled: whoever leads it may read it from then on.

    Written by the room where it is declared, whose event tells of it; the idea is held by whoever calls.
    """

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="clearances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = MomentField()
    until = models.DateTimeField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ["since"]
        indexes = [models.Index(fields=["person", "idea"], name="clearances_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "person"], condition=models.Q(until=None), name="cleared_once_per_idea"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.idea}"

    @property
    def record(self):
        return self.idea

    @classmethod
    def give(cls, idea: "Idea", person: Person) -> None:
        cls.objects.get_or_create(idea=idea, person=person, until=None)

    @classmethod
    def take_away(cls, idea: "Idea", person: Person) -> None:
        cls.objects.in_force().filter(idea=idea, person=person).update(until=now())
