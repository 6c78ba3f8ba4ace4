"""The municipality's organisation: a tree that changes, and remembers what it was."""

import datetime as dt

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.text import fold, sort_key

from .change import Change
from .person import Person


class UnitQuerySet(models.QuerySet["Unit"]):
    def current(self, day: dt.date | None = None) -> "UnitQuerySet":
        """Units that exist on `day` (today unless said)."""
        day = day or today()
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=day),
            models.Q(valid_until=None) | models.Q(valid_until__gte=day),
        )

    def areas(self) -> "UnitQuerySet":
        """Service areas: the top of the tree."""
        return self.filter(parent=None)

    def named(self, name: str) -> "Unit | None":
        """The unit that has or had this name, whatever its case and accents.

        One that is called so goes before one that was, one that exists before one that did.
        """
        key = fold(name)
        newest_first = self.order_by(models.F("valid_until").desc(nulls_first=True))
        return newest_first.filter(name_fold=key).first() or newest_first.filter(changes__old_fold=key).first()

    @transaction.atomic
    def add(self, name: str, *, by: Person, parent: "Unit | None" = None, leader: Person | None = None) -> "Unit":
        """A new unit. Raises NotNow if one of this name exists there."""
        ensure(self.can_be_called(name, parent))
        unit = self.create(name=" ".join(name.split()), parent=parent, leader=leader)
        Change.objects.create(verb="unit.added", unit=unit, by=by)
        return unit

    def can_be_called(self, name: str, parent: "Unit | None") -> Answer:
        if self.current().filter(name_fold=fold(name), parent=parent).exists():
            return No(_("There is a unit of this name here already."))
        return True


class Unit(models.Model):
    """A workplace (virksomhet) under a service area, or, without a parent, the service area itself."""

    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=250, editable=False, db_index=True)
    name_fold = models.CharField(max_length=250, editable=False, db_index=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    leader = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("leader")
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)  # the last day
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name_key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_from=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="a_unit_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(successor=None) | ~models.Q(successor=models.F("id")),
                name="a_unit_is_not_its_own_successor",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.name_key, self.name_fold = sort_key(self.name), fold(self.name)[:250]
        if "name" in (fields := kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*fields, "name_key", "name_fold"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("people:unit", args=[self.pk])

    @property
    def area(self) -> "Unit":
        """The service area this unit is under; itself when it is one."""
        unit = self
        while unit.parent:
            unit = unit.parent
        return unit

    @property
    def is_closed(self) -> bool:
        return self.valid_until is not None and self.valid_until < today()

    @property
    def former_names(self) -> list[str]:
        """What else it was called before, newest first."""
        names = [change.old_name for change in self.changes.all() if change.old_name not in ("", self.name)]
        return list(dict.fromkeys(names))

    def under(self) -> set[int]:
        """Keys of everything below it."""
        below: set[int] = set()
        level = {self.pk}
        while level := set(Unit.objects.filter(parent__in=level).values_list("pk", flat=True)) - below:
            below |= level
        return below

    @transaction.atomic
    def rename(self, name: str, *, by: Person) -> None:
        """Give it a new name. The old one still finds it, and stands in what was written under it."""
        name = " ".join(name.split())
        if name == self.name:
            return
        if fold(name) != self.name_fold:
            ensure(Unit.objects.can_be_called(name, self.parent))
        was = self.name
        changed(self, name=name)
        Change.objects.create(verb="unit.renamed", unit=self, by=by, old_name=was, old_fold=fold(was)[:250])

    def can_move_to(self, parent: "Unit | None") -> Answer:
        if parent and (parent == self or parent.pk in self.under()):
            return No(_("A unit cannot be part of itself."))
        if parent and parent.is_closed:
            return No(_("%(unit)s is closed.") % {"unit": parent.name})
        return True

    @transaction.atomic
    def move(self, parent: "Unit | None", *, by: Person) -> None:
        """Put it under another unit, or at the top as a service area."""
        if parent == self.parent:
            return
        list(Unit.objects.select_for_update().order_by("pk").values_list("pk"))  # two moves at once could make a ring
        ensure(self.can_move_to(parent))
        changed(self, parent=parent)
        Change.objects.create(verb="unit.moved", unit=self, by=by)

    @transaction.atomic
    def note_leader(self, leader: Person | None, *, by: Person) -> None:
        if leader == self.leader:
            return
        changed(self, leader=leader)
        Change.objects.create(verb="unit.new_leader", unit=self, by=by)

    def can_close(self) -> Answer:
        if self.valid_until:
            return No(_("It is closed already."))
        if Unit.objects.current().filter(parent=self).exists():
            return No(_("Move or close the units that are part of it first."))
        return True

    @transaction.atomic
    def close(self, last_day: dt.date, *, by: Person) -> None:
        """It exists until this day. What was written under its name keeps the name."""
        ensure(self.can_close())
        if self.valid_from and last_day < self.valid_from:
            ensure(No(_("The last day cannot come before the first.")))
        changed(self, valid_until=last_day)
        Change.objects.create(verb="unit.closed", unit=self, by=by)

    def can_merge_into(self, successor: "Unit") -> Answer:
        if self.valid_until:
            return No(_("It is closed already."))
        if successor == self or successor.pk in self.under():
            return No(_("A unit cannot become part of itself."))
        if successor.is_closed:
            return No(_("%(unit)s is closed.") % {"unit": successor.name})
        return True

    @transaction.atomic
    def merge_into(self, successor: "Unit", *, by: Person, last_day: dt.date | None = None) -> None:
        """Close it; its people and the units under it move to the successor at once."""
        ensure(self.can_merge_into(successor))
        changed(self, valid_until=max(last_day or today(), self.valid_from or dt.date.min), successor=successor)
        Person.objects.filter(unit=self).update(unit=successor)
        Unit.objects.filter(parent=self).update(parent=successor)
        Change.objects.create(verb="unit.merged", unit=self, by=by, data={"successor": successor.pk})

    @transaction.atomic
    def reopen(self, *, by: Person) -> None:
        """It was closed by mistake. People who had moved on stay where they are."""
        if not self.valid_until:
            ensure(No(_("It is open already.")))
        changed(self, valid_until=None, successor=None)
        Change.objects.create(verb="unit.reopened", unit=self, by=by)
