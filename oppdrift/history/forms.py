"""What is typed about a file, wherever one is put in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import File
from oppdrift.toolbox.forms import Form

ASK_BASIS = _("Write the legal basis for keeping the file from public access.")


class AccessForm(Form):
    """The access status of a file. What is kept from public access says by which law."""

    access = forms.ChoiceField(
        label=pgettext_lazy("of a file", "Access status"),
        choices=File.Access,
        initial=File.Access.OPEN,
        widget=forms.RadioSelect,
        required=False,  # a form without it means an open file
        help_text=_("What somebody outside gets who asks to see the file. Who sees it in here does not change."),
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=200,
        required=False,
        help_text=_(
            "When it is not open. For example section 13 (duty of secrecy) or section 14 (internal document) "
            "of the Freedom of Information Act."
        ),
    )

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        clean["access"] = clean.get("access") or File.Access.OPEN
        if clean["access"] == File.Access.OPEN:
            clean["legal_basis"] = ""
        elif "legal_basis" in clean and not clean["legal_basis"].strip():
            self.add_error("legal_basis", ASK_BASIS)
        return clean

    @property
    def status(self) -> dict[str, str]:
        """As `File.keep` and `File.classify` take it."""
        return {name: self.cleaned_data[name] for name in ("access", "legal_basis")}

    @property
    def is_touched(self) -> bool:
        """Something else than "open" stands here."""
        return self.is_bound and (self["access"].value() not in (None, "", File.Access.OPEN) or bool(self.errors))
