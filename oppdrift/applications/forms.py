"""What is typed around an application; its own texts are saved one by one, see `views.writing`."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.ideas.models import Idea
from oppdrift.people.models import Unit
from oppdrift.toolbox.forms import Form, LongText

from .models import Application, Endorsement


class UnitField(forms.ModelChoiceField):
    """A unit that exists, by name."""

    def __init__(self, **kwargs):
        super().__init__(
            Unit.objects.current().order_by("name_key"),
            label=_("Unit"),
            required=False,
            empty_label=_("Not said"),
            **kwargs,
        )


class IdeaChoice(forms.ModelChoiceField):
    def label_from_instance(self, idea: Idea) -> str:
        return idea.title


class BeginForm(Form):
    """With an idea one has, or something new."""

    idea = IdeaChoice(
        Idea.objects.none(),
        label=_("Which idea do you apply with?"),
        widget=forms.RadioSelect,
        required=False,
        blank=True,
        empty_label=_("Something new"),
    )
    title = forms.CharField(
        label=_("What shall the application be called?"),
        help_text=_("Short, so that colleagues know what it is about. You can change it later."),
        max_length=150,
        required=False,
    )
    unit = UnitField()
    shared = forms.BooleanField(
        label=_("Show the title to colleagues among the ideas"),
        help_text=_("The text of the application is for the team, the programme lead and those who judge it."),
        required=False,
    )

    def __init__(self, *args, ideas, **kwargs):
        super().__init__(*args, **kwargs)
        if ideas:
            self.fields["idea"].queryset = Idea.objects.filter(  # type: ignore[attr-defined]
                pk__in=[idea.pk for idea in ideas]
            )
        else:
            del self.fields["idea"]

    def clean(self):
        super().clean()
        clean = self.cleaned_data
        if not clean.get("idea") and not (clean.get("title") or "").strip():
            self.add_error("title", _("Give the application a name."))
        return clean


class RenameForm(Form):
    title = forms.CharField(label=_("What shall the application be called?"), max_length=150)
    unit = UnitField()


class AskForm(Form):
    """Whose support is asked for."""

    name = forms.CharField(label=_("The leader’s name"), max_length=200)
    address = forms.EmailField(label=_("The leader’s mail address"))

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        self.application = application

    def clean_address(self):
        address = self.cleaned_data["address"]
        if not (answer := Endorsement.can_ask(self.application, address)):
            raise forms.ValidationError(str(answer))
        return address


class EndorseForm(Form):
    """The leader's answer."""

    answer = forms.ChoiceField(
        label=_("Do you support the application?"),
        choices=[
            ("supports", _("Yes, I support it")),
            ("supports_if", _("Yes, if something is in place first")),
            ("not_now", _("No, not now")),
        ],
        widget=forms.RadioSelect,
    )
    hours = forms.IntegerField(
        label=_("How many hours does the team get in the year?"),
        help_text=_("All members together. Leave it empty if you do not know yet."),
        min_value=0,
        max_value=20_000,
        required=False,
        widget=forms.NumberInput({"size": 6}),
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_(
            "Why do you support it, or what must be in place? The team and those who judge the application read it."
        ),
        widget=LongText(rows=4),
        max_length=2000,
        required=False,
    )

    def clean(self):
        super().clean()
        clean = self.cleaned_data
        if clean.get("answer") == Endorsement.Answer.IF and not (clean.get("words") or "").strip():
            self.add_error("words", _("Write what must be in place for you to support it."))
        return clean


class ExtendForm(Form):
    until = forms.DateTimeField(label=_("New deadline for this application"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The team reads it, and it is kept with the application. Write nothing about anybody’s health."),
        max_length=300,
        widget=LongText(rows=2),
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        self.application = application

    def clean_until(self):
        until = self.cleaned_data["until"]
        if not (answer := self.application.can_extend(until)):
            raise forms.ValidationError(str(answer))
        return until


class ReviseForm(Form):
    changed = forms.CharField(
        label=_("What have you changed, and why?"),
        help_text=_("One or two sentences. Those who read the application see them first."),
        widget=LongText(rows=3),
        max_length=2000,
    )


SORTS = {
    "number": _("Number"),
    "title": _("Title"),
    "unit": _("Unit"),
    "amount": _("Amount, highest first"),
}


class FilterForm(Form):
    """What the lead looks for in the list."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.SearchInput)
    status = forms.ChoiceField(label=_("Status"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    sort = forms.ChoiceField(label=pgettext_lazy("order of a list", "Sort by"), required=False, choices=SORTS.items())

    def __init__(self, data, *, units: Callable[[], list[str]]):
        super().__init__(data)
        self.fields["status"].choices = [("", _("All")), *Application.State.choices]  # type: ignore[attr-defined]
        # Asked for when they are shown or one of them is looked for.
        self.fields["unit"].choices = lambda: [("", _("All")), *((unit, unit) for unit in units())]  # type: ignore[attr-defined]
