"""Small pieces of models that several rooms use."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Coalesce, JSONObject


def pointer_to(thing: models.Model) -> tuple[ContentType, int]:
    """Content type and key of a thing, for tables that point at things of any room."""
    return ContentType.objects.get_for_model(thing), thing.pk


def number_of(rows: models.QuerySet) -> models.Subquery:
    """How many rows, as a value within a statement."""
    # A plain function and no aggregate, which Django would group by something: a table to sort, for one number.
    count = models.Func(template="COUNT(*)", output_field=models.IntegerField())
    return models.Subquery(rows.order_by().annotate(number_of_rows=count).values("number_of_rows"))


def how_many(rows: models.QuerySet) -> models.QuerySet:
    """How many rows, as the one row of a question of its own, which `count()` cannot be; none where there are none."""
    together = rows.order_by().values(one=models.Value(1))
    return together.annotate(n=models.Count("pk")).values_list("n", flat=True)


def sum_of(rows: models.QuerySet, of: Any) -> Coalesce:
    """The sum of something over all rows, as a value within a statement."""
    total = models.Func(of, function="SUM", output_field=models.IntegerField())
    return Coalesce(models.Subquery(rows.order_by().annotate(sum_of_rows=total).values("sum_of_rows")), 0)


def sums_of(rows: models.QuerySet, **sums: Any) -> models.Subquery:
    """Several sums over the same rows, which are gone through once: a JSON object, with None for each where there are
    no rows. A condition stands for how many rows meet it."""
    totals = {name: models.Func(_summed(each), function="SUM") for name, each in sums.items()}
    return models.Subquery(rows.order_by().annotate(totals=JSONObject(**totals)).values("totals"))


def _summed(each: Any) -> Any:
    return models.Case(models.When(each, then=1), default=0) if isinstance(each, models.Q | models.Exists) else each


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
