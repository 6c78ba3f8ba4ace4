"""Giving roles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox.forms import Form

HOURS = forms.TextInput(attrs={"size": 6, "inputmode": "numeric"})


def kinds_for(round: Round) -> list[tuple[str, Any]]:
    """Roles that the round's stages need."""
    return [
        (kind.value, kind.label) for kind in Role.Kind if kind not in Role.STAGE_OF or round.uses(Role.STAGE_OF[kind])
    ]


class RoleForm(Form):
    kind = forms.ChoiceField(label=_("Role"))
    who = forms.CharField(
        label=_("Name or mail address"),
        max_length=254,
        help_text=_("Somebody new gets in by the mail address."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("Full name"), required=False, max_length=200, help_text=_("Only when the person is new here.")
    )
    hours = forms.IntegerField(
        label=_("Hours in the round"), required=False, min_value=1, validators=[MaxValueValidator(5000)], widget=HOURS
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_for(round)  # type: ignore[attr-defined]

    def clean(self):
        """`person` is whoever is meant; None means: to be made from address and name."""
        super().clean()
        values = self.cleaned_data
        who = (values.get("who") or "").strip()
        if not who:
            return values
        known = Person.objects.by_address(who) if "@" in who else None
        if known is None and "@" in who:
            self._check_new(who, values)
        elif known is None:
            found = list(Person.objects.filter(is_active=True).found_by(who)[:2])
            if len(found) == 1:
                known = found[0]
            elif found:
                self.add_error(
                    "who",
                    _("More than one person has this name. Write the mail address."),
                )
            else:
                self.add_error("who", _("Nobody here has this name. Write the mail address."))
        values["person"] = known
        return values

    def _check_new(self, address: str, values: dict[str, Any]) -> None:
        try:
            validate_email(address)
        except ValidationError:
            self.add_error("who", _("Write a whole mail address, like name@municipality.no."))
            return
        if not (values.get("name") or "").strip():
            self.add_error("name", _("Nobody here has this address. Write the name, too."))

    def receiver(self) -> Person:
        """The person meant, made now if they are new."""
        values = self.cleaned_data
        return values["person"] or Person.objects.with_address(values["who"], name=values["name"])


class GoOnForm(Form):
    """Who goes on from the earlier round: all that can, until somebody takes a tick away."""

    role = forms.MultipleChoiceField(
        label=_("Who goes on?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick those who go on."),
            "invalid_choice": _("The list has changed meanwhile. Look over it, and tick those who go on."),
        },
    )

    def __init__(self, *args: Any, proposed: list[Role], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.proposed = {str(role.pk): role for role in proposed}
        field: Any = self.fields["role"]
        field.choices = [(key, named(role)) for key, role in self.proposed.items()]
        field.initial = list(self.proposed)

    @property
    def chosen(self) -> list[Role]:
        return [self.proposed[key] for key in self.cleaned_data["role"]]


def named(role: Role) -> str:
    words = f"{role.person.name}, {role.get_kind_display().lower()}"
    if role.hours is None:
        return words
    return f"{words} ({ngettext('%(n)s hour', '%(n)s hours', role.hours) % {'n': role.hours}})"


class HoursForm(Form):
    hours = forms.IntegerField(
        label=_("Hours in the round"), required=False, min_value=1, validators=[MaxValueValidator(5000)], widget=HOURS
    )
