"""Name, texts, stages, money and places of a round."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from oppdrift.rounds.models import Round, Stage
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.forms import Form, KronerField, LongText, ModelForm
from oppdrift.toolbox.together import Together

HOURS = {"size": 6, "inputmode": "numeric"}
NUMBERS = ("places_from", "places_to", "shortlist_places", "guidance_hours")
YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class NameIsFree:
    """A name is used once a year."""

    instance: Round | None = None
    cleaned_data: dict[str, Any]

    def clean(self):
        super().clean()  # type: ignore[misc]
        values = self.cleaned_data
        name, year = values.get("name"), values.get("year")
        if name and year:
            others = Round.objects.filter(name=name, year=year)
            if self.instance and self.instance.pk:
                others = others.exclude(pk=self.instance.pk)
            if others.exists():
                self.add_error("name", _("There is a round of this name and year already. Choose another name."))  # type: ignore[attr-defined]
        return values


class BeginForm(NameIsFree, Form):
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("What people call it, such as Oppdrift 2027."))
    year = forms.IntegerField(
        label=_("Year"), validators=YEARS, widget=forms.TextInput(attrs=HOURS), help_text=_("The year of the deadline.")
    )

    @staticmethod
    def next_year() -> int:
        """Calls go out in autumn for the spring that comes."""
        return today().year + (1 if today().month >= 6 else 0)


class TextForm(Together, NameIsFree, ModelForm):
    year = forms.IntegerField(label=_("Year"), validators=YEARS, widget=forms.TextInput(attrs=HOURS))

    class Meta:
        model = Round
        fields = ("name", "year", "summary", "call_text")
        labels = {"name": _("Name"), "summary": _("In one sentence"), "call_text": _("The call")}
        help_texts = {
            "summary": _("Shown on the front page, under the heading."),
            "call_text": _(
                "A line that begins with ## is a heading, one that begins with - an item of a list, "
                "and words between ** are bold."
            ),
        }
        widgets = {"summary": LongText(rows=2), "call_text": LongText(rows=22)}


class WeeksField(forms.IntegerField):
    """A time in whole weeks."""

    def prepare_value(self, value: Any) -> Any:
        return value.days // 7 if isinstance(value, dt.timedelta) else value

    def clean(self, value: Any) -> dt.timedelta:
        return dt.timedelta(weeks=super().clean(value))


class PlanForm(Together, ModelForm):
    stages = forms.MultipleChoiceField(
        label=_("Stages this round uses"),
        choices=Stage.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A stage without a tick is nowhere to be seen: not in menus, steps, dates or letters."),
        error_messages={"required": _("Tick at least one stage.")},
    )
    budget = KronerField(
        label=_("Money to give out"),
        required=False,
        max_value=1_000_000_000,
        help_text=_("Leave it open while it is not known."),
    )

    silent_after = WeeksField(
        label=_("How many weeks may a project be silent?"),
        min_value=1,
        max_value=52,
        widget=forms.TextInput(attrs=HOURS),
        help_text=_(
            "A project that nobody has heard from for so long is shown as silent, and team, coach and lead are asked "
            "how it goes."
        ),
    )

    quorum = forms.IntegerField(
        label=_("Quorum, in per cent of those who are not disqualified"),
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.TextInput(attrs=HOURS),
        help_text=_("Where fewer have given all their points, the numbers and the protocol warn. Usually half."),
    )

    class Meta:
        model = Round
        fields = ("stages", "budget", *NUMBERS, "quorum", "silent_after")
        labels = {
            "places_from": _("Planned projects, from"),
            "places_to": _("Planned projects, to"),
            "shortlist_places": _("Places in the pitch"),
            "guidance_hours": _("Coaches' hours in all"),
        }
        help_texts = {"places_to": _("A plan, not a limit: more or fewer can be admitted.")}
        widgets = {name: forms.TextInput(attrs=HOURS) for name in NUMBERS}

    def clean_stages(self) -> list[str]:
        """In the order of the programme, whatever the order of the ticks."""
        return [stage for stage in Stage.values if stage in self.cleaned_data["stages"]]

    def clean_quorum(self) -> int:
        """Left empty, it stays as it was."""
        return self.cleaned_data["quorum"] or self.instance.quorum

    def clean(self):
        super().clean()
        values = self.cleaned_data
        first, last = values.get("places_from"), values.get("places_to")
        if first is not None and last is not None and last < first:
            self.add_error("places_to", _("Write a number that is not below the first."))
        return values
