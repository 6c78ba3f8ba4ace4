"""A time with the coach: when and where, and what came out of it."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.people.models import Person
from oppdrift.projects.models import GuidanceSession, Project
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.forms import DateInput, Form, LongText, ModelForm
from oppdrift.toolbox.together import Together

MINUTES = (30, 45, 60, 90, 120, 180)


class SessionForm(Together, Form):
    """A time with the coach. `coach` only where there are several, and the session is new."""

    coach = forms.ModelChoiceField(Person.objects.none(), label=_("Coach"), empty_label=None)
    starts_at = forms.DateTimeField(label=_("Starts"))
    minutes = forms.TypedChoiceField(label=_("How many minutes?"), coerce=int, choices=[(n, n) for n in MINUTES])
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("A room, or how you meet on a screen.")
    )
    agenda = forms.CharField(label=_("What is it about?"), widget=LongText(rows=4), required=False)

    def __init__(
        self, *args: Any, project: Project, session: GuidanceSession | None = None, person: Person, **kwargs: Any
    ):
        self.session = session
        if session:
            kwargs["initial"] = self._as_it_is(session)
        super().__init__(*args, **kwargs)
        coaches = Person.objects.filter(pk__in=project.coaches().values("person"))
        field: Any = self.fields["coach"]
        field.queryset = coaches
        known = list(coaches)
        if session or len(known) < 2:
            del self.fields["coach"]
        elif person in known:
            field.initial = person.pk
        self.only_coach = known[0] if known else None
        if not session:
            self.fields["minutes"].initial = 60

    def _as_it_is(self, session: GuidanceSession) -> dict[str, Any]:
        appointment = session.appointment
        minutes = int((appointment.ends_at - appointment.starts_at).total_seconds() // 60)
        return {
            "starts_at": appointment.starts_at, "minutes": minutes, "place": appointment.place, "agenda": session.agenda
        }  # fmt: skip

    def clean_starts_at(self) -> dt.datetime:
        starts_at = self.cleaned_data["starts_at"]
        is_as_it_was = self.session and self.session.appointment.starts_at == starts_at
        if starts_at < now() and not is_as_it_was:
            raise forms.ValidationError(_("Choose a moment ahead."))
        return starts_at

    def booked(self) -> dict[str, Any]:
        """Time, place and agenda, as the verbs want them."""
        clean = self.cleaned_data
        ends_at = clean["starts_at"] + dt.timedelta(minutes=clean["minutes"])
        return {
            "starts_at": clean["starts_at"], "ends_at": ends_at, "place": clean["place"], "agenda": clean["agenda"]
        }  # fmt: skip


class CancelSessionForm(Form):
    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        max_length=300,
        required=False,
        help_text=_("Team and coach get a letter at once, with your reason."),
    )


class HeldForm(Together, ModelForm):
    """What came out of a session."""

    class Meta:
        model = GuidanceSession
        fields = ["notes", "next_step", "next_step_owner", "next_step_due"]
        labels = {
            "notes": _("What did you talk about?"),
            "next_step": _("What is the next step?"),
            "next_step_owner": _("Who does it?"),
            "next_step_due": _("By when?"),
        }
        help_texts = {
            "notes": _("Team, owner, coach and programme lead can read it. Nothing about patients or pupils."),
            "next_step": _("One thing. The next session opens with it."),
        }
        widgets = {"notes": LongText(rows=8), "next_step_due": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        idea = self.instance.project.idea
        people = idea.parts.in_force().filter(kind__in=["team", "owner", "coach"]).values("person")
        field: Any = self.fields["next_step_owner"]
        field.queryset = Person.objects.filter(Q(pk__in=people) | Q(pk=self.instance.next_step_owner_id))
        field.empty_label = pgettext_lazy("in a choice", "Nobody chosen")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("next_step") and not cleaned.get("next_step_owner"):
            self.add_error("next_step_owner", _("Say who does the next step."))
        if not (cleaned.get("notes") or cleaned.get("next_step") or self.errors):
            self.add_error("notes", _("Write what you talked about, or what the next step is."))
        return cleaned
