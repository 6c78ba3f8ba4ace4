"""Gatherings for people of certain projects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.gatherings.models import Gathering
from oppdrift.projects.models import Project
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.forms import Form, LongText


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
