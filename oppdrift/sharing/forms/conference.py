"""What is typed about a conference, what is in its programme, and what projects hand in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.people.models import Person
from oppdrift.sharing.models import Conference, Slot
from oppdrift.toolbox.forms import Form, LongText, ModelForm
from oppdrift.toolbox.together import Together

SHORTEST, LONGEST = 1, 600  # minutes


class PlanForm(Form):
    """When presentations are due, and the rooms, a line each."""

    due_at = forms.DateTimeField(label=_("When are presentations due?"))
    halls = forms.CharField(
        label=_("Rooms"),
        required=False,
        widget=LongText(rows=3),
        help_text=_("One on each line. Leave it empty when everything goes on in one room."),
    )

    def clean_halls(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["halls"].splitlines() if line.strip()]


class SlotForm(Together, ModelForm):
    """One thing in the programme."""

    class Meta:
        model = Slot
        fields = ("title", "abstract", "starts_at", "minutes", "hall")
        widgets = {"abstract": LongText(rows=4, words=80)}
        labels = {
            "title": _("Title"),
            "abstract": _("What it is about"),
            "starts_at": _("Starts"),
            "minutes": _("Minutes"),
            "hall": _("Room"),
        }
        help_texts = {
            "starts_at": _("Leave it empty while the time is not decided. It is not shown before it has one.")
        }

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.conference = conference
        hall: Any = self.fields["hall"]
        hall.queryset = conference.halls.all()
        hall.empty_label = _("For everybody")
        if not conference.halls.exists():
            del self.fields["hall"]
        minutes: Any = self.fields["minutes"]
        minutes.widget.attrs.update(min=SHORTEST, max=LONGEST)

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        if not SHORTEST <= minutes <= LONGEST:
            raise forms.ValidationError(_("Write how many minutes it takes, from 1 to 600."))
        return minutes


class ProjectsForm(Form):
    """How long each project's talk is."""

    minutes = forms.IntegerField(label=_("Minutes for each"), min_value=SHORTEST, max_value=120, initial=10)


class TalkForm(Together, ModelForm):
    """What the team says its talk is about."""

    class Meta:
        model = Slot
        fields = ("title", "abstract")
        widgets = {"abstract": LongText(rows=5, words=80)}
        labels = {"title": _("Title of the talk"), "abstract": _("What it is about")}
        help_texts = {"abstract": _("It stands in the programme that everybody reads.")}


class SlidesForm(Form):
    upload = forms.FileField(
        label=_("Slides"), help_text=_("One PDF, at most 20 MB. Only you and the programme lead can open it.")
    )


class SpeakerForm(Form):
    """Somebody of the team, or a name."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who speaks?"), required=False, empty_label=_("Somebody else")
    )
    name = forms.CharField(label=_("Name, if it is somebody else"), max_length=200, required=False)
    address = forms.EmailField(
        label=_("Their mail address"),
        max_length=254,
        required=False,
        help_text=_("They get a link by which they say yes to being named, correct the name or take it away."),
    )

    def __init__(self, *args: Any, slot: Slot, **kwargs: Any):
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        idea: Any = slot.idea
        around = idea.parts.in_force().filter(kind__in=("team", "owner")).values("person")
        taken = slot.speakers.exclude(person=None).values("person")
        person.queryset = Person.objects.active().filter(pk__in=around).exclude(pk__in=taken)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("person") and not cleaned.get("name"):
            self.add_error("name", _("Choose somebody, or write a name."))
        return cleaned


class OwnNameForm(Form):
    """Somebody's own name, as they want it to stand in the programme."""

    name = forms.CharField(label=_("Your name"), max_length=200)
