"""Two who change the same thing in two windows: each writes what they changed; where both did, they are asked."""

import datetime as dt
import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import dates, money
from .forms import KronerField

USE_THEIRS = "use_theirs"  # ticked for each field where the other's value is taken
IN_WORDS: dict[type, Any] = {dt.datetime: dates.moment, dt.date: dates.day, dt.time: dates.clock_time}


class Together:
    """For forms that change what somebody else may be changing too; stands before `Form` among the bases.

    The page carries a fingerprint of each value it shows. A field that was left alone follows the thing as it is when
    it is saved. A field that both changed is an error, with the other's value beside one's own; saved once more, one's
    own is kept, unless a tick says otherwise. Data without fingerprints is taken at its word.
    """

    fields: dict[str, forms.Field]
    data: Any

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["shown"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self._fingerprints)
        self.theirs: dict[str, Any] = {}  # by field: what somebody else has made of it meanwhile, in words
        self.touched: set[str] | None = None  # what this form changes; None: not known

    def written(self) -> dict[str, Any]:
        """The clean values to save: those that were changed here."""
        values: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        return {name: value for name, value in values.items() if self.touched is None or name in self.touched}

    def full_clean(self) -> None:
        posted = self.data.get(self.add_prefix("shown"), "") if self.is_bound else ""  # type: ignore[attr-defined]
        if posted:
            self._bring_together(dict(pair.rsplit(":", 1) for pair in posted.split() if ":" in pair))
        super().full_clean()  # type: ignore[misc]
        if not self.is_bound:  # type: ignore[attr-defined]
            return
        self.cleaned_data.pop("shown", None)  # type: ignore[attr-defined]
        for name in self.theirs:
            words = _("Somebody else has changed this meanwhile. Both are shown here; save again to keep yours.")
            self.add_error(name, forms.ValidationError(words, code="together"))  # type: ignore[attr-defined]

    def _bring_together(self, shown: dict[str, str]) -> None:
        """Let fields that were left alone follow the thing, and find those that both have changed."""
        self.data = self.data.copy()
        taken = set(_list_of(self.data, USE_THEIRS))
        self.touched = set()
        for name in self._compared():
            bound = self[name]  # type: ignore[index]
            now, mine = _plain(bound, self._raw_now(name)), _plain(bound, bound.data)
            if shown.get(name) in (None, _digest(mine)) or name in taken:
                _put(self.data, bound, self._raw_now(name))
            elif mine != now:
                self.touched.add(name)
                if shown[name] != _digest(now):
                    self.theirs[name] = self._in_words(name)
        self.data[self.add_prefix("shown")] = self._fingerprints()  # type: ignore[attr-defined]

    def _fingerprints(self) -> str:
        """Of every value as it is now, as `name:digest`."""
        return " ".join(f"{name}:{_digest(_plain(self[name], self._raw_now(name)))}" for name in self._compared())  # type: ignore[index]

    def _compared(self) -> list[str]:
        return [
            name
            for name, each in self.fields.items()
            if name != "shown" and not each.disabled and not isinstance(each.widget, forms.FileInput)
        ]

    def _raw_now(self, name: str) -> Any:
        """The value as the thing has it, in the shape that the page shows it."""
        field = self.fields[name]
        return field.prepare_value(self.get_initial_for_field(field, name))  # type: ignore[attr-defined]

    def _in_words(self, name: str) -> Any:
        """The same for people: names of choices, dates as dates."""
        field, value = self.fields[name], self.get_initial_for_field(self.fields[name], name)  # type: ignore[attr-defined]
        if isinstance(field, forms.BooleanField):
            return _("Yes") if value else _("No")
        if isinstance(field, forms.ChoiceField):  # and choices of things, which are read as such
            kept = set(_plain(self[name], self._raw_now(name))) - {""}  # type: ignore[index]
            return ", ".join(str(label) for key, label in field.choices if str(key) in kept)  # type: ignore[union-attr, misc]
        if isinstance(field, KronerField) and value is not None:
            return money.kroner(value)
        for kind, written in IN_WORDS.items():
            if isinstance(value, kind):
                return written(value)
        return "" if value is None else str(field.prepare_value(value))


def _plain(bound: forms.BoundField, raw: Any) -> list[str]:
    """What a browser sends of a value that was left alone."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if raw else []
    if isinstance(raw, list | tuple | set):
        return sorted(str(each) for each in raw)
    value = widget.format_value(raw)
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    return [str("" if value is None else value).replace("\r\n", "\n").strip()]


def _digest(values: list[str]) -> str:
    return hashlib.blake2s("\0".join(values).encode(), digest_size=8).hexdigest()


def _list_of(data: Any, name: str) -> list[str]:
    return data.getlist(name) if hasattr(data, "getlist") else [data[name]] if name in data else []


def _put(data: Any, bound: forms.BoundField, raw: Any) -> None:
    name, widget = bound.html_name, bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        data.pop(name, None)
        if raw:
            data[name] = "on"
    elif isinstance(raw, list | tuple | set):
        data.pop(name, None)
        if hasattr(data, "setlist"):
            data.setlist(name, [str(each) for each in raw])
        else:
            data[name] = [str(each) for each in raw]
    else:
        value = _plain(bound, raw)[0]
        data[name] = value
