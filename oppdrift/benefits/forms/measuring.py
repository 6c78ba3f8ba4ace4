"""A measurement, in a minute on a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.benefits import numbers
from oppdrift.benefits.models import Benefit, Measurement
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.forms import Form, LongText, NumberField

DETAILS = ("low", "high", "period", "source", "method")


class MeasureForm(Form):
    """What was seen. Of a benefit that is counted a value, of another words and a verdict."""

    value = NumberField(label=_("Value"), required=False)
    words = forms.CharField(label=_("What did you see?"), required=False, max_length=3000, widget=LongText(rows=4))
    verdict = forms.ChoiceField(
        label=_("Since the baseline"), choices=Measurement.Verdict.choices, widget=forms.RadioSelect, required=False
    )
    taken_on = forms.DateField(label=_("Measured on"), help_text=_("The last day of what you counted."))
    observations = forms.IntegerField(
        label=_("Number of observations"), required=False, min_value=1, help_text=_("How many you counted or asked.")
    )
    deviation = forms.CharField(
        label=_("Why did it turn out so?"), required=False, max_length=3000, widget=LongText(rows=3),
        help_text=_("Most of all when it is not as you hoped."),
    )  # fmt: skip
    low = NumberField(label=_("It could be as low as"), required=False)
    high = NumberField(label=_("It could be as high as"), required=False)
    period = forms.CharField(
        label=_("For which period"), required=False, max_length=80, help_text=_("Like “weeks 20 to 26”.")
    )
    source = forms.CharField(label=_("Source, if it is another one"), required=False, max_length=200)
    method = forms.CharField(
        label=_("Method, if it is another one"), required=False, max_length=2000, widget=LongText(rows=2)
    )

    def __init__(
        self, *args: Any, benefit: Benefit, is_baseline: bool = False, seen: Measurement | None = None, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.benefit = benefit
        counted = benefit.is_quantitative
        for name in ("words", "verdict") if counted else ("value", "low", "high"):
            del self.fields[name]
        if is_baseline:
            self.fields.pop("verdict", None)
            del self.fields["deviation"]
        if counted:
            unit = f"{numbers.unit_words(benefit, 2)}{numbers.every(benefit)}"
            for name in ("value", "low", "high"):
                self.fields[name].unit = unit  # type: ignore[attr-defined]
            if benefit.indicator:
                self.fields["value"].label = benefit.indicator
        self.fields["value" if counted else "words"].required = True
        if "verdict" in self.fields:
            self.fields["verdict"].required = True
        if seen:
            self.initial.update({name: getattr(seen, name) for name in self.fields if hasattr(seen, name)})
        self.initial.setdefault("taken_on", today())

    @property
    def details(self) -> list[Any]:
        """Fields that most leave alone."""
        return [self[name] for name in DETAILS if name in self.fields]

    @property
    def has_details(self) -> bool:
        """Is something said or wrong in them, so that they must be seen?"""
        return any(bound.errors or bound.value() for bound in self.details)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        low, value, high = (cleaned.get(name) for name in ("low", "value", "high"))
        if value is not None and low is not None and low > value:
            self.add_error("low", _("The lowest it could be cannot be above the value."))
        if value is not None and high is not None and high < value:
            self.add_error("high", _("The highest it could be cannot be below the value."))
        if cleaned.get("taken_on") and cleaned["taken_on"] > today():
            self.add_error("taken_on", _("This day has not been yet."))
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in Measurement.SAID}


class CorrectForm(MeasureForm):
    """The right number instead of the one that stands there."""

    why = forms.CharField(
        label=_("Why is it corrected?"), max_length=1000, help_text=_("The earlier number is kept beside the new one.")
    )


class SkipForm(Form):
    why = forms.CharField(
        label=_("Why was it not measured?"), max_length=1000, widget=LongText(rows=2),
        help_text=_("Nobody is reminded any more. The picture shows that nothing is known here."),
    )  # fmt: skip


class DateForm(Form):
    due = forms.DateField(label=_("Day"))
