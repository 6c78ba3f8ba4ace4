"""Two windows with the same form."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from oppdrift.toolbox.forms import Form, KronerField, LongText
from oppdrift.toolbox.together import Together


class Plan(Together, Form):
    name = forms.CharField(required=False)
    text = forms.CharField(required=False, widget=LongText())
    budget = KronerField(required=False)
    stages = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("call", "The call"), ("pitch", "The pitch"), ("end", "The end")],
    )
    shared = forms.BooleanField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", "None"), ("a", "First"), ("b", "Second")])
    day = forms.DateField(required=False)
    at = forms.DateTimeField(required=False)


NOW: dict[str, Any] = {
    "name": "Oppdrift",
    "text": "First line\nsecond line",
    "budget": 1_500_000,
    "stages": ["pitch", "call"],
    "shared": True,
    "kind": "a",
    "day": dt.date(2026, 3, 1),
    "at": dt.datetime(2026, 3, 1, 11, 0, tzinfo=dt.UTC),
}


def as_posted(form: Plan, **changes: Any) -> QueryDict:
    """What a browser sends of this page, with these fields filled in otherwise."""
    data = QueryDict(mutable=True)
    for bound in form:
        value = bound.value()
        if isinstance(bound.field.widget, forms.CheckboxInput):
            if value:
                data[bound.html_name] = "on"
        elif isinstance(value, list):
            data.setlist(bound.html_name, value)
        else:
            shown = bound.field.widget.format_value(value)
            shown = shown[0] if isinstance(shown, list) else shown
            data[bound.html_name] = (shown or "").replace("\n", "\r\n")
    for name, value in changes.items():
        if value is None:
            data.pop(name, None)
        elif isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value
    return data


OTHERWISE = [
    ("name", "Oppdrift 2"),
    ("text", "A new text"),
    ("budget", 900_000),
    ("stages", ["call"]),
    ("stages", []),
    ("shared", False),
    ("kind", "b"),
    ("day", dt.date(2026, 4, 1)),
    ("day", None),
    ("at", dt.datetime(2026, 5, 1, 11, 0, tzinfo=dt.UTC)),
]


@pytest.mark.parametrize(("name", "value"), OTHERWISE)
def test_a_field_left_alone_follows_what_somebody_else_made_of_it(name, value):
    mine = {"budget": "2 000 000"} if name != "budget" else {"name": "Mine"}
    posted = as_posted(Plan(initial=NOW), **mine)

    form = Plan(posted, initial={**NOW, name: value})

    assert form.is_valid(), form.errors
    assert form.written().keys() == mine.keys()
    unknown = "" if name in ("name", "text", "kind") else None
    assert form.cleaned_data[name] == (value if value is not None else unknown)


def test_a_page_sent_back_as_it_was_writes_nothing():
    form = Plan(as_posted(Plan(initial=NOW)), initial=NOW)

    assert form.is_valid(), form.errors
    assert form.written() == {}
    assert "shown" not in form.cleaned_data


def test_a_field_that_both_changed_shows_both_and_is_not_saved():
    posted = as_posted(Plan(initial=NOW), budget="2 000 000", name="Mine")

    form = Plan(posted, initial={**NOW, "budget": 900_000})

    assert not form.is_valid()
    assert list(form.errors) == ["budget"]
    page = form["budget"].as_look()
    assert 'value="2 000 000"' in page
    assert "<p>900\u00a0000\u00a0kr</p>" in page
    assert 'name="use_theirs"' in page
    assert "use_theirs" not in form["name"].as_look()


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "words"),
    [
        ("stages", ["call"], ["pitch"], "The pitch"),
        ("stages", ["call"], [], "Nothing"),
        ("stages", [], ["pitch", "call", "end"], "<p>The call, The pitch, The end</p>"),
        ("kind", "b", "", "Nothing"),
        ("text", "Mine", "Theirs\n\nin two", "<p>Theirs</p><p>in two</p>"),
        ("at", "2026-03-01T13:00", dt.datetime(2026, 5, 1, 10, 0, tzinfo=dt.UTC), "at\u00a012:00"),
    ],
)
def test_what_the_other_chose_is_shown_in_words(name, mine, theirs, words):
    posted = as_posted(Plan(initial=NOW), **{name: mine})

    form = Plan(posted, initial={**NOW, name: theirs})

    assert not form.is_valid()
    assert words in form[name].as_look()


def test_saved_once_more_ones_own_is_kept():
    posted = as_posted(Plan(initial=NOW), name="Mine")
    changed = {**NOW, "name": "Theirs", "budget": 900_000}
    asked = Plan(posted, initial=changed)
    assert not asked.is_valid()

    form = Plan(as_posted(asked), initial=changed)

    assert form.is_valid(), form.errors
    assert form.written() == {"name": "Mine"}
    assert form.cleaned_data["budget"] == 900_000


def test_a_tick_takes_the_others():
    changed = {**NOW, "name": "Theirs"}
    asked = Plan(as_posted(Plan(initial=NOW), name="Mine"), initial=changed)
    assert not asked.is_valid()

    form = Plan(as_posted(asked, use_theirs=["name"]), initial=changed)

    assert form.is_valid()
    assert form.written() == {}
    assert form.cleaned_data["name"] == "Theirs"


def test_a_third_change_while_one_chooses_is_asked_about_too():
    asked = Plan(as_posted(Plan(initial=NOW), name="Mine"), initial={**NOW, "name": "Theirs"})
    assert not asked.is_valid()

    form = Plan(as_posted(asked), initial={**NOW, "name": "Theirs again"})

    assert not form.is_valid()
    assert "Theirs again" in form["name"].as_look()


def test_both_wrote_the_same_and_nobody_is_asked():
    posted = as_posted(Plan(initial=NOW), name="The same")

    assert Plan(posted, initial={**NOW, "name": "The same"}).is_valid()


def test_data_without_fingerprints_is_taken_at_its_word():
    form = Plan({"name": "New"}, initial=NOW)

    assert form.is_valid()
    assert form.written()["name"] == "New"
    assert form.written()["budget"] is None
