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
from oppdrift.toolbox.tables.reading import CannotRead, Row, Table, as_text, column_name

from .importing import FIRST_YEAR
from .models import Batch
from .plan import Plan
from .sheets.columns import NAMES, WITHIN, NotRecognised


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
            upload: Any = given["upload"]
            called: dict[str, Any] = {name: given.get(name) for name in ("name", "year", "total")}
            try:
                try:
                    self.batch = Batch.of(upload, upload.name, **called)
                except NotRecognised as error:
                    self.batch = Batch.unread(upload, upload.name, error, **called)
                checked(upload)
            except CannotRead as error:
                self.add_error("upload", str(error))
            except ValidationError as error:
                self.add_error("upload", error)
        return given

    def keep(self, *, by: Person) -> Batch:
        self.batch.keep(self.cleaned_data["upload"], by=by)
        return self.batch


class ColumnsForm(Form):
    """Which column is what, and where the rows begin; the guess stands chosen."""

    REQUIRED = ("unit", "title")

    begins = forms.TypedChoiceField(label=_("In which row do the headers stand?"), coerce=int)

    def __init__(self, *args: Any, table: Table, begins: int, places: dict[str, int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.table = table
        rows = table.rows[:WITHIN]
        begin: Any = self.fields["begins"]
        begin.choices = [(0, _("There are no headers")), *((n, _row_in_words(row)) for n, row in enumerate(rows, 1))]
        begin.initial = begins
        columns = [(str(n), _column_in_words(table, begins, n)) for n in range(table.width)]
        for name, label in NAMES.items():
            self.fields[name] = forms.ChoiceField(
                label=str(label),
                choices=[("", _("Choose") if name in self.REQUIRED else _("Not in the file")), *columns],
                initial=str(places[name]) if name in places else "",
                required=name in self.REQUIRED,
                error_messages={"required": _("Choose the column.")},
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen: dict[str, str] = {}
        for name in NAMES:
            if not (column := given.get(name)):
                continue
            # A column "Innvilget" may say yes or no and the sum in one: amount and outcome are told apart in reading.
            if column in chosen:
                words = _("The same column is chosen for %(other)s.")
                self.add_error(name, words % {"other": str(NAMES[chosen[column]]).lower()})
            chosen[column] = name
        return given

    @property
    def places(self) -> dict[str, int]:
        return {name: int(self.cleaned_data[name]) for name in NAMES if self.cleaned_data.get(name)}


SHOWN = 40  # signs of a cell


def _row_in_words(row: Row) -> str:
    texts = [as_text(cell) for cell in row.cells if cell != ""][:5]
    return _("Row %(row)s: %(texts)s") % {"row": row.line, "texts": ", ".join(text[:SHOWN] for text in texts)}


def _column_in_words(table: Table, begins: int, column: int) -> str:
    """ "C «Beløp», such as 280 000": its header and the first thing that stands below it."""
    header = table.rows[begins - 1].text(column) if 0 < begins <= len(table.rows) else ""
    below = next((text for row in table.rows[begins:] if (text := row.text(column))), "")
    words = f"{column_name(column)} «{header[:SHOWN]}»" if header else column_name(column)
    return _("%(column)s, such as %(text)s") % {"column": words, "text": below[:SHOWN]} if below else words


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
