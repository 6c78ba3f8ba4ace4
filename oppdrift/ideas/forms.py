"""What people type about ideas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.people.models import Unit
from oppdrift.rounds.models import Round
from oppdrift.toolbox.forms import Form, LongText, ModelForm
from oppdrift.toolbox.together import Together

from .models import Idea
from .models.finding import IdeaQuerySet


class IdeaForm(Together, ModelForm):
    """An idea in two fields, with a title and a unit."""

    kept = forms.BooleanField(
        label=_("Keep it to the team for now"),
        required=False,
        help_text=_("Then only the team and the programme lead see it. You can show it to colleagues later."),
    )

    class Meta:
        model = Idea
        fields = ["title", "problem", "wish", "unit"]
        widgets = {"problem": LongText(rows=6), "wish": LongText(rows=4)}
        labels = {"title": _("Give the idea a name"), "unit": _("Your unit")}
        help_texts = {
            "title": _("A few words that others remember."),
            "problem": _("What happens today, whom does it affect, and how do you know?"),
            "wish": _("You do not need a solution. Write what you hope for."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["problem"].required = True
        if self.instance.pk:
            self.initial["kept"] = not self.instance.shared
        if self.instance.pk and not self.instance.can_rename():
            del self.fields["title"], self.fields["unit"]
            return
        current = Unit.objects.current()
        if self.instance.unit_id:
            current = current | Unit.objects.filter(pk=self.instance.unit_id)
        unit: Any = self.fields["unit"]
        unit.queryset = current
        unit.empty_label = _("Choose a unit")

    @property
    def words(self) -> dict:
        """What was written, without whether it is kept."""
        return {name: self.cleaned_data[name] for name in ("title", "problem", "wish", "unit")}


class InviteForm(Form):
    """Who is to join the team."""

    address = forms.EmailField(label=_("The colleague's mail address"), max_length=254)
    name = forms.CharField(
        label=_("Their name"), max_length=200, required=False, help_text=_("Needed only for somebody who is new here.")
    )


class SearchForm(Form):
    """The list of ideas: words, a unit, an order."""

    ORDERS = [
        ("newest", pgettext_lazy("order of a list", "Newest first")),
        ("title", pgettext_lazy("order of a list", "By name")),
    ]

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("All units"))
    order = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    round = forms.ModelChoiceField(Round.objects.exclude(published_at=None), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, seen: IdeaQuerySet, **kwargs):
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.filter(pk__in=seen.values("unit"))
        self.fields["q"].widget.attrs["type"] = "search"

    def found_in(self, seen: IdeaQuerySet, person) -> IdeaQuerySet:
        """Those that fit. An order that does not exist is the first one."""
        chosen = self.cleaned_data if self.is_valid() else {}
        found = seen.search(chosen.get("q") or "")
        if unit := chosen.get("unit"):
            found = found.filter(unit=unit)
        if round := chosen.get("round"):
            found = found.filter(round=round)
        if chosen.get("mine"):
            found = found.filter(pk__in=Idea.objects.of(person))
        return found.alphabetically() if chosen.get("order") == "title" else found

    @property
    def is_asked(self) -> bool:
        """Is there less, or another order, than everything newest first?"""
        return self.narrows or (self.is_valid() and self.cleaned_data.get("order") == "title")

    @property
    def narrows(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.get(name) for name in ("q", "unit", "mine", "round"))
