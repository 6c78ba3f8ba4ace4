"""Keep-times: applies `docs/retention.yaml`, which says how long each personal field is kept and why."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from oppdrift.history.models import File
from oppdrift.people.models import Person
from oppdrift.toolbox.clock import now

PLACES = [settings.PACKAGE / "retention.yaml", settings.PACKAGE.parent / "docs" / "retention.yaml"]  # wheel, clone


@dataclass(frozen=True)
class Rule:
    """What happens to some fields of a model, when, and on what basis."""

    model: str
    fields: tuple[str, ...]
    then: str  # erase, blank, keep
    basis: str
    months: int | None = None
    since: tuple[str, ...] = ()  # the field that time is counted from; of several the first that says something
    where: dict[str, Any] = field(default_factory=dict)
    unused: bool = False

    @property
    def table(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def rows(self) -> models.QuerySet:
        """Rows whose time is over and to which it has not been done yet."""
        rows = self.table._default_manager.filter(self.is_over(), **self.where)
        if self.unused:
            rows = rows.filter(is_active=True, runs_programme=False).exclude(is_pointed_at())
        if self.then == "blank":
            rows = rows.exclude(**blanks(self.table, self.fields))
        return rows.order_by()

    def is_over(self) -> Q:
        """Has the time passed since the first of its moments that is known?"""
        over, day = Q(pk__in=[]), months_ago(self.months or 0)
        for name in reversed(self.since):
            over = Q(**{f"{name}__lt": day}) | (Q(**{name: None}) & over)
        return over

    @transaction.atomic
    def apply(self) -> int:
        """Do it; how many rows."""
        rows = self.rows()
        if self.then == "blank":
            return self.table._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
                **blanks(self.table, self.fields)
            )
        if self.table is File:
            files = list(rows)
            for file in files:
                file.erase(by=None)
            return len(files)
        count = rows.count()
        rows.delete()
        return count


def blanks(table: type[models.Model], names: tuple[str, ...]) -> dict[str, Any]:
    """The empty value of each field: nobody for a person, an empty text, an empty list."""
    values: dict[str, Any] = {}
    for name in names:
        each = table._meta.get_field(name)
        if isinstance(each, models.ForeignKey):
            values[name] = None
        elif isinstance(each, models.JSONField):
            values[name] = each.get_default()
        else:
            values[name] = ""
    return values


GOES_ALONG = {"account.EmailAddress.user", "people.Identity.person", "people.Change.person"}


def is_pointed_at() -> Q:
    """Does any row of any room point at the person? Addresses, outside identities and what was changed about them go
    along with them."""
    pointed = Q(pk__in=[])
    relations: list[Any] = list(Person._meta.get_fields(include_hidden=True))
    for relation in relations:
        if not (relation.one_to_many or relation.one_to_one) or not relation.auto_created:
            continue
        table: Any = relation.related_model
        if f"{table._meta.label}.{relation.field.name}" in GOES_ALONG:
            continue
        rows = table._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        pointed |= Q(Exists(rows))
    return pointed


def months_ago(months: int) -> dt.datetime:
    """The same day so many months before, or the last one of a shorter month."""
    moment = now()
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


@cache
def rules() -> tuple[Rule, ...]:
    """All of retention.yaml."""
    path = next(place for place in PLACES if place.exists())
    made = []
    for model, entries in yaml.safe_load(Path(path).read_text(encoding="utf-8")).items():
        for entry in entries:
            since = tuple(entry.pop("from").split(" or ")) if "from" in entry else ()
            made.append(Rule(model=model, since=since, fields=tuple(entry.pop("fields")), **entry))
    return tuple(made)


def keep_times() -> dict[str, int]:
    """Erase and blank whatever has had its time; how many rows of each model. Can be repeated."""
    done: dict[str, int] = {}
    for rule in rules():
        if rule.then != "keep" and (count := rule.apply()):
            done[rule.model] = done.get(rule.model, 0) + count
    return done
