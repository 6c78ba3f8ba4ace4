"""What people type about themselves and others."""

from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oppdrift.people.models import Person, Unit
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.forms import Form, ModelForm
from oppdrift.toolbox.templatetags.look import language_name
from oppdrift.toolbox.text import fold
from oppdrift.toolbox.together import Together


class AddressForm(Form):
    email = forms.EmailField(
        label=_("Mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class CodeForm(Form):
    """The code from the mail; large and small letters, spaces and dashes do not count."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false", "size": 12}
        ),
    )

    def __init__(self, *args, expected: str = "", tries_left: int = 0, **kwargs):
        super().__init__(*args, **kwargs)
        self.expected, self.tries_left = expected, tries_left

    def clean_code(self) -> str:
        if compare_user_code(actual=self.cleaned_data["code"], expected=self.expected):
            return self.expected
        left = self.tries_left - 1
        words = ngettext(
            "This is not the code. Look in the newest mail. You have %(left)s try left.",
            "This is not the code. Look in the newest mail. You have %(left)s tries left.",
            left,
        )
        raise ValidationError(words % {"left": left}, code="wrong")


class UnitChoice(forms.ModelChoiceField):
    """Units that exist today, with the service area they are under."""

    def __init__(self, **kwargs):
        kwargs.setdefault("empty_label", _("Not chosen"))
        super().__init__(Unit.objects.none(), required=False, **kwargs)

    def label_from_instance(self, unit: Unit) -> str:
        return f"{unit.name} ({unit.parent.name})" if unit.parent else unit.name


def offer(form: forms.BaseForm, name: str, units: QuerySet[Unit]) -> None:
    """Let these be chosen in the field."""
    form.fields[name].queryset = units.select_related("parent")  # type: ignore[attr-defined]


class AboutMe(Together, ModelForm):
    unit = UnitChoice(label=_("Unit"))

    class Meta:
        model = Person
        fields = ["name", "title", "unit"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = self.instance.unit_id
        offer(self, "unit", (Unit.objects.current() | Unit.objects.filter(pk=mine)))


class AboutPerson(AboutMe):
    """The same, and the language of letters, for those who run the programme."""

    class Meta(AboutMe.Meta):
        fields = ["name", "title", "unit", "language"]
        widgets = {"language": forms.RadioSelect}  # type: ignore[dict-item]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(code, language_name(code)) for code, _words in settings.LANGUAGES]
        self.fields["language"].choices = names  # type: ignore[attr-defined]


class NewPerson(AboutPerson):
    email = forms.EmailField(label=_("Mail address"))
    field_order = ["name", "email", "title", "unit", "language"]

    def clean_email(self) -> str:
        address = self.cleaned_data["email"].lower()
        if not (answer := Person.objects.can_add(address)):
            raise ValidationError(str(answer), code="taken")
        return address

    class Meta(AboutPerson.Meta):
        pass


class NewUnit(Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    parent = UnitChoice(label=_("Part of"), empty_label=_("Nothing: it is a service area"))
    leader = forms.EmailField(label=_("Leader's mail address"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "parent", Unit.objects.current())

    def clean_leader(self) -> Person | None:
        """The person of this address: a list to choose from would hold everybody in the municipality."""
        if not (address := self.cleaned_data["leader"]):
            return None
        if person := Person.objects.by_address(address):
            return person
        raise ValidationError(_("Nobody here has this address. Add the person first."), code="unknown")

    def clean(self):
        values = super().clean() or self.cleaned_data
        if (name := values.get("name")) and not (answer := Unit.objects.can_be_called(name, values.get("parent"))):
            self.add_error("name", str(answer))
        return values


class AboutUnit(Together, NewUnit):
    """Name, place and leader of a unit. `save` calls the verb of each that was changed."""

    def __init__(self, *args, unit: Unit, **kwargs):
        initial = {"name": unit.name, "parent": unit.parent_id, "leader": unit.leader.email if unit.leader else ""}
        super().__init__(*args, initial=initial, **kwargs)
        self.unit = unit
        offer(self, "parent", Unit.objects.current().exclude(pk__in={unit.pk, *unit.under()}))

    def clean(self):
        values = self.cleaned_data
        moved_or_renamed = (
            fold(values.get("name", "")) != self.unit.name_fold or values.get("parent") != self.unit.parent
        )
        return super().clean() if moved_or_renamed else values

    @transaction.atomic
    def save(self, *, by: Person) -> None:
        self.unit.move(self.cleaned_data["parent"], by=by)
        self.unit.rename(self.cleaned_data["name"], by=by)
        self.unit.note_leader(self.cleaned_data["leader"], by=by)


class LastDay(Form):
    last_day = forms.DateField(label=_("Last day"))

    def __init__(self, *args, unit: Unit, **kwargs):
        super().__init__(*args, initial={"last_day": today()}, **kwargs)
        self.unit = unit

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if self.unit.valid_from and day < self.unit.valid_from:
            raise ValidationError(_("The last day cannot come before the first."))
        return day


class Successor(Form):
    successor = UnitChoice(label=_("Becomes part of"), empty_label=_("Choose a unit"))

    def __init__(self, *args, unit: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        below = {unit.pk, *unit.under()}
        offer(self, "successor", Unit.objects.current().exclude(pk__in=below))
        self.fields["successor"].required = True
