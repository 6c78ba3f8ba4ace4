"""Dates of a round."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.rounds.models import Milestone, Round
from oppdrift.toolbox.clock import OSLO
from oppdrift.toolbox.forms import DateInput, Form, ModelForm, TimeInput
from oppdrift.toolbox.together import Together


class DatesForm(Together, ModelForm):
    """When the call opens and closes, and when assessments are due. What is settled is not asked."""

    class Meta:
        model = Round
        fields = ("opens_at", "deadline", "assess_by")
        labels = {
            "opens_at": _("The call opens"),
            "deadline": _("Application deadline"),
            "assess_by": _("Assessments due"),
        }
        help_texts = {
            "opens_at": _("From then on people can begin to write. Leave it open to open the call when you publish."),
            "deadline": _("To the second: at 12:00:00 an application is in time, at 12:00:01 it is late."),
            "assess_by": _("Assessors see this date and are reminded of it."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.has_opened or not self.instance.uses("call"):
            del self.fields["opens_at"], self.fields["deadline"]
        if not self.instance.uses("assessing"):
            del self.fields["assess_by"]

    def clean(self):
        super().clean()
        values = self.cleaned_data
        opens, deadline = values.get("opens_at"), values.get("deadline", self.instance.deadline)
        if opens and deadline and deadline <= opens:
            self.add_error("deadline", _("The deadline must come after the opening."))
        if values.get("assess_by") and deadline and values["assess_by"] <= deadline:
            self.add_error(
                "assess_by",
                _("Assessing begins when the deadline has passed. Choose a later day."),
            )
        return values


class DeadlineForm(Form):
    deadline = forms.DateTimeField(
        label=_("New deadline, for everybody"),
        help_text=_("Drafts stay open until then, and everybody sees the new date at once."),
    )


class MilestoneForm(Together, ModelForm):
    """A day or a span of days; the clock time only where it is known."""

    day = forms.DateField(label=_("Day"))
    starts = forms.TimeField(label=_("Starts"), required=False, help_text=_("Leave it open while it is not settled."))
    last_day = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Only when it lasts more than one day.")
    )
    ends = forms.TimeField(label=_("Ends"), required=False)

    class Meta:
        model = Milestone
        fields = ("kind", "name")
        labels = {"kind": _("Kind"), "name": _("Name")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, widget in (("day", DateInput), ("last_day", DateInput), ("starts", TimeInput), ("ends", TimeInput)):
            self.fields[name].widget = widget()
        if self.instance.pk:
            self._fill_from(self.instance)

    def _fill_from(self, milestone: Milestone) -> None:
        start = milestone.at.astimezone(OSLO)
        self.initial["day"] = start.date()
        if not milestone.whole_day:
            self.initial["starts"] = start.time()
        if milestone.until:
            end = milestone.until.astimezone(OSLO)
            if end.date() != start.date():
                self.initial["last_day"] = end.date()
            if not milestone.whole_day:
                self.initial["ends"] = end.time()

    def clean(self):
        super().clean()
        values = self.cleaned_data
        day, last = values.get("day"), values.get("last_day")
        starts, ends = values.get("starts"), values.get("ends")
        if day and last and last < day:
            self.add_error("last_day", _("The last day must come after the first."))
        if ends and not starts:
            self.add_error("starts", _("Say when it starts, too."))
        if starts and ends and ends <= starts and (not last or last == day):
            self.add_error("ends", _("It must end after it starts."))
        return values

    def fields_of_milestone(self) -> dict[str, Any]:
        """What `Milestone.change` is given."""
        values = self.cleaned_data
        starts, ends = values.get("starts"), values.get("ends")
        last = values.get("last_day") or (values["day"] if ends else None)
        until = None
        if last:
            until = _moment(last, ends or starts or dt.time(0))
        return {
            "kind": values["kind"],
            "name": values["name"],
            "at": _moment(values["day"], starts or dt.time(0)),
            "until": until,
            "whole_day": starts is None,
        }


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=OSLO)
