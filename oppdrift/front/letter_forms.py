"""What is typed about a standard letter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.history.letters import naming, texts
from oppdrift.toolbox.forms import Form, LongText
from oppdrift.toolbox.together import Together


class LetterTextForm(Together, Form):
    """Subject and text of a kind of letter, with the words that are filled in by their names: "Hei {mottaker}"."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Text"), widget=LongText(rows=18), strip=False)

    def __init__(self, kind: str, language: str, *args: Any, **kwargs: Any):
        self.kind, self.language = kind, language
        subject, body = texts.text_of(kind, language)
        initial = {"subject": naming.named(subject, language), "body": naming.named(body, language)}
        super().__init__(*args, initial=initial, **kwargs)
        known = sorted(texts.placeholders(kind, language))
        self.fields["body"].help_text = _("Filled in for each letter: %(words)s.") % {
            "words": ", ".join(naming.braced(word, language) for word in known)
        }

    def clean_subject(self) -> str:
        return self._checked(" ".join(self.cleaned_data["subject"].split()), whole=False)

    def clean_body(self) -> str:
        return self._checked(self.cleaned_data["body"].replace("\r\n", "\n").strip() + "\n", whole=True)

    def _checked(self, typed: str, *, whole: bool) -> str:
        text = naming.kept(typed, self.language)
        if wrong := texts.wrong_with(self.kind, self.language, text, whole=whole):
            raise forms.ValidationError(wrong)
        return text

    @property
    def text(self) -> tuple[str, str]:
        """Subject and body as they are stored."""
        return self.cleaned_data["subject"], self.cleaned_data["body"]
