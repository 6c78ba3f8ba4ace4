"""Forms of the outbox."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from oppdrift.front.outbox import BOUND
from oppdrift.history.kinds import NAMES
from oppdrift.history.models import Message
from oppdrift.history.own_links import has_own_link
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


FEW = 8


def in_a_row(letters: Sequence[Message]) -> str:
    """Names of their receivers; of many the first ones, and how many more."""
    names = [each.receiver.name if each.receiver else each.address for each in letters]
    if len(names) <= FEW:
        return ", ".join(names)
    rest = len(names) - FEW
    return ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", rest) % {
        "names": ", ".join(names[:FEW]), "n": rest
    }  # fmt: skip


class LetterForm(Together, Form):
    """What a letter says, where no link of the receiver's own is in it; to which address when it did not arrive."""

    address = forms.EmailField(label=pgettext_lazy("a letter", "To"))
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"), widget=LongText(rows=18), strip=False, help_text=_("An address like https://… becomes a link.")
    )

    everyone = forms.BooleanField(label=_("The same change for all who get this letter"), required=False)

    def __init__(self, message: Message, *args, others: Sequence[Message] = (), **kwargs):
        initial = {"address": message.address, "subject": message.subject, "body": message.body, "everyone": True}
        super().__init__(*args, initial=initial, **kwargs)
        self.message = message
        if not others:
            del self.fields["everyone"]
        else:
            self.fields["everyone"].help_text = _("Also to %(names)s.") % {"names": in_a_row(others)}
        if message.state != Message.State.FAILED:
            del self.fields["address"]
        if has_own_link(message.body):
            del self.fields["body"]

    @property
    def letter(self) -> dict[str, str]:
        """All that the letter says now."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "everyone"}
        return {"subject": self.message.subject, "body": self.message.body, **typed}

    @property
    def is_for_all(self) -> bool:
        return bool(self.cleaned_data.get("everyone"))

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n").strip("\n")
        if not body.strip():
            raise forms.ValidationError(_("Fill this in."))
        return body + "\n"
