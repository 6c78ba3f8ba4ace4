"""The one record: everything later has a foreign key to an idea."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oppdrift.history import letters
from oppdrift.history.models import Event
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.round import Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.text import fold, sort_key

from .decision import Decision
from .finding import IdeaQuerySet
from .part import Disqualification, Part


def round_for_new_ideas() -> Round | None:
    """The round that an idea of today would apply to: the next deadline ahead. None between rounds."""
    coming = Round.objects.alive().filter(deadline__gte=now()).order_by("deadline", "pk")
    return next((round for round in coming if round.uses(Stage.IDEAS)), None)


class Idea(models.Model):
    """A thought about a better service, in two fields. It becomes application, project, benefit; it stays one row."""

    class Source(models.TextChoices):
        WRITTEN = "written", _("Written here")
        APPLICATION = "application", _("Began as an application")
        IMPORTED = "imported", _("Brought in from an earlier round")

    round = models.ForeignKey("rounds.Round", models.PROTECT, null=True, blank=True, related_name="ideas")
    title = models.CharField(_("title"), max_length=150)
    title_key = models.CharField(max_length=250, editable=False, db_index=True)
    search_key = models.TextField(editable=False)  # folded title, texts and unit
    problem = models.TextField(_("What is the problem?"), blank=True)
    wish = models.TextField(_("What could be better?"), blank=True)
    unit = models.ForeignKey("people.Unit", models.SET_NULL, null=True, blank=True, related_name="+")
    unit_name = models.CharField(_("unit"), max_length=200, blank=True)  # as it was called then
    shared = models.BooleanField(_("shown to colleagues"), default=True)
    source = models.CharField(max_length=12, choices=Source, default=Source.WRITTEN)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = MomentField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(
        null=True, editable=False
    )  # the world can read of it; a later room has its page
    is_applying = models.BooleanField(default=False, editable=False)  # handed in: to be withdrawn there, not here

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="ideas_newest_first"),
            models.Index(fields=["round", "withdrawn_at", "shared"], name="ideas_counted"),
            models.Index(
                fields=["published_at"], condition=models.Q(published_at__isnull=False), name="ideas_published"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        if self.unit and not self.unit_name:
            self.unit_name = self.unit.name
        self.title_key = sort_key(self.title)
        self.search_key = fold(" ".join([self.title, self.problem, self.wish, self.unit_name]))
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "title_key", "search_key", "unit_name"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("idea", args=[self.pk])  # the whole house shows it, see oppdrift/urls.py

    def lead_in_charge(self):
        """The lead of its round, or the substitute where every lead is barred; None while nobody is."""
        role = _who_may_run.first(self.round_id, self.pk) if self.round_id else None
        return role and role.person

    def team(self) -> models.QuerySet:
        """Parts of those who carry the idea, project lead first."""
        return self.parts.in_force().filter(kind="team").select_related("person")

    def lock(self) -> None:
        """Let one person at a time change who carries and judges this idea. Within a transaction."""
        type(self).objects.select_for_update().only("pk").get(pk=self.pk)

    def apply(self, applying: bool) -> None:
        """Note that an application of it is handed in, or no longer. Whoever calls remembers why."""
        if self.is_applying != applying:
            changed(self, is_applying=applying)

    # What is done with it

    @classmethod
    @transaction.atomic
    def begin(cls, *, title: str, by: Person, round: Round | None = None, **fields: Any) -> "Idea":
        """A new idea, with its writer as team. Without a round given, the one whose deadline comes next takes it."""
        fields.setdefault("unit", by.unit)
        idea = cls.objects.create(title=title.strip(), round=round or round_for_new_ideas(), created_by=by, **fields)
        Event.record("idea.begun", idea, by=by, shared=idea.shared)
        Part.give(idea, by, Part.Kind.TEAM, by=by)
        return idea

    def can_change(self) -> Answer:
        if self.withdrawn_at:
            return No(_("The idea is withdrawn. Take it up again first."))
        return True

    def can_rename(self) -> Answer:
        """What is handed in is called everywhere as it was handed in, until it is decided."""
        if not (answer := self.can_change()):
            return answer
        if self.is_applying and not self.decisions.at(Decision.Stage.FINAL).released().exists():
            return No(_("The application is handed in. Change its name and unit there, with the next version."))
        return True

    @transaction.atomic
    def change(self, *, by: Person, **fields: Any) -> None:
        """New words: title, problem, wish or unit."""
        ensure(self.can_change())
        different = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if not different:
            return
        if different.keys() & {"title", "unit"}:
            ensure(self.can_rename())
        self._take(different, by=by)

    def be_called(self, title: str, unit: Any, *, by: Person) -> None:
        """The name and unit that its application is handed in under. Whoever calls holds the application."""
        if different := {
            name: value for name, value in [("title", title), ("unit", unit)] if getattr(self, name) != value
        }:
            self._take(different, by=by)

    def _take(self, different: dict[str, Any], *, by: Person) -> None:
        if "unit" in different:
            different["unit_name"] = different["unit"].name if different["unit"] else ""
        changed(self, **different)
        Event.record("idea.changed", self, by=by)

    @transaction.atomic
    def share(self, *, by: Person) -> None:
        """Show it to colleagues."""
        ensure(self.can_change())
        if not self.shared:
            changed(self, shared=True)
            Event.record("idea.shared", self, by=by)

    @transaction.atomic
    def keep_to_team(self, *, by: Person) -> None:
        """Show it only to those who belong to it, the programme lead, and those asked to judge it."""
        ensure(self.can_change())
        if self.shared:
            changed(self, shared=False)
            Event.record("idea.kept", self, by=by)

    def can_join(self, round: Round) -> Answer:
        if self.withdrawn_at:
            return No(_("The idea is withdrawn. Take it up again first."))
        if round.closed_at:
            return No(_("The round is closed."))
        return True

    @transaction.atomic
    def join(self, round: Round, *, by: Person) -> None:
        """Belong to this round from now on: the one it applies to."""
        ensure(self.can_join(round))
        if self.round_id != round.pk:
            changed(self, round=round)
            Event.record("idea.joined", self, by=by, round=round.pk)

    def can_invite(self, person: Person) -> Answer:
        if self.withdrawn_at:
            return No(_("The idea is withdrawn. Take it up again first."))
        if self.team().filter(person=person).exists():
            return No(_("They are in the team already."))
        if not person.is_active:
            return No(_("They have left, and cannot be invited."))
        if _led_or_judged(person, self.pk):
            # Whoever belongs to an idea may no longer judge it: that must not be done to them by others.
            return No(_("They run or judge the round this idea is in, and cannot be in its team."))
        return True

    @transaction.atomic
    def invite(self, address: str, *, by: Person, name: str = "") -> Part:
        """Take a colleague into the team by their mail address, and tell them in a letter."""
        person = Person.objects.with_address(address, name=name)
        ensure(self.can_invite(person))
        part = Part.give(self, person, Part.Kind.TEAM, by=by)
        letters.write(
            "team_invitation",
            to=person,
            key=f"team_invitation:{part.pk}",
            root=self.round,
            thing=self,
            by=by,
            state="queued",
            lead=by,
            link=self.get_absolute_url(),
        )
        return part

    def can_withdraw(self) -> Answer:
        if self.withdrawn_at:
            return No(_("The idea is withdrawn already."))
        if self.is_applying:
            return No(_("Its application is handed in. Withdraw the application instead."))
        if self.parts.in_force().filter(kind__in=Part.JUDGES).exists():
            return No(_("The application is being assessed. Withdraw the application instead."))
        if self.decisions.released().exists():
            return No(_("A decision has been made about it."))
        return True

    @transaction.atomic
    def withdraw(self, *, by: Person) -> None:
        """Take it out of the list of ideas. Nothing is erased."""
        self.lock()
        self.refresh_from_db(fields=["withdrawn_at", "is_applying"])
        ensure(self.can_withdraw())
        changed(self, withdrawn_at=now())
        Event.record("idea.withdrawn", self, by=by)

    def can_take_up(self) -> Answer:
        return True if self.withdrawn_at else No(_("The idea is not withdrawn."))

    @transaction.atomic
    def take_up(self, *, by: Person) -> None:
        """Go on with a withdrawn idea."""
        self.lock()
        self.refresh_from_db(fields=["withdrawn_at"])
        ensure(self.can_take_up())
        changed(self, withdrawn_at=None)
        Event.record("idea.taken_up", self, by=by)

    # For the world

    @property
    def is_published(self) -> bool:
        """As `published()` asks of many."""
        return bool(self.published_at and self.published_at <= now() and not self.withdrawn_at)

    def can_publish(self) -> Answer:
        if self.withdrawn_at:
            return No(_("The idea is withdrawn. Take it up again first."))
        if self.published_at:
            return No(_("It is published already."))
        return True

    @transaction.atomic
    def publish(self, *, by: Person) -> None:
        """Let anybody read of it. What they read is the business of the room that has the page."""
        self.lock()
        self.refresh_from_db(fields=["withdrawn_at", "published_at"])
        ensure(self.can_publish())
        changed(self, published_at=now())
        Event.record("idea.published", self, by=by)

    def can_unpublish(self) -> Answer:
        return True if self.published_at else No(_("It is not published."))

    @transaction.atomic
    def unpublish(self, *, by: Person) -> None:
        """Take it off every open page at once."""
        self.lock()
        self.refresh_from_db(fields=["published_at"])
        ensure(self.can_unpublish())
        changed(self, published_at=None)
        Event.record("idea.unpublished", self, by=by)


@prepared
def _led_or_judged(person: Person, idea: int) -> QuerySet[Idea, int]:
    return Idea.objects.led_or_judged_by(person).filter(pk=idea).values_list("pk", flat=True)


@prepared
def _who_may_run(round: int, idea: int) -> QuerySet[Role]:
    """Leads of the round and its substitutes, without who is barred from the idea. Whoever has it comes first."""
    by_law = Disqualification.objects.in_force().filter(idea=idea).values("person")
    as_member = Part.objects.in_force().filter(idea=idea, kind__in=Part.BELONGS).values("person")
    roles = Role.objects.in_force().filter(round=round, kind__in=Role.RUNS)
    free = roles.exclude(person__in=by_law).exclude(person__in=as_member)
    return free.select_related("person").order_by("kind", "since")  # "lead" comes before "substitute"
