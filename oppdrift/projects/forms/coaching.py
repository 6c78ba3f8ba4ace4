"""Who guides whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.people.models import Person
from oppdrift.projects.models import Project
from oppdrift.rounds.models import Role
from oppdrift.toolbox.forms import Form


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
