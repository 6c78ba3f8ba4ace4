"""The pages where reports and agreements are written: their forms, and each part with what lies beside it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from oppdrift.people.models import Person
from oppdrift.toolbox import writing
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.forms import DateInput, Form, LongText, ModelForm
from oppdrift.toolbox.writing import LONGEST, TwoTexts, print_of

from .models import Agreement, Passage, Report, SidePassage
from .models.agreement import DATES, TEXTS, as_text

AT = {Report: ("report", "kind"), Agreement: ("agreement", "number")}  # names of the two pages, and what they are told


class InParts:
    """For the forms: controls that belong to the form "writing", and are saved one by one."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, each in self.fields.items():
            each.widget.attrs |= {"form": "writing", "data-saves": name}

    def read(self, part: str, typed: str) -> str:
        """What was typed in one part, as it is kept. Raises ValidationError where it cannot be read, KeyError for no
        part of this form."""
        return as_text(self.fields[part].clean(typed))

    def as_typed(self, part: str) -> str:
        """What the part shows before anybody types."""
        return as_text(self.initial.get(part))  # type: ignore[attr-defined]


class AgreementForm(InParts, ModelForm):
    class Meta:
        model = Agreement
        fields = [
            "team_does",
            "team_due",
            "leader_gives",
            "leader_hours",
            "leader_due",
            "programme_gives",
            "guidance_hours",
            "programme_due",
            "benefits",
            "spread",
        ]
        widgets = {name: LongText(rows=6) for name in TEXTS} | {name: DateInput() for name in DATES}
        help_texts = {
            "benefits": _("Write each benefit as a change, with the number today and the number you aim at."),
            "leader_hours": _("Together, for all in the team."),
            "team_due": _("Whoever promises is reminded when the day comes. Leave it open for the whole project."),
        }


class _ReportForm(Form):
    """The parts of a report. A part that nobody has written in begins with what is known from elsewhere."""

    def __init__(self, *args: Any, report: Report, begun: dict[str, str], **kwargs: Any):
        written = set(report.passages.values_list("part", flat=True))
        kwargs["initial"] = {
            key: text if text or key in written else begun.get(key, "") for key, text in report.kept().items()
        }
        super().__init__(*args, **kwargs)
        for part in report.parts:
            self.fields[part.key] = forms.CharField(
                label=part.label, help_text=part.help, required=False, widget=LongText(words=part.words, rows=7),
                max_length=LONGEST,
            )  # fmt: skip


class ReportForm(InParts, _ReportForm):
    pass


@dataclass
class Field:
    """One part on the page. `print` and `revision`: what a save from this page is based on."""

    part: str
    bound: forms.BoundField
    print: str
    revision: str
    two_texts: list[TwoTexts] = field(default_factory=list)
    set_aside: list[SidePassage] = field(default_factory=list)  # not chosen, kept

    @property
    def id(self) -> str:
        return self.bound.auto_id


class Page:
    """A report or an agreement being written by one of several."""

    def __init__(self, thing: Report | Agreement, form: Any, reader: Person, sent: QueryDict | None = None):
        self.thing, self.form, self.reader, self.sent = thing, form, reader, sent

    @property
    def key(self) -> str:
        """In the browser's keeping."""
        return str(self.thing.pk)

    @cached_property
    def passages(self) -> dict[str, Passage]:
        return {row.part: row for row in self.thing.passages.select_related("saved_by")}

    @cached_property
    def fields(self) -> dict[str, Field]:
        found = {name: self._field(name) for name in self.form.fields}
        for beside in SidePassage.objects.filter(passage__in=self.passages.values()).select_related("saved_by"):
            passage = next(row for row in self.passages.values() if row.pk == beside.passage_id)
            if beside.settled_at:
                found[passage.part].set_aside.append(beside)
            else:
                found[passage.part].two_texts.append(self.two(beside, passage))
        return found

    def _field(self, name: str) -> Field:
        if self.sent is not None:  # it comes back with something to put right, based on what it was based on
            return Field(
                name, self.form[name], self.sent.get(f"was-{name}", ""), self.sent.get(f"revision-{name}", "0")
            )
        passage = self.passages.get(name)
        return Field(name, self.form[name], print_of(self.form.as_typed(name)), str(passage.revision if passage else 0))

    @property
    def saved(self) -> Passage | None:
        """What was saved last."""
        return max(self.passages.values(), key=lambda row: row.saved_at, default=None)

    def two(self, beside: SidePassage, passage: Passage) -> TwoTexts:
        return TwoTexts(beside, passage, self.reader, self.url("settle", beside.pk))

    def url(self, verb: str, *more: int) -> str:
        noun, told = AT[type(self.thing)]
        return reverse(f"projects:{verb}_{noun}", args=[self.thing.project_id, getattr(self.thing, told), *more])

    def save(self, sent: QueryDict) -> str:
        """Save each part that was touched, and first words that nobody has touched. Returns the id of the first field
        where two wrote at once, or ""."""
        window, held, kept = sent.get("window", "")[:24], "", self.thing.kept()
        for name in self.form.fields:
            typed = sent.get(name)
            if typed is None:
                continue
            text = as_text(self.form.cleaned_data[name])
            if print_of(typed) == sent.get(f"was-{name}") and (kept[name] or name in self.passages or not text):
                continue
            based_on = writing.number(sent.get(f"revision-{name}"))
            saved = self.thing.write_part(name, text, by=self.reader, based_on=based_on, window=window)
            if saved.beside and not held:
                held = self.form[name].auto_id
        return held
