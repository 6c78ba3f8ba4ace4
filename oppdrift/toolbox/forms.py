"""Forms that look and speak alike: Designsystemet's fields, errors as clear sentences, kroner, dates, counted words."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import dates, money

WORD = re.compile(r"\w[\w'’\-.,:/]*")


def count_words(text: str | None) -> int:
    """Words as a reader counts them; "2,4" and "to–tre" do not count double by their signs."""
    return len(WORD.findall(text or ""))


class LookField(BoundField):
    """A field as Designsystemet draws it; `{% field form.title %}` and `{{ form }}` both end here."""

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not widget.is_hidden and not isinstance(widget, forms.MultiWidget | forms.FileInput):
            attrs.setdefault("class", f"ds-input {widget.attrs.get('class', '')}".strip())
        if isinstance(widget, forms.FileInput):
            attrs.setdefault("class", "file-input")
        if isinstance(widget, LongText) and widget.words:
            attrs["data-counts-words"] = str(widget.words)
            attrs["data-counter"] = self.counter_id
            described = (attrs.get("aria-describedby", "") + f" {self.counter_id}").strip()
            attrs["aria-describedby"] = described
        return attrs

    def as_look(self, **options: Any) -> SafeString:
        """The whole field. Options: label, help, hide_label."""
        context = {"field": self, "label": self.label, "help": self.help_text, **options}
        return self.render(self.template_name, context)

    def get_context(self):
        return {"field": self, "label": self.label, "help": self.help_text}

    @property
    def is_tick(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_group(self) -> bool:
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def unit(self) -> str:
        return getattr(self.field, "unit", "")

    @property
    def words(self) -> int | None:
        return getattr(self.field.widget, "words", None)

    @property
    def counted(self) -> int:
        return count_words(self.value())

    @property
    def is_disputed(self) -> bool:
        """Has somebody else changed it meanwhile? See `together.Together`."""
        return self.name in getattr(self.form, "theirs", ())

    @property
    def theirs(self) -> Any:
        return self.form.theirs[self.name]  # type: ignore[attr-defined]

    @property
    def counter_id(self) -> str:
        return f"{self.auto_id}_words"

    @property
    def first_id(self) -> str:
        """Where a link from the summary of errors leads."""
        return f"{self.auto_id}_0" if self.is_group else self.id_for_label

    @property
    def described_by(self) -> str:
        """For a group, whose controls do not carry the help and errors themselves."""
        return self.aria_describedby or ""


class Renderer(TemplatesSetting):
    form_template_name = "pieces/form.html"
    field_template_name = "pieces/field.html"
    bound_field_class = LookField


class LongText(forms.Textarea):
    """A long answer. With `words`, the number of words is shown beside the limit; it advises, it does not refuse."""

    def __init__(self, words: int | None = None, rows: int = 5, attrs: dict[str, Any] | None = None):
        super().__init__({"rows": rows, **(attrs or {})})
        self.attrs.pop("cols", None)  # the column decides the width
        self.words = words


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"size": 12, **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"size": 8, **(attrs or {})}, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"size": 20, **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class KronerField(forms.Field):
    """Whole kroner, read as people write them: "500 000", "kr 500.000,-", "0,3 mill"."""

    widget = forms.TextInput
    unit = "kr"
    default_error_messages = {"invalid": _("Write the sum as whole kroner, like 280\u00a0000.")}

    def __init__(self, *, min_value: int | None = 0, max_value: int | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.min_value, self.max_value = min_value, max_value

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off", "size": 12}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            return money.parse_kroner(value)
        except money.NotMoney as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(
                _("Write at least %(sum)s."), code="min_value", params={"sum": money.kroner(self.min_value)}
            )
        if self.max_value is not None and value > self.max_value:
            raise ValidationError(
                _("Write at most %(sum)s."), code="max_value", params={"sum": money.kroner(self.max_value)}
            )

    def prepare_value(self, value: Any) -> Any:
        return money.grouped(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class NumberField(forms.Field):
    """A number as people write it: "62,5", "1 200", "−4", "62 %". What it counts stands beside the field."""

    widget = forms.TextInput
    unit: Any = ""
    default_error_messages = {"invalid": _("Write a number, like 62 or 4,5.")}
    SIGNS = str.maketrans({"\u2212": "-", "–": "-", "\u00a0": "", "\u202f": "", " ": "", "%": ""})

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off", "size": 10}

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        text = str(value).strip().translate(self.SIGNS).replace(",", ".")
        if not re.fullmatch(r"-?\d{1,12}(\.\d{1,4})?", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(text)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text if dates.language() == "en" else text.replace(".", ",")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class Clear:
    """For every form: sentences that say what to do, and errors from the server only, gathered in one summary."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for each in self.fields.values():  # type: ignore[attr-defined]
            _speak_clearly(each)


def _speak_clearly(each: forms.Field) -> None:
    if isinstance(each.widget, forms.Textarea):
        each.widget.attrs.pop("cols", None)
    if str(each.error_messages.get("required")) == str(forms.Field.default_error_messages["required"]):
        if isinstance(each, forms.BooleanField):
            each.error_messages["required"] = _("Tick this to go on.")
        elif isinstance(each, forms.ChoiceField | forms.ModelChoiceField):
            each.error_messages["required"] = _("Choose one of these.")
        else:
            each.error_messages["required"] = _("Fill this in.")
    if isinstance(each, forms.EmailField):
        each.error_messages["invalid"] = _("Write an address like name@municipality.no.")
    elif isinstance(each, forms.DateTimeField):
        each.error_messages["invalid"] = _("Write a date and a clock time.")
        _swap_widget(each, forms.DateTimeInput, MomentInput)
    elif isinstance(each, forms.DateField):
        each.error_messages["invalid"] = _("Write the date as day, month and year.")
        _swap_widget(each, forms.DateInput, DateInput)
    elif isinstance(each, forms.TimeField):
        each.error_messages["invalid"] = _("Write the clock time as hours and minutes, like 12.00.")
        _swap_widget(each, forms.TimeInput, TimeInput)
    elif isinstance(each, forms.IntegerField):
        each.error_messages["invalid"] = _("Write a whole number.")


def _swap_widget(each: forms.Field, plain: type[forms.Widget], better: type[forms.Widget]) -> None:
    if type(each.widget) is plain:
        each.widget = better(each.widget.attrs)


class Form(Clear, forms.Form):
    """A form without a model."""


class ModelForm(Clear, forms.ModelForm):
    """A form of a model."""


def wrong_in(form: forms.BaseForm | None) -> list[dict[str, Any]]:
    """What is wrong, in the form's order: {to: id of the control or "", words}."""
    if form is None or not form.is_bound or not form.errors:
        return []
    lines = [{"to": "", "words": error} for error in form.non_field_errors()]
    for bound in form:
        for error in bound.errors:
            asks = str(bound.label).rstrip().endswith(("?", ".", ":"))
            words = format_lazy("{} {}" if asks else "{}: {}", bound.label, error) if bound.label else error
            lines.append({"to": getattr(bound, "first_id", bound.id_for_label), "words": words})
    return lines
