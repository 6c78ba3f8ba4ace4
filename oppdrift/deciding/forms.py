"""What is typed about the decision."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Role, Stage
from oppdrift.toolbox.clock import is_past
from oppdrift.toolbox.forms import Form, KronerField, LongText, MomentInput
from oppdrift.toolbox.money import grouped
from oppdrift.toolbox.together import Together

from . import final
from .room import Line, Room

NAMES: dict[str, Any] = {
    Decision.Outcome.ADMITTED: _("Admitted"),
    Decision.Outcome.GUIDANCE: _("Guidance without funding"),
    Decision.Outcome.RESERVE: _("Reserve"),
    Decision.Outcome.DECLINED: _("Not this time"),
    Decision.Outcome.WITHDRAWN: _("The team has withdrawn"),
}
WHAT_FOLLOWS: dict[str, Any] = {
    Decision.Outcome.ADMITTED: _("Money, and guidance on the way"),
    Decision.Outcome.GUIDANCE: _("No money, but somebody who guides them"),
    Decision.Outcome.RESERVE: _("Goes on if another team says no"),
    Decision.Outcome.DECLINED: _("The letter says what is possible now"),
    Decision.Outcome.WITHDRAWN: _("Nothing is asked of anybody"),
}


class OutcomeForm(Form):
    """Of one project: what it gets, how much, and why if it has a reason of its own."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=list(NAMES.items()), widget=forms.RadioSelect, required=False
    )
    amount = KronerField(
        label=_("Amount"), required=False, help_text=_("What it was applied for, unless you change it.")
    )
    reason = forms.CharField(
        label=_("Reason of its own"),
        widget=LongText(rows=3),
        required=False,
        help_text=_("The team reads it word by word. Needed unless it is admitted with what it asked for."),
    )
    based_on = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, line: Line, *args: Any, shared_reason: str = "", kept_reason: str = "", **kwargs: Any):
        """`shared_reason`: what will hold for all; `kept_reason`: what does now."""
        self.line, self.shared_reason = line, shared_reason
        self.known = known_of(line, kept_reason)
        amount = self.known["amount"] if line.outcome in final.WITH_MONEY else line.applied
        shown = {**self.known, "amount": None if amount is None else grouped(amount)}
        super().__init__(*args, initial={**shown, "based_on": line.decision.pk if line.decision else ""}, **kwargs)

    @property
    def idea(self) -> Idea:
        return self.line.idea

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The radios, each with what follows."""
        chosen = self["outcome"].value()
        return [
            {"value": value, "name": name, "follows": WHAT_FOLLOWS[value], "chosen": chosen == value}
            for value, name in NAMES.items()
        ]

    @property
    def is_changed(self) -> bool:
        """Does it say anything else than what is decided?"""
        given = {name: self.cleaned_data.get(name) for name in self.known}
        return bool(given["outcome"]) and given != self.known

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        outcome = given.get("outcome")
        if not outcome:
            return given
        if outcome not in final.WITH_MONEY:
            given["amount"] = None
        elif "amount" in given and given["amount"] is None:
            given["amount"] = self.line.applied
        if self.errors or not self.is_changed:
            return given
        if given.get("based_on", "") != str(self.line.decision.pk if self.line.decision else ""):
            raise forms.ValidationError(_("Somebody else has changed this meanwhile. Look at it again."))
        answer = final.can_decide(
            self.idea, outcome, reason=given.get("reason", ""), amount=given.get("amount"), applied=self.line.applied,
            shared_reason=self.shared_reason,
        )  # fmt: skip
        if not answer:
            self.add_error(
                "amount" if outcome in final.WITH_MONEY and not given.get("amount") else "reason", str(answer)
            )
        return given


def known_of(line: Line, kept_reason: str) -> dict[str, Any]:
    """What is decided, as the form says it: a reason that holds for all is not one of its own."""
    if not line.decision:
        return {"outcome": "", "amount": None, "reason": ""}
    decision = line.decision
    own = "" if decision.reason == kept_reason else decision.reason
    return {"outcome": decision.outcome, "amount": decision.amount, "reason": own}


class ReasonForm(Together, Form):
    """What holds for all."""

    reason = forms.CharField(label=_("Reason"), widget=LongText(rows=3), required=False)


class PlanForm(Together, Form):
    """What holds for the whole decision."""

    answer_by = forms.DateTimeField(
        label=_("The teams answer by"),
        widget=MomentInput(),
        help_text=_("Letters name this day. Change it, and the letters that wait are written anew."),
    )
    hours_each = forms.IntegerField(
        label=_("Hours of guidance for each project"), required=False, min_value=1, max_value=2000
    )
    counter_signer = forms.ModelChoiceField(
        label=_("Who confirms"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Somebody who runs the programme can do it too. Never who has decided."),
    )
    present = forms.CharField(
        label=_("Who was there"),
        widget=LongText(rows=5),
        required=False,
        help_text=_("One name on each line. The protocol says it."),
    )

    def __init__(self, room: Room, *args: Any, **kwargs: Any):
        sitting = room.sitting
        self.known = sitting.answer_by
        names = ["answer_by", "hours_each", "counter_signer", "present"]
        super().__init__(*args, initial={name: getattr(sitting, name) for name in names}, **kwargs)
        people: Any = self.fields["counter_signer"]
        people.queryset = who_could_confirm(room)
        people.empty_label = _("Nobody is named")
        if room.round.uses(Stage.PITCHING):
            people.help_text = _(
                "Somebody in the panel or who runs the programme can do it too. Never who has decided."
            )

    def clean_answer_by(self):
        day = self.cleaned_data["answer_by"]
        if day != self.known and is_past(day):
            raise forms.ValidationError(_("Choose a moment ahead."))
        return day


def who_could_confirm(room: Room):
    """Those with a task in the round, who run the programme or lead a unit."""
    tasks = Role.objects.in_force().filter(round=room.round).values("person")
    leaders = Unit.objects.filter(leader__isnull=False).values("leader")
    could = Q(pk__in=tasks) | Q(pk__in=leaders) | Q(runs_programme=True)
    return Person.objects.active().filter(could).exclude(pk=room.reader.pk).order_by("name_key")


class CorrectionForm(Form):
    """A protocol after the first says what it corrects."""

    correction = forms.CharField(label=_("What is corrected?"), max_length=300)
