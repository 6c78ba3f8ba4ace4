"""What is typed about the public page of a project."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.sharing.models import Showcase
from oppdrift.toolbox.forms import Form, KronerField, LongText, ModelForm
from oppdrift.toolbox.together import Together


class ShowcaseForm(Together, ModelForm):
    """The texts and numbers, and who answers."""

    cost = KronerField(
        label=_("What was used of the grant"), required=False, help_text=_("Empty while you do not know.")
    )

    class Meta:
        model = Showcase
        fields = (
            "title", "summary", "challenge", "core", "adapting", "setback", "cost", "hours", "contact", "contact_name",
            "contact_address",
        )  # fmt: skip
        widgets = {
            "summary": LongText(rows=3, words=40),
            "challenge": LongText(rows=5, words=80),
            "core": LongText(rows=5, words=80),
            "adapting": LongText(rows=4, words=80),
            "setback": LongText(rows=4, words=80),
        }
        labels = {
            "title": _("Title"),
            "summary": _("What do you do, in one or two sentences?"),
            "challenge": _("What was the challenge?"),
            "core": _("What is the core of the solution?"),
            "adapting": _("What must others adapt?"),
            "setback": _("What did not work?"),
            "hours": _("Hours of work"),
            "contact": _("Who may be called?"),
            "contact_name": _("Or an office that answers"),
            "contact_address": _("Its mail address"),
        }
        help_texts = {
            "summary": _("It stands in large letters under the title, and in the list of projects."),
            "challenge": _("Begin with those it is about. A number says more than an adjective."),
            "core": _("What gives the effect, so that somebody else can do the same tomorrow."),
            "adapting": _("Equipment, agreements and habits that are different elsewhere."),
            "setback": _("It has the same rank as what worked, and spares others the detour."),
            "hours": _("About, all together."),
            "contact": _("The page shows name and mail address when they have said yes themselves."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        contact: Any = self.fields["contact"]
        around = self.instance.idea.parts.in_force().filter(kind__in=("team", "owner")).values("person")
        contact.queryset = Person.objects.active().filter(pk__in=around)
        contact.empty_label = _("Nobody in person")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("contact_address") and not cleaned.get("contact_name"):
            self.add_error("contact_name", _("Write who answers at this address."))
        return cleaned


class PictureForm(Form):
    """A picture, what it shows in words, and whether people in it can be recognised."""

    upload = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, at most 1 MB. Where and when it was taken is removed from the file."),
    )
    alt = forms.CharField(
        label=_("What does it show?"),
        max_length=300,
        widget=LongText(rows=2),
        help_text=_("For those who do not see it. One sentence, without «picture of»."),
    )
    people = forms.ChoiceField(
        label=_("Are there people in it?"), choices=Showcase.People.choices, widget=forms.RadioSelect
    )


class FindForm(Form):
    """How somebody looks for a project."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100, widget=forms.SearchInput)
    round = forms.ChoiceField(label=_("Cohort"), required=False)
    area = forms.ChoiceField(label=_("Service area"), required=False)

    def __init__(self, *args: Any, rounds: list[Round], areas: list[tuple[int, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        cohorts = [(each.pk, each.name) for each in rounds]
        for name, every, choices in (
            ("round", _("All cohorts"), cohorts),
            ("area", _("All service areas"), areas),
        ):
            field: Any = self.fields[name]
            field.choices = [("", every), *choices]
