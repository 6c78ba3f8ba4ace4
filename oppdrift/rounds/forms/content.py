"""One criterion, one question."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from oppdrift.rounds.models import Criterion, Edition, Question
from oppdrift.rounds.models.edition import STEPS
from oppdrift.toolbox.forms import Form, LongText, ModelForm
from oppdrift.toolbox.together import Together

NUMBER = {"size": 6, "inputmode": "numeric"}


class CriterionForm(Together, ModelForm):
    weight = forms.IntegerField(
        label=_("Weight"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        widget=forms.TextInput(attrs=NUMBER),
        help_text=_("Its part of the total. Weights that make 100 together are read as per cent. Only for quality."),
    )

    class Meta:
        model = Criterion
        fields = ("name", "help", "kind", "used", "weight")
        labels = {"name": _("Name"), "help": _("What to look for"), "kind": _("Kind"), "used": _("Used")}
        help_texts = {
            "kind": _(
                "Quality gives points. A gate shows yes and no and excludes nobody. Fit is shown beside the points."
            ),
        }
        widgets = {"help": LongText(rows=3), "kind": forms.RadioSelect, "used": forms.RadioSelect}

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any):
        super().__init__(*args, **kwargs)
        steps = list(self.instance.steps or []) + [""] * STEPS
        for number in range(1, STEPS + 1):
            self.fields[f"step_{number}"] = forms.CharField(
                label=_("What %(number)s means") % {"number": number},
                required=False,
                max_length=300,
                initial=steps[number - 1],
                widget=LongText(rows=2),
            )

    @property
    def steps(self) -> list[Any]:
        return [self[f"step_{number}"] for number in range(1, STEPS + 1)]

    def clean(self):
        super().clean()
        values = self.cleaned_data
        steps = [(values.get(f"step_{number}") or "").strip() for number in range(1, STEPS + 1)]
        if values.get("kind") == Criterion.Kind.QUALITY:
            if values.get("weight") is None and "weight" not in self.errors:
                self.add_error("weight", _("A quality criterion needs a weight."))
            for number, step in enumerate(steps, start=1):
                if not step and f"step_{number}" not in self.errors:
                    self.add_error(
                        f"step_{number}",
                        _("Describe this step, so that assessors agree on it."),
                    )
        else:
            values["weight"], steps = 0, []
        values["steps"] = steps
        return values

    def _post_clean(self) -> None:
        """The edition saves and checks; the instance here is only shown."""

    def fields_of_item(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {name: values[name] for name in ("name", "help", "kind", "used", "weight", "steps")}


class QuestionForm(Together, ModelForm):
    class Meta:
        model = Question
        fields = ("label", "section", "kind", "required", "words", "asks_amount", "help", "example")
        labels = {
            "label": _("Question"),
            "section": _("Part of the form"),
            "kind": _("Kind of answer"),
            "required": _("Must be answered"),
            "words": _("Words at most"),
            "asks_amount": _("This is the amount applied for"),
            "help": _("Help"),
            "example": _("A good answer"),
        }
        help_texts = {
            "section": _("Questions of the same part stand together."),
            "words": _("Shown while people write. Nothing is cut off."),
            "asks_amount": _("The sum that lists and budget count. One question asks for it."),
            "help": _("One or two sentences under the question."),
            "example": _("An answer from another project that shows what you hope for."),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "words": forms.TextInput(attrs=NUMBER),
            "help": LongText(rows=2),
            "example": LongText(rows=4),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.edition = edition
        sections = list(dict.fromkeys(edition.questions.values_list("section", flat=True)))
        self.fields["section"].widget.attrs["list"] = "sections"
        self.sections = sections

    def clean(self):
        super().clean()
        values = self.cleaned_data
        if values.get("asks_amount"):
            if values.get("kind") != Question.Kind.MONEY:
                self.add_error("asks_amount", _("Choose an amount in kroner as the kind of answer."))
            elif self.edition.questions.filter(asks_amount=True).exclude(key=self.instance.key).exists():
                self.add_error("asks_amount", _("Another question asks for the amount already."))
        if values.get("kind") == Question.Kind.MONEY:
            values["words"] = None
        return values

    def _post_clean(self) -> None:
        """The edition saves and checks; the instance here is only shown."""

    def fields_of_item(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class WhyForm(Form):
    """Why there is a new edition."""

    why = forms.CharField(
        label=_("Why is it changed?"),
        max_length=300,
        help_text=_("Those who have handed in read this."),
        widget=LongText(rows=3),
        error_messages={"required": _("Say why it is changed. Those who have handed in will read it.")},
    )
