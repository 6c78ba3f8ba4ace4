"""What people type about projects."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.gatherings.models import Gathering
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.forms import DateInput, Form, KronerField, LongText, ModelForm
from oppdrift.toolbox.together import Together

from .models import CheckIn, GuidanceSession, Project


class StartForm(Form):
    """One decided idea that may start, with its owner."""

    start = forms.BooleanField(label=_("Start"), required=False, initial=True)
    address = forms.EmailField(label=_("The owner’s mail address"), max_length=254, required=False)
    name = forms.CharField(
        label=_("The owner’s name"), max_length=200, required=False, help_text=_("Only for somebody who is new here.")
    )


class OwnerForm(Form):
    address = forms.EmailField(label=_("Mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Only for somebody who is new here.")
    )


class MovingForm(Form):
    """Why a project rests or is stopped; `learned` only when it is stopped."""

    why = forms.CharField(
        label=_("Why?"), widget=LongText(rows=4), help_text=_("Those close to the project will read it.")
    )
    learned = forms.CharField(
        label=_("What did you learn from it?"),
        widget=LongText(rows=5),
        required=False,
        help_text=_("A project that is stopped in time is a valued result. Others learn from it too."),
    )

    def __init__(self, *args: Any, verb: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if verb != "stop":
            del self.fields["learned"]


# Guidance

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


class CheckInForm(ModelForm):
    class Meta:
        model = CheckIn
        fields = ["going", "text", "wish"]
        labels = {"going": _("How does it go?"), "text": _("In a few words"), "wish": _("What would help?")}
        help_texts = {
            "text": _("Two sentences are enough. Those close to the project read it."),
            "wish": _("Something the coach, the owner or the programme lead could do."),
        }
        widgets = {"text": LongText(rows=4), "going": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["going"]
        field.choices = CheckIn.Going.choices  # without an empty one


# People


class CoachForm(Form):
    """A coach of the round."""

    coach = forms.ModelChoiceField(Person.objects.none(), label=_("Coach"), empty_label=_("Choose a coach"))

    def __init__(self, *args: Any, round: Any, without: Person | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        roles = Role.objects.in_force().filter(round=round, kind=Role.Kind.COACH)
        field: Any = self.fields["coach"]
        field.queryset = Person.objects.filter(pk__in=roles.values("person")).exclude(pk=without.pk if without else 0)
        self.has_choice = field.queryset.exists()


class HandOverForm(CoachForm):
    """Which projects of one coach another takes over."""

    projects = forms.ModelMultipleChoiceField(
        Project.objects.none(), label=_("Which projects?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, projects: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.order_fields(["projects", "coach"])
        field: Any = self.fields["projects"]
        field.queryset = projects
        field.initial = [project.pk for project in projects]
        self.fields["coach"].label = _("Who takes over?")


# Money


class GrantForm(Together, Form):
    amount = KronerField(label=_("Granted"), min_value=0, max_value=100_000_000)
    reason = forms.CharField(
        label=_("If the amount is new: why?"), required=False, widget=LongText(rows=3), max_length=2000
    )
    conditions = forms.CharField(label=_("Conditions"), required=False, widget=LongText(rows=4), max_length=5000)


class TransferForm(Form):
    amount = KronerField(label=_("How much?"), min_value=1)
    due = forms.DateField(label=_("To be transferred on"), required=False)
    what_for = forms.CharField(
        label=_("What lets it go?"),
        max_length=200,
        required=False,
        help_text=_("Such as that the agreement is signed, or that the final report is accepted."),
    )
    account = forms.CharField(label=_("Account string"), max_length=100, required=False)


class MadeForm(Form):
    made_on = forms.DateField(label=_("Transferred on"), help_text=_("The date in the accounts."))
    account = forms.CharField(label=_("Account string"), max_length=100, required=False)


class RefundForm(MadeForm):
    amount = KronerField(label=_("How much came back?"), min_value=1)
    what_for = forms.CharField(label=_("Why?"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["made_on"].label = _("When did it come back?")
        self.order_fields(["amount", "what_for", "made_on", "account"])


# Reports


class CommentForm(Form):
    comment = forms.CharField(label=_("To the team"), widget=LongText(rows=5), max_length=5000, required=False)


# Gatherings


class MeetForm(Form):
    """When and where people of certain projects meet, and who of them is asked."""

    title = forms.CharField(label=_("Name"), max_length=150)
    starts_at = forms.DateTimeField(label=_("Starts"))
    ends_at = forms.DateTimeField(label=_("Ends"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    description = forms.CharField(
        label=_("What happens there"),
        widget=LongText(rows=6),
        required=False,
        help_text=_("Say what people will have done when they leave. Markdown makes headings and lists."),
    )
    parts = forms.MultipleChoiceField(
        label=_("Whom from them?"),
        choices=[("team", _("The team")), ("owner", _("The project owner")), ("coach", _("The coach"))],
        widget=forms.CheckboxSelectMultiple,
        initial=["team", "owner", "coach"],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("It must end after it starts."))
        if starts_at and starts_at < now():
            self.add_error("starts_at", _("Choose a moment ahead."))
        return cleaned


class CallForm(MeetForm):
    """A joint gathering or a tailored session, and whose projects are asked."""

    kind = forms.ChoiceField(
        label=_("What kind is it?"),
        choices=[
            (kind.value, kind.label) for kind in (Gathering.Kind.JOINT, Gathering.Kind.TAILORED)
        ],
        widget=forms.RadioSelect,
        initial=Gathering.Kind.JOINT.value,
    )  # fmt: skip
    projects = forms.ModelMultipleChoiceField(
        Project.objects.none(), label=_("Which projects?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, projects: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["projects"]
        field.queryset = projects
        field.initial = [project.pk for project in projects]
