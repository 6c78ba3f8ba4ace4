"""A benefit on one page: what becomes better, how it is seen, from where to where, and what becomes of it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.benefits.models import Benefit, Measurement
from oppdrift.benefits.models.words import Better, Kind, MeasuredIn, Per, Realised
from oppdrift.people.models import Person, Unit
from oppdrift.toolbox.forms import Form, KronerField, LongText, ModelForm, NumberField
from oppdrift.toolbox.together import Together

PROMISED, FOUND_GOOD, FOUND_BAD = "promised", "found", "negative"
COUNTED, TOLD = "counted", "told"
DAYS = ("first", "second", "third")
BASELINE = ("baseline_value", "baseline_words", "baseline_on", "baseline_observations")


class BenefitForm(Together, ModelForm):
    """One benefit. The baseline is a measurement of its own; the dates of the plan are asked for when it is new."""

    nature = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=[
            (PROMISED, _("We promise it")),
            (FOUND_GOOD, _("It came along, and nobody had foreseen it")),
            (FOUND_BAD, _("It came along, and somebody is worse off")),
        ],
        widget=forms.RadioSelect,
        initial=PROMISED,
    )
    seen_by = forms.ChoiceField(
        label=_("How is it seen?"),
        choices=[(COUNTED, _("By a number")), (TOLD, _("In words, by those it is for"))],
        widget=forms.RadioSelect,
        initial=COUNTED,
    )
    better = forms.ChoiceField(
        label=_("Which way is better?"), choices=Better.choices, widget=forms.RadioSelect, initial=Better.UP
    )
    target = NumberField(label=_("Target value"), required=False, help_text=_("Leave it empty while it is not known."))
    baseline_unknown = forms.BooleanField(label=_("Not known yet"), required=False)
    baseline_value = NumberField(label=_("Baseline"), required=False)
    baseline_words = forms.CharField(
        label=_("How it is today"), required=False, max_length=2000, widget=LongText(rows=3)
    )
    baseline_on = forms.DateField(
        label=_("Date of the baseline"), required=False, help_text=_("The last day of what you counted.")
    )
    baseline_observations = forms.IntegerField(
        label=_("Number of observations"), required=False, min_value=1, help_text=_("How many you counted or asked.")
    )
    realised = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[("", _("Not decided yet")), *Realised.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    is_priced = forms.BooleanField(label=_("It can honestly be given in kroner"), required=False)
    price = KronerField(
        label=_("Kroner a year for each unit"),
        required=False,
        help_text=_(
            "What one hour, one day or one per cent less is worth in a year. Empty when you count kroner a year."
        ),
    )
    first = forms.DateField(label=_("First measurement"), required=False)
    second = forms.DateField(label=_("Second measurement"), required=False)
    third = forms.DateField(label=_("Third measurement"), required=False)

    class Meta:
        model = Benefit
        fields = [
            "title", "kind", "for_whom", "indicator", "in_a_sentence", "measured_in", "counted_what", "per", "better",
            "method", "source", "target", "target_on", "target_words", "realised", "used_for", "claim", "claim_unit",
            "is_priced", "price", "price_basis", "assumptions", "preconditions", "grew_from",
        ]  # fmt: skip
        widgets = {
            "method": LongText(rows=3), "target_words": LongText(rows=3), "price_basis": LongText(rows=3),
            "assumptions": LongText(rows=3), "preconditions": LongText(rows=3), "grew_from": LongText(rows=3),
        }  # fmt: skip
        labels = {
            "title": _("What becomes better?"),
            "kind": _("Kind of benefit"),
            "for_whom": _("For whom?"),
            "indicator": _("What do you count?"),
            "in_a_sentence": _("Within a sentence"),
            "measured_in": _("Counted in"),
            "counted_what": _("A number of what?"),
            "per": _("For what time?"),
            "method": _("How do you find the number?"),
            "source": _("Where do the numbers come from?"),
            "target_on": _("To be reached by"),
            "target_words": _("What should it be like?"),
            "used_for": _("Used for what?"),
            "claim": _("Which hours, or which budget line?"),
            "claim_unit": _("In which unit?"),
            "price_basis": _("How did you reckon the price?"),
            "assumptions": _("What do you take for granted?"),
            "preconditions": _("What has to be in place?"),
            "grew_from": _("The sentence of the application it grew out of"),
        }
        help_texts = {
            "title": _("Write a change, not a delivery: “Fewer trips in vain”, not “A new app”."),
            "for_whom": _("Those who notice it."),
            "indicator": _("Like “Jobs done on the first visit”."),
            "in_a_sentence": _("Like “the waiting time”. Then we can write that the waiting time went down."),
            "counted_what": _("Like “trips in vain”."),
            "per": _("Empty for a share or a waiting time."),
            "method": _("The same way each time, or the numbers cannot be compared."),
            "source": _("A log, a system, a questionnaire. It stands under the picture."),
            "used_for": _("Name it. Otherwise it is neither money nor time won."),
            "claim": _("Write what others would recognise. If two projects claim the same, it is counted once."),
            "assumptions": _("What the target rests on, and what would change it."),
            "preconditions": _("What others must do before the benefit can be taken out."),
            "grew_from": _("Copy it, so that everybody can see where the promise comes from."),
        }

    def __init__(self, *args: Any, plan: list[dt.date] | None = None, suggestions: Any = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", _("Choose")), *Kind.choices]
        fields["measured_in"].choices = [("", _("Choose")), *MeasuredIn.choices]
        fields["per"].choices = [("", _("No time: it is a level")), *Per.choices]
        fields["claim_unit"].queryset = units_for(self.instance.claim_unit_id)
        fields["claim_unit"].empty_label = _("No unit")
        if self.instance.pk:
            self._show(self.instance)
            for name in DAYS:
                del self.fields[name]
        else:
            self.initial.update(zip(DAYS, plan or [], strict=False))
        if suggestions is not None:
            self.fields["owner"] = forms.ModelChoiceField(
                suggestions, label=_("Who owns it?"), required=False, empty_label=_("Name an owner later"),
                help_text=_("A leader in the line, near where the change happens. They get a letter and must agree."),
            )  # fmt: skip

    def _show(self, benefit: Benefit) -> None:
        """What is not a field of the model."""
        found = FOUND_BAD if benefit.is_negative else FOUND_GOOD
        self.initial["nature"] = PROMISED if benefit.is_foreseen else found
        self.initial["seen_by"] = COUNTED if benefit.is_quantitative else TOLD
        baseline = benefit.baseline
        if baseline:
            self.initial.update(
                baseline_value=baseline.value, baseline_words=baseline.words, baseline_on=baseline.taken_on,
                baseline_observations=baseline.observations,
            )  # fmt: skip
            del self.fields["baseline_unknown"]
        else:
            self.initial["baseline_unknown"] = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_counted = cleaned.get("seen_by") == COUNTED
        needed = {"indicator": is_counted, "measured_in": is_counted}
        needed["counted_what"] = is_counted and cleaned.get("measured_in") == MeasuredIn.COUNT
        needed["used_for"] = cleaned.get("realised") == Realised.ALTERNATIVE
        for name, is_needed in needed.items():
            if is_needed and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, self.fields["title"].error_messages["required"])
        self._clean_baseline(cleaned, is_counted)
        if not is_counted:
            cleaned.update(target=None)
        if not (is_counted and cleaned.get("is_priced")):
            cleaned.update(price=None, is_priced=False)
        if len(days := [cleaned[name] for name in DAYS if cleaned.get(name)]) != len(set(days)):
            self.add_error("third", _("Two measurements cannot be on the same day."))
        return cleaned

    def _clean_baseline(self, cleaned: dict[str, Any], is_counted: bool) -> None:
        """A value or words with a date; or, said openly, not known yet."""
        name = "baseline_value" if is_counted else "baseline_words"
        said = cleaned.get(name)
        if cleaned.get("baseline_unknown") and (said is None or said == ""):
            return
        if name in self.errors:
            self.errors.pop(name)
            said = None
        if said is None or said == "":
            words = _("Write the baseline as a number, or choose “not known yet”.")
            self.add_error(name, words if is_counted else _("Write how it is today, or choose “not known yet”."))
        elif not cleaned.get("baseline_on") and "baseline_on" not in self.errors:
            self.add_error("baseline_on", _("When was it so?"))

    # What is saved

    @property
    def words(self) -> dict[str, Any]:
        """Fields of the benefit, as they were changed here."""
        values = self.written() if self.instance.pk else dict(self.cleaned_data)
        fields = {name: value for name, value in values.items() if name in self.Meta.fields}
        if "nature" in values:
            fields["is_foreseen"] = values["nature"] == PROMISED
            fields["is_negative"] = values["nature"] == FOUND_BAD
        if "seen_by" in values:
            fields["is_quantitative"] = values["seen_by"] == COUNTED
            if not fields["is_quantitative"]:
                fields.update(target=None, is_priced=False, price=None)
        if "is_priced" in fields and not fields["is_priced"]:
            fields["price"] = None
        return fields

    @property
    def baseline(self) -> dict[str, Any] | None:
        """What the baseline says; None when it is not known or was left alone."""
        if self.instance.pk and not set(self.written()) & set(BASELINE):
            return None
        cleaned = self.cleaned_data
        is_counted = cleaned["seen_by"] == COUNTED
        said = {
            "value": cleaned["baseline_value"] if is_counted else None,
            "words": "" if is_counted else cleaned["baseline_words"],
            "taken_on": cleaned["baseline_on"],
            "observations": cleaned["baseline_observations"],
        }
        return said if said["value"] is not None or said["words"] else None

    @property
    def days(self) -> list[dt.date | None]:
        return [self.cleaned_data.get(name) for name in DAYS]

    def save_baseline(self, benefit: Benefit, *, by: Person) -> None:
        """A first one, or a correction of the one there is."""
        said = self.baseline
        if said is None:
            return
        planned = next((one for one in benefit.in_force if one.is_baseline), None)
        if planned is None:
            Measurement.take(benefit, by=by, kind=Measurement.Kind.BASELINE, **said)
        elif planned.is_made:
            planned.correct(str(_("Corrected together with the benefit.")), by=by, **said)
        else:
            planned.make(by=by, **said)


def units_for(kept: int | None):
    current = Unit.objects.current()
    return current | Unit.objects.filter(pk=kept) if kept else current


class OwnerForm(Form):
    """Who owns it: one of those near the project, or somebody else by mail address."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who owns it?"), required=False, empty_label=_("Somebody else")
    )
    address = forms.EmailField(label=_("Mail address of somebody else"), max_length=254, required=False)
    name = forms.CharField(
        label=_("Their name"), max_length=200, required=False, help_text=_("Needed only for somebody who is new here.")
    )

    def __init__(self, *args: Any, suggestions: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = suggestions  # type: ignore[attr-defined]
        self.has_suggestions = suggestions.exists()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("person") and not cleaned.get("address") and "address" not in self.errors:
            self.add_error("address", _("Choose somebody, or write a mail address."))
        return cleaned

    def found(self) -> Person:
        if person := self.cleaned_data["person"]:
            return person
        return Person.objects.with_address(self.cleaned_data["address"], name=self.cleaned_data["name"])


class DropForm(Form):
    why = forms.CharField(
        label=_("Why is it given up?"), max_length=2000, widget=LongText(rows=4),
        help_text=_("Others learn from it. It stays with your reason, also where anybody reads about the project."),
    )  # fmt: skip
