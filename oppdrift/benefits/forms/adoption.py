"""Who takes the solution up: as those who have it write it down, and as a stranger asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.benefits.models import Adoption
from oppdrift.people.models import Person, Unit
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.forms import Form, LongText, ModelForm
from oppdrift.toolbox.together import Together


class AdoptionForm(Form):
    """A receiver: a unit of ours or another organisation."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit of ours"), required=False, empty_label=_("Not a unit of ours")
    )
    organisation = forms.CharField(
        label=_("Or another organisation"), max_length=150, required=False, help_text=_("Like “Vestvær kommune”.")
    )
    kind = forms.ChoiceField(
        label=_("What do they do with it?"), choices=Adoption.Kind.choices, widget=forms.RadioSelect, initial="copy"
    )
    state = forms.ChoiceField(
        label=_("How far have they come?"),
        choices=[(state, Adoption.State(state).label) for state in Adoption.STEPS],
        widget=forms.RadioSelect,
        initial="interested",
    )
    on = forms.DateField(label=_("Since when?"))
    what = forms.CharField(
        label=_("What do they use?"), max_length=200, required=False,
        help_text=_("Like “The questions before the first visit at home”."),
    )  # fmt: skip
    contact_name = forms.CharField(label=_("Whom do you talk to there?"), max_length=150, required=False)
    contact_address = forms.EmailField(
        label=_("Their mail address"), max_length=254, required=False,
        help_text=_("Kept for two years, and never shown on open pages."),
    )  # fmt: skip

    def __init__(self, *args: Any, own_units: Any = None, **kwargs: Any):
        """`own_units`: a leader of ours writes down their own units only."""
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.current() if own_units is None else own_units
        if own_units is not None:
            unit.required, unit.empty_label = True, _("Choose a unit")
            del self.fields["organisation"]
        self.initial.setdefault("on", today())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unit, organisation = cleaned.get("unit"), (cleaned.get("organisation") or "").strip()
        if "organisation" in self.fields and bool(unit) == bool(organisation):
            self.add_error("organisation", _("Choose a unit of ours, or write the name of another organisation."))
        if cleaned.get("on") and cleaned["on"] > today():
            self.add_error("on", _("This day has not been yet."))
        return cleaned


class MoreForm(Together, ModelForm):
    """More about somebody who is in the list."""

    class Meta:
        model = Adoption
        fields = ["kind", "what", "effect", "contact_name", "contact_address"]
        widgets = {"kind": forms.RadioSelect, "effect": LongText(rows=4)}
        labels = {
            "kind": _("What do they do with it?"),
            "what": _("What do they use?"),
            "effect": _("What did it give there?"),
            "contact_name": _("Whom do you talk to there?"),
            "contact_address": _("Their mail address"),
        }
        help_texts = {"contact_address": _("Kept for two years, and never shown on open pages.")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Adoption.Kind.choices  # type: ignore[attr-defined]


class MoveForm(Together, Form):
    """The step they have come to."""

    state = forms.ChoiceField(
        label=_("How far have they come?"), choices=Adoption.State.choices, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("Since when?"))
    why = forms.CharField(
        label=_("If they did not go on: why?"), required=False, max_length=1000, widget=LongText(rows=2)
    )

    def __init__(self, *args: Any, adoption: Adoption, **kwargs: Any):
        initial = {"state": adoption.state, "on": today()}
        super().__init__(*args, initial=initial, auto_id="move_%s", **kwargs)  # beside the other form


class CopyForm(Form):
    """Four questions to whoever would like to copy the solution. `website` is a trap: people do not see it."""

    organisation = forms.CharField(
        label=_("Where do you work?"), max_length=150, help_text=_("Municipality or workplace.")
    )
    kind = forms.ChoiceField(
        label=_("What would you like to do?"), choices=Adoption.Kind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("What is your name?"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    address = forms.EmailField(
        label=_("Your mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Used for this alone, and erased after two years."),
    )  # fmt: skip
    website = forms.CharField(
        label=_("Leave this empty"), required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off", "aria-hidden": "true"}),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if person:
            self.initial.update(
                name=person.name, address=person.email, organisation=person.unit.name if person.unit else ""
            )

    @property
    def is_trapped(self) -> bool:
        """A machine filled in what people do not see."""
        return bool(self.data.get("website"))
