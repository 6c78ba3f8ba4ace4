"""What people type in the leadership programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.applications.models import Promise
from oppdrift.gatherings.models import Gathering
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person, Unit
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.forms import Form, LongText, ModelForm
from oppdrift.toolbox.together import Together

from .models import FollowUp, Participation, Reflection, modules_of


class InviteForm(Form):
    """One person of one unit; the page comes back for the next."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=_("Choose a unit"))
    kind = forms.ChoiceField(label=_("Takes part as"), choices=Participation.Kind.choices, widget=forms.RadioSelect)
    address = forms.EmailField(label=_("Mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Needed only for somebody who is new here.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.current()


class ReflectionForm(Together, ModelForm):
    """Three questions, and what the method was tried on."""

    class Meta:
        model = Reflection
        fields = ["idea", "tried", "saw", "differently"]
        widgets = {"tried": LongText(rows=3), "saw": LongText(rows=3), "differently": LongText(rows=3)}
        labels = {"idea": _("What did you try it on?")}
        help_texts = {
            "tried": _("Who did what, and where?"),
            "saw": _("What surprised you? Nothing that can tell who a patient or pupil is."),
            "differently": _("One thing, from tomorrow on."),
        }

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        idea: Any = self.fields["idea"]
        idea.queryset = Idea.objects.of(person).alive().alphabetically()
        idea.empty_label = _("Our everyday work")


class FollowUpForm(ModelForm):
    """How it goes with one promise. Several stand on a page, each with a prefix of its own."""

    class Meta:
        model = FollowUp
        fields = ["state", "words", "module"]
        widgets = {"state": forms.RadioSelect, "words": LongText(rows=2)}
        labels = {"state": _("How does it go?"), "words": _("In your own words"), "module": _("Said at")}

    def __init__(self, *args, promise: Promise, **kwargs):
        super().__init__(*args, prefix=f"promise-{promise.pk}", **kwargs)
        self.promise = promise
        state: Any = self.fields["state"]
        state.choices = FollowUp.State.choices
        module: Any = self.fields["module"]
        round = promise.idea.round
        held = modules_of(round).on().filter(appointment__starts_at__lte=now()) if round else Gathering.objects.none()
        module.queryset = held.order_by("-appointment__starts_at")
        module.empty_label = _("Between modules")

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if (state := cleaned.get("state")) and not (
            answer := FollowUp.can_say(self.promise, state, cleaned.get("words", ""))
        ):
            self.add_error("words", str(answer))
        return cleaned
