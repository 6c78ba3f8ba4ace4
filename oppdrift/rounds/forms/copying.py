"""Last year's round with this year's dates, looked over."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from oppdrift.rounds.copying import Plan, Row
from oppdrift.toolbox.forms import DateInput, Form, MomentInput

from .plan import NameIsFree


class CopyForm(NameIsFree, Form):
    """Name and year, and each date as a field that can be set otherwise."""

    name = forms.CharField(label=_("Name of the new round"), max_length=100)
    year = forms.IntegerField(widget=forms.HiddenInput, validators=[MinValueValidator(2000), MaxValueValidator(2100)])

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any):
        super().__init__(*args, initial={"name": plan.name, "year": plan.year}, **kwargs)
        self.plan = plan
        for row in plan.rows:
            self.fields[f"at_{row.key}"] = self._field(row)

    @staticmethod
    def _field(row: Row) -> forms.Field:
        if row.whole_day:
            return forms.DateField(label=str(row.name), initial=row.after, widget=DateInput())
        return forms.DateTimeField(label=str(row.name), initial=row.after, widget=MomentInput())

    @property
    def rows(self) -> list[tuple[Row, Any]]:
        return [(row, self[f"at_{row.key}"]) for row in self.plan.rows]
