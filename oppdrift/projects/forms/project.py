"""A project from its start: its owner, how it goes, why it rests or is stopped."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.projects.models import CheckIn
from oppdrift.toolbox.forms import Form, LongText, ModelForm


class StartForm(Form):
    """One decided idea that may start, with its owner."""

    start = forms.BooleanField(label=_("Start"), required=False, initial=True)
    address = forms.EmailField(label=_("The owner’s mail address"), max_length=254, required=False)
    name = forms.CharField(
        label=_("The owner’s name"), max_length=200, required=False, help_text=_("Only for somebody who is new here.")
    )


class OwnerForm(Form):
    address = forms.EmailField(label=_("Mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Only for somebody who is new here.")
    )


class MovingForm(Form):
    """Why a project rests or is stopped; `learned` only when it is stopped."""

    why = forms.CharField(
        label=_("Why?"), widget=LongText(rows=4), help_text=_("Those close to the project will read it.")
    )
    learned = forms.CharField(
        label=_("What did you learn from it?"),
        widget=LongText(rows=5),
        required=False,
        help_text=_("A project that is stopped in time is a valued result. Others learn from it too."),
    )

    def __init__(self, *args: Any, verb: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if verb != "stop":
            del self.fields["learned"]


class CheckInForm(ModelForm):
    class Meta:
        model = CheckIn
        fields = ["going", "text", "wish"]
        labels = {"going": _("How does it go?"), "text": _("In a few words"), "wish": _("What would help?")}
        help_texts = {
            "text": _("Two sentences are enough. Those close to the project read it."),
            "wish": _("Something the coach, the owner or the programme lead could do."),
        }
        widgets = {"text": LongText(rows=4), "going": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["going"]
        field.choices = CheckIn.Going.choices  # without an empty one
