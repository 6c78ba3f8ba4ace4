"""A file of an earlier round, chosen on a page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models.file import checked
from oppdrift.people.models import Person
from oppdrift.toolbox.clock import today
from oppdrift.toolbox.forms import Form, KronerField
from oppdrift.toolbox.tables.reading import CannotRead

from .importing import FIRST_YEAR
from .models import Batch
from .plan import Plan


class ReadForm(Form):
    """Read, not yet brought in: an unreadable file is refused here, with a sentence."""

    upload = forms.FileField(
        label=_("The spreadsheet"),
        help_text=_("A .xlsx or .csv file with a row per project: at least unit, title and amount. No macros."),
    )
    name = forms.CharField(label=_("What the round was called"), max_length=100)
    year = forms.IntegerField(
        label=_("Year"),
        validators=[MinValueValidator(FIRST_YEAR)],
        widget=forms.TextInput({"inputmode": "numeric", "size": 6}),
    )
    total = KronerField(
        label=_("Granted in all, as you know it from elsewhere"),
        required=False,
        max_value=2_000_000_000,
        help_text=_("Shown beside what the rows come to, so that you see whether one is missing. May stand empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["upload"].widget.attrs["accept"] = ".csv,.txt,.xlsx"

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        MaxValueValidator(today().year)(year)
        return year

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            upload = given["upload"]
            try:
                self.batch = Batch.of(
                    upload, upload.name, name=given["name"], year=given["year"], total=given.get("total")
                )
                checked(upload)
            except CannotRead as error:
                self.add_error("upload", str(error))
            except ValidationError as error:
                self.add_error("upload", error)
        return given

    def keep(self, *, by: Person) -> Batch:
        self.batch.keep(self.cleaned_data["upload"], by=by)
        return self.batch


class AnswersForm(Form):
    """Of each near match: is it the same, or another one?"""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for row in plan.questions:
            self.fields[f"row_{row.row}"] = forms.ChoiceField(
                label=_("Row %(row)s, «%(title)s» (%(unit)s): is it «%(known)s» (%(known_unit)s)?")
                % {
                    "row": row.row, "title": row.entry["title"], "unit": row.entry["unit"] or "–",
                    "known": row.like[0], "known_unit": row.like[1] or "–",
                },
                choices=[("same", _("Yes, the same")), ("other", _("No, another one"))],
                widget=forms.RadioSelect,
                initial=row.entry["answer"] or None,
                required=False,
            )  # fmt: skip

    @property
    def answers(self) -> dict[int, str]:
        return {int(name.removeprefix("row_")): value for name, value in self.cleaned_data.items() if value}
