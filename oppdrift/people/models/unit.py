"""The municipality's organisation: a tree that changes, and remembers what it was."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import today
from oppdrift.toolbox.text import fold, sort_key


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
        """The unit of this name, whatever its case and accents; one that exists goes before one that did."""
        found = list(self.filter(name_fold=fold(name)))
        return max(found, key=lambda unit: unit.valid_until or dt.date.max, default=None)


class Unit(models.Model):
    """A workplace (virksomhet) under a service area, or, without a parent, the service area itself."""

    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=250, editable=False, db_index=True)
    name_fold = models.CharField(max_length=250, editable=False, db_index=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    leader = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
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
        self.name_key, self.name_fold = sort_key(self.name), fold(self.name)
        super().save(*args, **kwargs)

    @property
    def area(self) -> "Unit":
        """The service area this unit is under; itself when it is one."""
        unit = self
        while unit.parent:
            unit = unit.parent
        return unit
