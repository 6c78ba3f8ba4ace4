"""What is typed about impartiality and in an assessment."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from oppdrift.ideas.models import Disqualification
from oppdrift.rounds.models import Criterion
from oppdrift.toolbox.forms import Form, LongText
from oppdrift.toolbox.look.drawings import Drawing, draw

from .models import Assessment, Declaration, Given, Judgement, lacks
from .models.judgement import shares

POINTS = [(points, points) for points in "12345"]
YES_OR_NO = [("yes", pgettext_lazy("a gate", "Yes")), ("no", pgettext_lazy("a gate", "No"))]


class DeclarationForm(Form):
    """One idea's row on the page of declarations. An empty answer says nothing yet."""

    answer = forms.ChoiceField(
        label=_("Impartiality"), choices=Declaration.Answer, widget=forms.RadioSelect, required=False
    )
    ground = forms.ChoiceField(label=_("Ground"), required=False)
    relation = forms.CharField(label=_("What is it about?"), max_length=300, required=False)

    def __init__(
        self, *args: Any, known: Declaration | None = None, leads: bool = False, title: str = "", **kwargs: Any
    ):
        initial = {"answer": known.answer, "ground": known.ground, "relation": known.relation} if known else {}
        super().__init__(*args, initial=initial, **kwargs)
        ground: Any = self.fields["ground"]
        ground.choices = [("", _("Choose")), *Disqualification.Ground.choices]
        if leads:
            answer: Any = self.fields["answer"]
            answer.choices = [one for one in Declaration.Answer.choices if one[0] != "unsure"]
        for name in self.fields:
            self.fields[name].label = title or self.fields[name].label

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        if clean.get("answer") == Declaration.Answer.DISQUALIFIED and not clean.get("ground"):
            self.add_error("ground", _("Choose why you are disqualified."))
        return clean

    @property
    def says_something(self) -> bool:
        return bool(self.cleaned_data.get("answer")) and self.has_changed()


class SettleForm(Form):
    """The lead's word on somebody else's impartiality."""

    answer = forms.ChoiceField(label=_("Settled as"), choices=Declaration.Settled, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The person concerned can read it."))


class FillForm(Form):
    """How many are to read each application."""

    readers = forms.IntegerField(
        label=_("Readers for each"),
        min_value=1,
        max_value=10,
        initial=3,
        required=False,
        widget=forms.TextInput(attrs={"size": 3, "inputmode": "numeric"}),
    )


class AbstainForm(Form):
    reason = forms.CharField(
        label=_("Why do you abstain?"),
        max_length=300,
        help_text=_("The programme lead reads it. The team does not."),
        error_messages={"required": _("Write why you abstain.")},
    )


@dataclass
class Card:
    """One criterion with its fields, as the template draws it."""

    criterion: Criterion
    share: int | None  # of the weights, in per cent
    taps: BoundField
    comment: BoundField | None = None
    is_unclear: BoundField | None = None
    unclear: BoundField | None = None
    is_open: bool = True

    @property
    def chosen(self) -> str:
        value = self.taps.value()
        return "" if value is None else str(value)

    @property
    def describe(self) -> str:
        """The id of what is wrong with the taps."""
        return f"{self.taps.auto_id}_error" if self.taps.errors else ""

    @property
    def has_errors(self) -> bool:
        return any(each.errors for each in (self.taps, self.comment, self.unclear) if each is not None)

    @property
    def steps(self) -> list[tuple[str, str]]:
        return [(str(number), words) for number, words in enumerate(self.criterion.steps, start=1)]

    @property
    def is_untouched(self) -> bool:
        fields = (self.taps, self.comment, self.is_unclear, self.unclear)
        return not self.has_errors and not any(each.value() for each in fields if each is not None)

    @property
    def drawn(self) -> Drawing:
        """A quality that nobody has touched, which looks the same to all and is drawn once in each language."""
        one = self.criterion
        return _untouched(get_language(), one.key, one.name, one.help, tuple(one.steps), self.share, self.is_open)


# A form has four to eight of these, and they were a third of what it takes to draw it.
@lru_cache(maxsize=500)
def _untouched(
    _language: str, key: str, name: str, help: str, steps: tuple[str, ...], share: int | None, is_open: bool
) -> Drawing:
    criterion = Criterion(key=key, name=name, help=help, steps=list(steps), weight=100)
    (card,) = AssessmentForm([criterion]).quality
    card.share, card.is_open = share, is_open
    return draw("assessing/_criterion.html", card=card)


class AssessmentForm(Form):
    """All criteria of an edition. `complete`: it is to be handed in, so nothing may be missing."""

    to_team = forms.CharField(
        label=_("To the team"),
        help_text=_("The team reads this together with its answer, without your name."),
        required=False,
        widget=LongText(rows=3),
    )
    among = forms.CharField(
        label=_("Among assessors"),
        help_text=_("For the programme lead and the other assessors."),
        required=False,
        widget=LongText(rows=3),
    )

    def __init__(
        self,
        criteria: list[Criterion],
        *args: Any,
        judgement: Judgement | None = None,
        complete: bool = False,
        **kwargs: Any,
    ):
        self.criteria, self.complete = criteria, complete
        super().__init__(*args, initial=_as_initial(criteria, judgement) if judgement else None, **kwargs)
        for criterion in criteria:
            self._add_fields(criterion)

    def _add_fields(self, criterion: Criterion) -> None:
        name, radios = criterion.name, forms.RadioSelect
        if criterion.kind == Criterion.Kind.FIT:
            self.fields["fit"] = forms.ChoiceField(label=name, choices=Assessment.Fit, widget=radios, required=False)
        elif criterion.kind == Criterion.Kind.GATE:
            self.fields[f"{criterion.key}-passed"] = forms.TypedChoiceField(
                label=name, choices=YES_OR_NO, widget=radios, required=False,
                coerce=lambda value: value == "yes", empty_value=None,
            )  # fmt: skip
        else:
            self.fields[f"{criterion.key}-points"] = forms.TypedChoiceField(
                label=name, choices=POINTS, widget=radios, required=False, coerce=int, empty_value=None
            )
            self.fields[f"{criterion.key}-comment"] = forms.CharField(
                label=name, required=False, widget=LongText(rows=2)
            )
            self.fields[f"{criterion.key}-is_unclear"] = forms.BooleanField(label=name, required=False)
            self.fields[f"{criterion.key}-unclear"] = forms.CharField(
                label=name, required=False, widget=LongText(rows=2)
            )

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        if self.complete:
            for lack in lacks(self.judgement, self.criteria):
                self.add_error("fit" if lack.field == "fit" else f"{lack.key}-{lack.field}", str(lack.words))
        return clean

    @property
    def judgement(self) -> Judgement:
        clean = self.cleaned_data
        names = ("points", "passed", "comment", "is_unclear", "unclear")
        scores = {}
        for criterion in self.criteria:
            typed = {name: clean[f"{criterion.key}-{name}"] for name in names if f"{criterion.key}-{name}" in clean}
            scores[criterion.key] = Given(**typed)
        return Judgement(scores, clean.get("fit", ""), clean.get("to_team", ""), clean.get("among", ""))

    def cards(self, kind: str) -> Iterator[Card]:
        """The criteria of a kind. Open: what is answered, and the first that is not."""
        share = shares(self.criteria)
        may_open = True
        for criterion in (each for each in self.criteria if each.kind == kind):
            key = criterion.key
            if kind == Criterion.Kind.FIT:
                yield Card(criterion, None, self["fit"])
            elif kind == Criterion.Kind.GATE:
                yield Card(criterion, None, self[f"{key}-passed"])
            else:
                is_unclear = self[f"{key}-is_unclear"]
                card = Card(
                    criterion, share[key], self[f"{key}-points"],
                    self[f"{key}-comment"], is_unclear, self[f"{key}-unclear"],
                )  # fmt: skip
                card.is_open = bool(card.chosen or card.has_errors or is_unclear.value() or may_open)
                may_open = may_open and bool(card.chosen)
                yield card

    @property
    def quality(self) -> list[Card]:
        return list(self.cards(Criterion.Kind.QUALITY))

    @property
    def gates(self) -> list[Card]:
        return list(self.cards(Criterion.Kind.GATE))

    @property
    def fits(self) -> list[Card]:
        return list(self.cards(Criterion.Kind.FIT))

    @property
    def left(self) -> int:
        """How many criteria have no answer yet."""
        return sum(not card.chosen for card in [*self.quality, *self.gates, *self.fits])


def _as_initial(criteria: list[Criterion], judgement: Judgement) -> dict[str, Any]:
    initial: dict[str, Any] = {"fit": judgement.fit, "to_team": judgement.to_team, "among": judgement.among}
    for criterion in criteria:
        given = judgement.about(criterion)
        for name, value in vars(given).items():
            initial[f"{criterion.key}-{name}"] = value
        initial[f"{criterion.key}-passed"] = {True: "yes", False: "no", None: None}[given.passed]
    return initial
