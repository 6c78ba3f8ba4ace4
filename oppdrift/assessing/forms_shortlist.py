"""What the lead types about unclear applications and the shortlist."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.applications.models import Application
from oppdrift.gatherings.models import Gathering
from oppdrift.ideas.models import Decision
from oppdrift.toolbox.clock import is_past, now
from oppdrift.toolbox.forms import Form, LongText, MomentInput
from oppdrift.toolbox.together import Together

from .models import Improvement
from .picking import Picking
from .ranking import SORTS
from .shortlist import OUTCOMES


class ImprovementForm(Form):
    """What the team is asked, where and until when."""

    unclear = forms.CharField(
        label=_("What is unclear"),
        widget=LongText(rows=12),
        help_text=_("The team reads this in the letter and on its page. Write no names and no points of assessors."),
    )  # fmt: skip
    gathering = forms.ModelChoiceField(
        label=_("Improvement workshop"), queryset=Gathering.objects.none(), required=False
    )
    until = forms.DateTimeField(label=_("A new version may come until"), widget=MomentInput())

    def __init__(self, application: Application, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["gathering"]
        choice.queryset = workshops(application.round_id)
        choice.empty_label = _("Not chosen yet")
        choice.label_from_instance = lambda each: f"{each.title}, {each.appointment.when}"

    def clean_until(self):
        until = self.cleaned_data["until"]
        if is_past(until):
            raise forms.ValidationError(_("Choose a moment ahead."))
        return until


class ProlongForm(Form):
    until = forms.DateTimeField(label=_("A new version may come until"), widget=MomentInput())

    def __init__(self, improvement: Improvement, *args: Any, **kwargs: Any):
        self.improvement = improvement
        super().__init__(*args, initial={"until": improvement.until}, **kwargs)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if not (answer := self.improvement.can_prolong(until)):
            raise forms.ValidationError(str(answer))
        return until


class SortForm(Form):
    sort = forms.ChoiceField(label=_("Order"), choices=list(SORTS.items()), required=False)


class DecisionForm(Form):
    """One outcome, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=[], widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        widget=LongText(words=120, rows=7),
        help_text=_(
            "The team reads this word by word in the letter. "
            "Say what stood out, what was missing, and what is possible now."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(each, WHAT_FOLLOWS[each]) for each in OUTCOMES]


WHAT_FOLLOWS: dict[str, Any] = {
    Decision.Outcome.ADMITTED: _("On to the pitch"),
    Decision.Outcome.GUIDANCE: _("Guidance without funding"),
    Decision.Outcome.DECLINED: _("Not this time"),
}


class PlanForm(Together, Form):
    """What holds for the whole shortlist."""

    answer_by = forms.DateTimeField(
        label=_("The teams answer by"),
        widget=MomentInput(),
        help_text=_("Letters name this day. Change it, and the letters that wait are written anew."),
    )
    places_reason = forms.CharField(label=_("Why not as many as planned?"), widget=LongText(rows=3), required=False)

    def __init__(self, picking: Picking, *args: Any, **kwargs: Any):
        shortlist = picking.shortlist
        self.known = shortlist.answer_by
        initial = {"answer_by": shortlist.answer_by, "places_reason": shortlist.places_reason}
        super().__init__(*args, initial=initial, **kwargs)
        if picking.is_released and not picking.pending:
            del self.fields["answer_by"]  # told, and no letter waits that could name another day
        if not picking.differs_from_plan:
            del self.fields["places_reason"]

    def clean_answer_by(self):
        day = self.cleaned_data["answer_by"]
        if day != self.known and is_past(day):
            raise forms.ValidationError(_("Choose a moment ahead."))
        return day


def workshops(round: int):
    """Improvement workshops of the round that are still ahead."""
    ahead = Gathering.objects.filter(round=round, kind=Gathering.Kind.IMPROVEMENT_WORKSHOP)
    return ahead.filter(appointment__cancelled_at=None, appointment__starts_at__gt=now()).select_related("appointment")
