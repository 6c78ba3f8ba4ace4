"""Did it work? The answer in a sentence, as the measurements allow it, and no better."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .models import Measurement
from .numbers import difference

if TYPE_CHECKING:
    from .figure import Figure


@dataclass(frozen=True)
class Answer:
    """`code` is for those who count and colour; `words` are for people."""

    code: str  # dropped, not_measured, estimate, reached, better, unsure, same, worse, harm, no_harm
    words: str

    @property
    def status(self) -> str:
        """Among the statuses of the look."""
        return {
            "not_measured": "not_measured", "dropped": "declined", "reached": "done", "better": "done",
        }.get(self.code, "unclear" if self.code in ("estimate", "unsure") else "closed")  # fmt: skip


def answer_of(figure: "Figure") -> Answer:
    benefit = figure.benefit
    if benefit.is_dropped:
        return Answer("dropped", _("It was dropped: %(why)s") % {"why": benefit.dropped_why})
    if figure.latest is None:
        return Answer("not_measured", _("Not measured yet."))
    if benefit.is_negative:
        return of_harm(figure)
    if not benefit.is_quantitative:
        return in_words(figure.latest)
    if figure.gain is None:
        return Answer(
            "estimate", _("We do not know. The baseline was not measured, so there is nothing to compare with.")
        )
    if figure.gain > 0:
        return of_gain(figure)
    if figure.gain == 0:
        return Answer("same", _("No. Nothing has changed since the baseline."))
    if not figure.is_certain:
        return Answer("unsure", _("We cannot tell. The change is smaller than the uncertainty."))
    return Answer("worse", _("No, %(what)s.") % {"what": where_it_went(figure)})


def of_gain(figure: "Figure") -> Answer:
    benefit = figure.benefit
    if not figure.is_certain:
        return Answer("unsure", _("Perhaps. The change is smaller than the uncertainty."))
    if figure.is_reached:
        return Answer("reached", _("Yes. The target is reached."))
    if figure.distance is not None:
        left = difference(benefit, figure.distance)
        return Answer("better", _("Yes, so far. We are %(left)s from the target.") % {"left": left})
    return Answer("better", _("Yes, so far: %(what)s.") % {"what": where_it_went(figure)})


def of_harm(figure: "Figure") -> Answer:
    """A negative effect is not asked whether it worked, but whether it came."""
    if not figure.benefit.is_quantitative:
        assert figure.latest
        code = "harm" if figure.latest.verdict == Measurement.Verdict.WORSE else "no_harm"
        return Answer(code, figure.latest.words)
    if figure.gain is None:
        return Answer(
            "estimate", _("We do not know. The baseline was not measured, so there is nothing to compare with.")
        )
    if figure.gain >= 0:
        return Answer("no_harm", _("The numbers do not show it: nothing became worse."))
    if not figure.is_certain:
        return Answer("unsure", _("Perhaps. The change is smaller than the uncertainty."))
    return Answer("harm", _("It became worse: %(what)s.") % {"what": where_it_went(figure)})


def where_it_went(figure: "Figure") -> str:
    """ventetiden gikk ned med ti dager"""
    assert figure.change is not None
    words = {"what": figure.benefit.in_a_sentence or _("the number"), "by": difference(figure.benefit, figure.change)}
    return (_("%(what)s went up by %(by)s") if figure.change > 0 else _("%(what)s went down by %(by)s")) % words


def in_words(latest: Measurement) -> Answer:
    """Of what is not counted: what whoever looked says of it."""
    match latest.verdict:
        case Measurement.Verdict.BETTER:
            return Answer("better", _("Yes, so those say who looked."))
        case Measurement.Verdict.WORSE:
            return Answer("worse", _("No, it became worse, so those say who looked."))
    return Answer("same", _("No, it is no different, so those say who looked."))
