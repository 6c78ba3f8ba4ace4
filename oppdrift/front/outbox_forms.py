"""Forms of the outbox."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.front.outbox import BOUND, HOLDERS_OWN
from oppdrift.history.kinds import NAMES
from oppdrift.history.models import Message
from oppdrift.toolbox.forms import Form, LongText
from oppdrift.toolbox.together import Together


class LetterFilter(Form):
    """Which letters to list. Values that are no choice are ignored by the view."""

    state = forms.ChoiceField(
        choices=[*Message.State.choices, (BOUND, ""), ("all", _("All"))], required=False, widget=forms.HiddenInput
    )
    kind = forms.ChoiceField(label=_("Kind of letter"), choices=[("", _("Every kind")), *NAMES.items()], required=False)
    q = forms.CharField(
        label=_("Name or address"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )


class LetterForm(Together, Form):
    """What a letter says, where no link of the receiver's own is in it; to which address when it did not arrive."""

    address = forms.EmailField(label=pgettext_lazy("a letter", "To"))
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"), widget=LongText(rows=18), strip=False, help_text=_("An address like https://… becomes a link.")
    )

    def __init__(self, message: Message, *args, **kwargs):
        initial = {"address": message.address, "subject": message.subject, "body": message.body}
        super().__init__(*args, initial=initial, **kwargs)
        self.message = message
        if message.state != Message.State.FAILED:
            del self.fields["address"]
        if HOLDERS_OWN.search(message.body):
            del self.fields["body"]

    @property
    def letter(self) -> dict[str, str]:
        """All that the letter says now."""
        return {"subject": self.message.subject, "body": self.message.body, **self.cleaned_data}

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n").strip("\n")
        if not body.strip():
            raise forms.ValidationError(_("Fill this in."))
        return body + "\n"
