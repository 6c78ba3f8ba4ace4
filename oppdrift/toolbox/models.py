"""Small pieces of models that several rooms use."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Coalesce


def pointer_to(thing: models.Model) -> tuple[ContentType, int]:
    """Content type and key of a thing, for tables that point at things of any room."""
    return ContentType.objects.get_for_model(thing), thing.pk


def number_of(rows: models.QuerySet) -> Coalesce:
    """How many rows, as a value within a statement."""
    counted = rows.order_by().annotate(all=models.Value(1)).values("all").annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0)


def sum_of(rows: models.QuerySet, of: Any) -> Coalesce:
    """The sum of something over all rows, as a value within a statement."""
    summed = rows.order_by().annotate(all=models.Value(1)).values("all").annotate(sum=models.Sum(of)).values("sum")
    return Coalesce(models.Subquery(summed, output_field=models.IntegerField()), 0)


def counted_if(condition: models.Q | models.Exists, rows: models.QuerySet) -> models.Case:
    """How many rows; 0, without looking, where the condition is not met."""
    return models.Case(models.When(condition, then=number_of(rows)), default=0)


def is_among(rows: models.QuerySet, column: str) -> models.Exists:
    """The thing that this column points at is one of the rows. Asked of each thing that is left when all other
    conditions are met, where `__in` would gather all the rows first."""
    return models.Exists(rows.filter(pk=models.OuterRef(column)))


class Choices(models.TextChoices):
    """Choices by word, so that the database can be read by people."""


def changed(thing: models.Model, **fields: Any) -> None:
    """Set these fields and save only them."""
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save(update_fields=list(fields))
