"""What is granted, and what is moved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.forms import Form, KronerField, LongText
from oppdrift.toolbox.together import Together


class GrantForm(Together, Form):
    amount = KronerField(label=_("Granted"), min_value=0, max_value=100_000_000)
    reason = forms.CharField(
        label=_("If the amount is new: why?"), required=False, widget=LongText(rows=3), max_length=2000
    )
    conditions = forms.CharField(label=_("Conditions"), required=False, widget=LongText(rows=4), max_length=5000)


class TransferForm(Form):
    amount = KronerField(label=_("How much?"), min_value=1)
    due = forms.DateField(label=_("To be transferred on"), required=False)
    what_for = forms.CharField(
        label=_("What lets it go?"),
        max_length=200,
        required=False,
        help_text=_("Such as that the agreement is signed, or that the final report is accepted."),
    )
    account = forms.CharField(label=_("Account string"), max_length=100, required=False)


class MadeForm(Form):
    made_on = forms.DateField(label=_("Transferred on"), help_text=_("The date in the accounts."))
    account = forms.CharField(label=_("Account string"), max_length=100, required=False)


class RefundForm(MadeForm):
    amount = KronerField(label=_("How much came back?"), min_value=1)
    what_for = forms.CharField(label=_("Why?"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["made_on"].label = _("When did it come back?")
        self.order_fields(["amount", "what_for", "made_on", "account"])
