"""What is typed about the pitch day, in a ballot and at a rehearsal."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oppdrift.assessing.models import Assessment
from oppdrift.ideas.models import Disqualification
from oppdrift.rounds.models import Criterion
from oppdrift.toolbox.forms import Form, LongText

from .models import Ballot, PitchDay
from .models.ballot import POINTS

LENGTHS = {"pitch_minutes": "pitch_seconds", "question_minutes": "question_seconds"}


class DayForm(Form):
    """Time, place and lengths of the day."""

    starts_at = forms.DateTimeField(label=_("Starts"))
    ends_at = forms.DateTimeField(label=_("Ends"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    pitch_minutes = forms.IntegerField(label=_("Minutes for a pitch"), min_value=1, max_value=60, initial=3)
    question_minutes = forms.IntegerField(
        label=_("Minutes for questions"), min_value=0, max_value=60, initial=5,
        help_text=_("After each pitch. The times on the screens are reckoned from this."),
    )  # fmt: skip
    break_after = forms.IntegerField(
        label=_("Break after team number"), min_value=1, max_value=99, required=False,
        help_text=_("Leave it empty when there is no break."),
    )  # fmt: skip
    break_minutes = forms.IntegerField(label=_("Minutes of break"), min_value=1, max_value=120, initial=10)

    @classmethod
    def of(cls, day: PitchDay, data: Any = None) -> "DayForm":
        appointment = day.appointment
        initial = {name: getattr(appointment, name) for name in ("starts_at", "ends_at", "place")}
        initial |= {shown: getattr(day, kept) // 60 for shown, kept in LENGTHS.items()}
        return cls(data, initial={**initial, "break_after": day.break_after, "break_minutes": day.break_minutes})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("It must end after it starts."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """As the day keeps them."""
        values = dict(self.cleaned_data)
        return values | {kept: values.pop(shown) * 60 for shown, kept in LENGTHS.items()}


class OrderForm(Form):
    """A number for each team, and why."""

    reason = forms.CharField(
        label=_("Why is the order changed?"), max_length=300, help_text=_("It stands beside the seed of the draw.")
    )

    def __init__(self, pitches: list[Any], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.pitches = pitches
        for pitch in pitches:
            self.fields[f"place-{pitch.pk}"] = forms.IntegerField(
                label=pitch.idea.title, min_value=1, max_value=99, initial=pitch.order, required=False,
                disabled=bool(pitch.called_at),
            )  # fmt: skip

    def rows(self) -> list[tuple[Any, Any]]:
        return [(pitch, self[f"place-{pitch.pk}"]) for pitch in self.pitches]

    @property
    def keys(self) -> list[int]:
        """As the numbers say; two with the same number stand as they stood, the one that was moved first."""

        def place(pitch: Any) -> tuple[int, bool, int]:
            number = self.cleaned_data[f"place-{pitch.pk}"] or pitch.order
            return number, number == pitch.order, pitch.order

        return [pitch.pk for pitch in sorted(self.pitches, key=place)]


class UnlockForm(Form):
    reason = forms.CharField(
        label=_("Why is the voting opened again?"), max_length=300, help_text=_("It goes into the protocol.")
    )


class SlotsForm(Form):
    """Slots of a pitch training."""

    starts_at = forms.DateTimeField(label=_("The first one starts"))
    minutes = forms.IntegerField(label=_("Minutes for each"), min_value=5, max_value=120, initial=20)
    number = forms.IntegerField(label=_("How many"), min_value=1, max_value=30, initial=8)

    def __init__(self, *args: Any, from_: dt.datetime, **kwargs: Any):
        super().__init__(*args, initial={"starts_at": from_}, **kwargs)


class AdviceForm(Form):
    """What the practice panel gives: the form of the day, without a vote."""

    words = forms.CharField(
        label=_("What should they keep, and what should they change?"), widget=LongText(rows=4), required=False,
        help_text=_("Only the team reads it, with your name."),
    )  # fmt: skip

    def __init__(self, criteria: list[Criterion], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.criteria = [each for each in criteria if each.kind == Criterion.Kind.QUALITY]
        for criterion in self.criteria:
            self.fields[f"points-{criterion.key}"] = points_field(criterion)

    def cards(self) -> list[tuple[Criterion, Any]]:
        return [(criterion, self[f"points-{criterion.key}"]) for criterion in self.criteria]

    @property
    def scores(self) -> dict[str, int]:
        given = {criterion.key: self.cleaned_data[f"points-{criterion.key}"] for criterion in self.criteria}
        return {key: points for key, points in given.items() if points}


class BallotForm(Form):
    """One member's ballot for one team. A script sends the fields that were tapped, a plain form all of them."""

    opens_door = forms.BooleanField(required=False)
    to_team = forms.CharField(label=_("Say one thing to the team"), max_length=500, required=False)
    note = forms.CharField(label=_("A note of your own"), max_length=4000, widget=LongText(rows=3), required=False)
    why = forms.CharField(label=_("Why do you abstain?"), max_length=300, required=False)

    def __init__(self, criteria: list[Criterion], *args: Any, ballot: Ballot | None = None, **kwargs: Any):
        super().__init__(*args, initial=given_in(ballot), **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            if criterion.kind == Criterion.Kind.QUALITY:
                self.fields[f"points-{criterion.key}"] = points_field(criterion)
            else:
                self.fields["fit"] = forms.ChoiceField(
                    label=criterion.name, choices=Assessment.Fit.choices, widget=forms.RadioSelect, required=False
                )

    def cards(self) -> list[tuple[Criterion, Any]]:
        """Criteria of quality with their taps."""
        quality = [each for each in self.criteria if each.kind == Criterion.Kind.QUALITY]
        return [(criterion, self[f"points-{criterion.key}"]) for criterion in quality]

    @property
    def fit(self) -> Any:
        return self["fit"] if "fit" in self.fields else None

    def taps(self, only: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What is given, by the names that `Ballot.receive` knows; points that are not given are no tap."""
        names = set(self.fields) if only is None else set(self.fields) & set(only)
        given = {name: self.cleaned_data[name] for name in names}
        return {
            name.replace("points-", POINTS): value
            for name, value in given.items()
            if value or not (name.startswith("points-") or name == "fit")
        }


class TiesForm(Form):
    """A panel member's word on one team."""

    ground = forms.ChoiceField(label=_("Why are you disqualified?"), choices=Disqualification.Ground, required=False)


def points_field(criterion: Criterion) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=criterion.name, choices=[(n, str(n)) for n in range(1, 6)], coerce=int, empty_value=None,
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip


def given_in(ballot: Ballot | None) -> dict[str, Any]:
    """What the form shows of a ballot. One statement."""
    if ballot is None or not ballot.pk:
        return {}
    points = {f"points-{score.criterion.key}": score.points for score in ballot.scores.select_related("criterion")}
    own = {name: getattr(ballot, name) for name in ("opens_door", "to_team", "note", "why", "fit")}
    return points | own
